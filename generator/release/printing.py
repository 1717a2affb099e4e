"""Tells changes and drifts, for people and for programs."""

from __future__ import annotations

import json
import sys
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from attrs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.release.changes import Change
    from generator.release.check import Drift
    from generator.spec import Json

_WIDTH = 200
"""Columns of a table where no terminal says how many it has."""


def changes_as_json(changes: Sequence[Change]) -> str:
    """The changes as a JSON list of objects, one a change."""
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=2)


def changes_table(changes: Sequence[Change], *, width: int | None = None) -> str:
    """The changes as a table, and how many of them break whom.

    Args:
        changes: The changes.
        width: Columns to use; those of the terminal if None.
    """
    if not changes:
        return "No rule differs."
    table = Table()
    for heading in ("rule", "change", "old", "new", "breaks"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        what = change.kind.value if change.what == "value" else f"{change.what} {change.kind.value}"
        broken = {"callers": change.breaks_callers, "gateways": change.breaks_gateways}
        breaks = ", ".join(name for name, is_broken in broken.items() if is_broken)
        cells = (change.rule, what, _text(change.old), _text(change.new), breaks or "nobody")
        table.add_row(*(Text(cell) for cell in cells))
    return f"{_drawn(table, width)}\n{_summary(changes)}"


def describe(drifts: Sequence[Drift]) -> str:
    """What is out of date, and what to do about it.

    Args:
        drifts: What `check` found.
    """
    if not drifts:
        return "All generated files are up to date."
    lines = [f"{drift.kind} {drift.path}" for drift in drifts]
    lines += [drift.difference.rstrip("\n") for drift in drifts if drift.difference]
    files = "1 file is" if len(drifts) == 1 else f"{len(drifts)} files are"
    return "\n".join([*lines, f"{files} not what the specs give. Run `image-contract generate`."])


def _summary(changes: Sequence[Change]) -> str:
    callers = sum(change.breaks_callers for change in changes)
    gateways = sum(change.breaks_gateways for change in changes)
    return f"{len(changes)} changes: {callers} break callers, {gateways} break gateways."


def _text(value: Json) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _drawn(table: Table, width: int | None) -> str:
    columns = width or (get_terminal_size().columns if sys.stdout.isatty() else _WIDTH)
    target = StringIO()
    Console(file=target, width=columns, color_system=None).print(table)
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines())
