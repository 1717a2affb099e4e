"""What a call must have sent, as the source of the checks in a test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from attrs import define, field

from generator.client.literals import literal
from generator.client.roundtrip.values import File, source, without_files
from generator.client.roundtrip.wire_form import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.client.view import ShapeView
    from generator.spec import Json

MULTIPART = "multipart/form-data"
URLENCODED = "application/x-www-form-urlencoded"


@define
class Sent:
    """What must be sent, the body apart.

    Attributes:
        method: The method.
        path: The path, its parameters filled in.
        query: The query's pairs.
        headers: The parameters that are headers.
        cookies: The parameters that are cookies.
    """

    method: str
    path: str
    query: list[tuple[str, str]] = field(factory=list)
    headers: dict[str, str] = field(factory=dict)
    cookies: dict[str, str] = field(factory=dict)

    def check(self, credentials: tuple[tuple[str, str, str], ...]) -> str:
        """The source of the check.

        Args:
            credentials: What the call must show: kind, name of header, query field or cookie, and value.
        """
        query, headers = list(self.query), {name: literal(value) for name, value in self.headers.items()}
        cookies = dict(self.cookies)
        for kind, name, value in credentials:
            match kind:
                case "query":
                    query = [*(pair for pair in query if pair[0] != name), (name, value)]
                case "cookie":
                    cookies[name] = value
                case "basic":
                    headers["Authorization"] = f'basic("name", {literal(value)})'
                case "bearer":
                    headers["Authorization"] = literal(f"Bearer {value}")
                case _:
                    headers[name] = literal(value)
        parts = [literal(self.method), literal(self.path)]
        parts += [f"query=[{', '.join(f'({literal(n)}, {literal(v)})' for n, v in query)}]"] if query else []
        parts += [f"headers={{{', '.join(f'{literal(n)}: {v}' for n, v in headers.items())}}}"] if headers else []
        parts += [f"cookies={source(cookies)}"] if cookies else []
        return f"exchange.sent({', '.join(parts)})"


def body_check(shape: ShapeView, node: Mapping[str, Json], body: Mapping[str, Any]) -> str:
    """The source of what compares a body.

    Args:
        shape: The form of the body.
        node: What the document says of its media type.
        body: Its fields.
    """
    media_type, value = shape.media_type, body.get(next(iter(body), ""))
    kind = node.get("x-kind") or _kind(shape)
    match kind:
        case "file":
            content = value.content if isinstance(value, File) else 'b""'
            return f"exchange.sent_content({content}, {literal(value.media_type if isinstance(value, File) else '')})"
        case "text":
            return f"exchange.sent_content({text(value).encode()!r}, {literal(media_type.partition(';')[0])})"
        case "form":
            parts = ", ".join(f"({literal(n)}, {v})" for name, item in body.items() for n, v in _parts(name, item))
            return f"exchange.sent_parts([{parts}])"
        case "urlencoded":
            deep = node.get("x-deep", ())
            found = [pair for name, item in body.items() for pair in _pairs(name, item, deep=name in deep)]
            return f"exchange.sent_form([{', '.join(f'({literal(n)}, {literal(v)})' for n, v in found)}])"
        case "value":
            return f"exchange.sent_json({source(value, in_json=True)}{_named(media_type)})"
    return f"exchange.sent_json({source(dict(body), in_json=True)}{_named(media_type)})"


def _kind(shape: ShapeView) -> str:
    if "FileBody" in shape.model.bases:
        return "file"
    return "form" if shape.media_type == MULTIPART else "urlencoded" if shape.media_type == URLENCODED else "json"


def _named(media_type: str) -> str:
    return "" if media_type == "application/json" else f", {literal(media_type)}"


def _parts(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The parts that a form's field becomes, each with the source of its content."""
    if isinstance(value, list):
        for item in value:
            yield from [(name, literal(_compact(item)))] if isinstance(item, list) else _parts(name, item)
    elif isinstance(value, File):
        yield name, value.content
    elif value is not None:
        yield name, literal(_compact(value) if isinstance(value, dict) else text(value))


def _pairs(name: str, value: Any, *, deep: bool) -> Iterator[tuple[str, str]]:
    """The pairs that a field of a URL-encoded form becomes: names in brackets below objects."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(f"{name}[{key}]", item, deep=deep)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            nested = isinstance(item, dict | list)
            yield from _pairs(f"{name}[{index}]" if deep or nested else name, item, deep=deep)
    elif value is not None:
        yield name, text(value)


def _compact(value: Any) -> str:
    return json.dumps(without_files(value), ensure_ascii=False, separators=(",", ":"))
