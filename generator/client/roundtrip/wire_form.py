"""How values stand in a request: worked out from the spec alone, not by what the client does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from generator.client.roundtrip.values import without_files

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS: Final = {"spaceDelimited": " ", "pipeDelimited": "|"}


def text(value: Any) -> str:
    """A single value as text."""
    if isinstance(value, str):
        return value
    return _as_json(value)


def is_plain(value: Any) -> bool:
    """Whether a value is one that every style has a form for: a scalar, or scalars in a list or an object."""
    if isinstance(value, dict):
        return not any(isinstance(item, dict | list) for item in value.values())
    return not (isinstance(value, list) and any(isinstance(item, dict | list) for item in value))


def pairs(name: str, style: str, value: Any) -> Iterator[tuple[str, str]]:
    """The pairs of name and text that a parameter is in a query or among cookies.

    Args:
        name: The parameter's name.
        style: Its style, with a star where it is exploded; "json" for one that is JSON.
        value: Its value.
    """
    kind, exploded = style.removesuffix("*"), style.endswith("*")
    if style == "json":
        yield name, _as_json(value)
    elif not isinstance(value, dict | list):
        yield name, text(value)
    elif kind == "deepObject":
        items = value.items() if isinstance(value, dict) else enumerate(value)
        yield from ((f"{name}[{key}]" if isinstance(value, dict) else name, text(item)) for key, item in items)
    elif exploded:
        named = value.items() if isinstance(value, dict) else ((name, item) for item in value)
        yield from ((key, text(item)) for key, item in named)
    else:
        yield name, _SEPARATORS.get(kind, ",").join(_flat(value))


def in_path(name: str, style: str, value: Any) -> str:
    """What stands in the path for a parameter; the arguments are those of `pairs`."""
    kind, exploded = style.removesuffix("*"), style.endswith("*")
    if style == "json" or kind == "simple":
        return in_header(style, value)
    mark, between = (".", ".") if kind == "label" else (";", ";")
    if not isinstance(value, dict | list):
        return f"{mark}{text(value)}" if kind == "label" else f";{name}={text(value)}"
    if exploded:
        named = _assigned(value) if isinstance(value, dict) else map(text, value)
        prefix = f"{name}=" if kind == "matrix" and isinstance(value, list) else ""
        return mark + between.join(f"{prefix}{item}" for item in named)
    joined = ",".join(_flat(value))
    return f".{joined}" if kind == "label" else f";{name}={joined}"


def in_header(style: str, value: Any) -> str:
    """What a header says for a parameter; the arguments are those of `pairs`."""
    if style == "json":
        return _as_json(value)
    if not isinstance(value, dict | list):
        return text(value)
    return ",".join(_assigned(value) if style.endswith("*") and isinstance(value, dict) else _flat(value))


def _as_json(value: Any) -> str:
    return json.dumps(without_files(value), ensure_ascii=False, separators=(",", ":"))


def _assigned(value: dict[str, Any]) -> list[str]:
    return [f"{key}={text(item)}" for key, item in value.items()]


def _flat(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [part for key, item in value.items() for part in (key, text(item))]
    return [text(item) for item in value]
