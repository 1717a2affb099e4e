"""Compares what a call sent and returned with what its specimen states."""

from __future__ import annotations

import json
from email.parser import BytesParser
from email.policy import HTTP
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from .calling import Exchange


def judge(call: Mapping[str, Any], exchange: Exchange) -> None:
    """Fail where a call did other than stated.

    Args:
        call: The call as its specimen states it.
        exchange: What came of it.
    """
    if "raises" in call:
        kinds = [kind.__name__ for kind in type(exchange.error).__mro__]
        assert call["raises"] in kinds, f"raised {exchange.error!r}, returned {exchange.result!r}"
        return
    if exchange.error is not None:
        raise exchange.error
    assert bool(exchange.warnings) == call.get("warns", False), exchange.warnings
    _judge_request(call, exchange.requests[-1])
    if "returns" in call:
        assert _is_like(exchange.result, call["returns"]), f"returned {exchange.result!r}"
    if "returns_wire" in call:
        assert plain(exchange.result) == call["returns_wire"]
    if "bytes" in call:
        content = exchange.result if isinstance(exchange.result, bytes) else exchange.result.bytes()
        assert content == call["bytes"].encode()


def _judge_request(call: Mapping[str, Any], request: httpx.Request) -> None:
    sent = f"{request.method} {request.url.raw_path.decode()}"
    assert _comparable(sent) == _comparable(call["sent"]), f"sent {sent}"
    if "host" in call:
        assert request.url.host == call["host"]
    for name, value in call.get("headers", {}).items():
        assert request.headers.get(name) == value, f"sent {request.headers!r}"
    if "type" in call:
        assert request.headers["Content-Type"] == call["type"]
    _judge_body(call, request)


def _judge_body(call: Mapping[str, Any], request: httpx.Request) -> None:
    if "json" in call:
        assert json.loads(request.content) == call["json"]
    elif "form" in call:
        assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert parse_qsl(request.content.decode(), keep_blank_values=True) == [tuple(pair) for pair in call["form"]]
    elif "parts" in call:
        _judge_parts(call["parts"], request)
    else:
        assert request.content.decode() == call.get("text", "")


def _judge_parts(wanted: Mapping[str, Any], request: httpx.Request) -> None:
    head = f"Content-Type: {request.headers['Content-Type']}\r\n\r\n".encode()
    parts: dict[str, list[dict[str, str]]] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + request.content).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found = {"text": content.decode(), "type": part.get_content_type()}
        parts.setdefault(str(name), []).append({**found, "filename": part.get_filename() or ""})
    assert parts.keys() == wanted.keys()
    for name, stated in wanted.items():
        each = stated if isinstance(stated, list) else [stated]
        assert len(parts[name]) == len(each), parts
        for found, one in zip(parts[name], each, strict=True):
            assert {key: found[key] for key in one} == one, parts


def _comparable(target: str) -> str:
    """A request line that may write the same query in several ways; the path is compared as it is written."""
    path, mark, query = target.partition("?")
    return path + mark + unquote(query.replace("+", " "))


def _is_like(found: Any, stated: Any) -> bool:
    if isinstance(stated, dict):
        fields = {name: value for name, value in stated.items() if name != "is"}
        named = stated.get("is", "") in type(found).__name__
        return named and all(_is_like(_at(found, name), value) for name, value in fields.items())
    if isinstance(stated, list):
        return len(found) == len(stated) and all(map(_is_like, found, stated))
    return bool(found == stated and type(found) is type(stated))


def _at(found: Any, name: str) -> Any:
    return found[name] if isinstance(found, dict) else getattr(found, name)


def plain(value: Any) -> Any:
    """What a method returned, as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return plain(value.to_dict()) if hasattr(value, "to_dict") else value
