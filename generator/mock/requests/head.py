"""A request's headers, read once for all requests that have the same: a caller sends the same ones again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

REMEMBERED: Final = 64
"""How many different sets of headers are remembered; each may take some 64 KB."""


@frozen(eq=False)
class Head:
    """The headers of requests.

    Attributes:
        headers: By name, in lower case; the values of a repeated one joined by commas. Not to be changed.
    """

    headers: dict[str, str] = field(repr=False)


def head_of(sent: Iterable[Iterable[bytes]]) -> Head:
    """The head of a request: the same object for the same headers.

    Args:
        sent: Names, in lower case as ASGI has them, with values.
    """
    return _read(tuple(map(tuple, sent)))


@lru_cache(REMEMBERED)
def _read(sent: tuple[tuple[bytes, ...], ...]) -> Head:
    values: dict[str, list[str]] = {}
    for name, value in sent:
        values.setdefault(name.decode("latin-1"), []).append(value.decode("latin-1"))
    return Head({name: ", ".join(of_name) for name, of_name in values.items()})
