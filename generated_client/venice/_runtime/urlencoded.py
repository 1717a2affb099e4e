"""Writes requests as forms of the kind that browsers send by default."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote_plus

from .styles import bracketed, text_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

URLENCODED: Final = "application/x-www-form-urlencoded"


def written_form(fields: Mapping[str, Any], deep: Collection[str] = ()) -> bytes:
    """Write fields as a form: a list is its name repeated, an object is ``name[key]``, null is left out.

    Args:
        fields: By name on the wire.
        deep: The fields whose lists have numbers in brackets too.
    """
    pairs = (pair for name, value in fields.items() for pair in _pairs(name, value, numbered=name in deep))
    return "&".join(f"{quote_plus(name, safe='[]')}={quote_plus(text_of(value))}" for name, value in pairs).encode()


def _pairs(name: str, value: Any, *, numbered: bool) -> Iterator[tuple[str, Any]]:
    if numbered and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _pairs(f"{name}[{index}]", item, numbered=True)
    elif numbered and isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(f"{name}[{key}]", item, numbered=True)
    else:
        yield from ((path, item) for path, item in bracketed(name, value) if item is not None)
