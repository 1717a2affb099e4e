"""Reads the tables of faults out of a package's README."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_README: Final = Path(__file__).parents[3] / "generated_client" / "powertokens" / "README.md"
_RESULT: Final = "the result"


@frozen
class Row:
    """What the documents promise of a fault.

    Attributes:
        heading: What the table is about.
        fault: What happens.
        requests: How often the request goes out, or is tried to.
        images: How many images the server has made.
        error: The name of the exception; "" for a result.
        advice: What the user should do.
    """

    heading: str
    fault: str
    requests: int
    images: int
    error: str
    advice: str


def rows() -> Iterator[Row]:
    """All rows of all tables."""
    heading = ""
    for line in _README.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[1].isdigit():
            yield Row(heading, cells[0], int(cells[1]), int(cells[2]), _error(cells[3]), cells[4])


def _error(cell: str) -> str:
    if cell == _RESULT:
        return ""
    named = re.fullmatch(r"`(\w+)`", cell)
    assert named, f"neither {_RESULT!r} nor an exception: {cell}"
    return named[1]
