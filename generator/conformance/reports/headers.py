"""Headers as reports tell them: no more than a report has room for, with what was cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.conformance.reports.texts import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST: Final = 100
_NAME: Final = 100  # characters
_VALUE: Final = 1000


def told_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers with long names and values cut short and their length told; of a great many the first.

    Args:
        headers: The headers. If some are left out, "…" stands last and tells how many.
    """
    told: dict[str, str] = {}
    for name, value in headers.items():
        if len(told) == _MOST:
            return {**told, "…": f"({len(headers) - _MOST:,} more)"}
        told[cut(name, _NAME)] = cut(value, _VALUE)
    return told
