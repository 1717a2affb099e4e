"""Writes parameters in the styles that OpenAPI has for them: into the path, the query, headers and cookies."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from .breaches import Breach
from .content import ENCODER
from .errors import RequestRefused
from .model import fields_of, once_per_class, plain, wire_name
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .request import Request

_SEPARATORS: Final = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C", "simple": ",", "label": "."}


@once_per_class
def styles(parameters: type[Any]) -> tuple[tuple[str, str, str, str], ...]:
    """How each parameter goes: its name in Python and on the wire, its place and its style.

    None for a class that says nothing of styles: its parameters go plainly.
    """
    return tuple(
        (field.name, wire_name(field), field.metadata["in"], field.metadata["style"])
        for field in fields_of(parameters)
        if "style" in field.metadata
    )


def placed(path: str, parameters: Request) -> tuple[str, str, dict[str, str]]:
    """Where an operation's parameters go.

    Args:
        path: The path template.
        parameters: The parameters.

    Returns:
        The path with those that it holds, the query, and the headers.

    Raises:
        RequestRefused: A header can't carry a value.
    """
    query: list[str] = []
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for own, name, place, style in styles(type(parameters)):
        value = plain(getattr(parameters, own))
        if place == "path":
            path = path.replace(f"{{{name}}}", _in_path(name, None if value is UNSET else value, style))
        elif value is UNSET or value is None:
            continue
        elif place == "query":
            query += _in_query(name, value, style)
        elif place == "cookie":
            cookies += _in_query(name, value, style)
        else:
            headers[name] = _in_header(name, value, style)
    if cookies:
        headers["Cookie"] = "; ".join(cookies)
    return path, "&".join(query), headers


def text_of(value: Any) -> str:
    """A value as parameters and forms have it: a list by commas, an object as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    return ENCODER.encode(value) if isinstance(value, dict) else str(value)


def quoted(value: Any) -> str:
    """A value as text, percent-encoded wherever it may go."""
    return quote(text_of(value), safe="")


def bracketed(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The leaves of a value, each by its path in brackets: ``name[key][0]``."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from bracketed(f"{name}[{key}]", item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from bracketed(f"{name}[{index}]" if isinstance(item, (dict, list)) else name, item)
    else:
        yield name, value


def _in_query(name: str, value: Any, style: str) -> list[str]:
    kind, explode = style.rstrip("*"), style.endswith("*")
    if kind == "json":
        return [f"{quote(name, safe='')}={quote(ENCODER.encode(value), safe='')}"]
    if kind == "deepObject" and isinstance(value, (dict, list)):
        return [f"{quote(key, safe='[]')}={quoted(item)}" for key, item in bracketed(name, value) if item is not None]
    if isinstance(value, dict) and explode:
        return [f"{quote(key, safe='')}={quoted(item)}" for key, item in value.items() if item is not None]
    if isinstance(value, list) and explode:
        return [f"{quote(name, safe='')}={quoted(item)}" for item in value]
    if isinstance(value, (dict, list)) and not value:
        return []
    return [f"{quote(name, safe='')}={_SEPARATORS.get(kind, ',').join(_pieces(value, quoted))}"]


def _in_path(name: str, value: Any, style: str) -> str:
    kind, explode = style.rstrip("*"), style.endswith("*")
    if kind == "json":
        return quote(ENCODER.encode(value), safe="")
    if kind == "matrix":
        return _as_matrix(name, value, explode=explode)
    separator = "." if kind == "label" and explode else ","
    pieces = _pairs(value) if isinstance(value, dict) and explode else _pieces(value, quoted)
    return ("." if kind == "label" else "") + separator.join(pieces)


def _as_matrix(name: str, value: Any, *, explode: bool) -> str:
    named = quote(name, safe="")
    if explode and isinstance(value, dict):
        return "".join(f";{pair}" for pair in _pairs(value))
    if explode and isinstance(value, list):
        return "".join(f";{named}={quoted(item)}" for item in value)
    return f";{named}={','.join(_pieces(value, quoted))}"


def _in_header(name: str, value: Any, style: str) -> str:
    if style.startswith("json"):
        said = json.dumps(value, separators=(",", ":"))  # in ASCII
    elif isinstance(value, dict) and style.endswith("*"):
        said = ",".join(f"{key}={text_of(item)}" for key, item in value.items())
    else:
        said = ",".join(_pieces(value, text_of))
    if not said.isascii() or not (said.isprintable() or not said):
        words = "must be printable ASCII, since a header carries nothing else"
        raise RequestRefused([Breach(name, "header", value, words, "assumed", "RFC 9110")])
    return said


def _pieces(value: Any, written: Callable[[Any], str]) -> list[str]:
    if isinstance(value, dict):
        return [piece for key, item in value.items() for piece in (written(key), written(item))]
    return [written(item) for item in value] if isinstance(value, list) else [written(value)]


def _pairs(value: dict[str, Any]) -> list[str]:
    return [f"{quoted(key)}={quoted(item)}" for key, item in value.items()]
