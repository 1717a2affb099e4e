"""Shows the rules of contracts: as a table for the terminal, as JSON. The page for people is another module's."""

from __future__ import annotations

import json
import sys
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from generator.spec.documents import document_url
from generator.spec.model import Level
from generator.spec.wording import rule_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.spec.model import Contract, Json, Rule

_WIDTH = 1000
"""Columns of the table where no terminal says how many it has."""
_NARROWEST_TABLE = 150
"""Columns that the table needs."""
_HEADINGS = ("Rule", "Field", "Value", "When", "Level", "Document")


def as_json(contracts: Iterable[Contract]) -> str:
    """The rules as a JSON list, for other programs.

    Args:
        contracts: The contracts.

    Returns:
        A list of objects, one a rule, in the specs' order.
    """
    listed = [_as_object(contract, rule) for contract in contracts for rule in contract.rules]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def table(contracts: Iterable[Contract], *, width: int | None = None) -> str:
    """The rules as a plain table, for people; two lines a rule where a table would break the ids.

    Args:
        contracts: The contracts.
        width: Columns to use; those of the terminal if None.

    Returns:
        The table, without colours.
    """
    if width is None:
        width = get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH
    if width < _NARROWEST_TABLE:
        return "\n".join(_block(rule) for contract in contracts for rule in contract.rules)
    # Imported here: `--help` and the mock do without them.
    from rich.box import SIMPLE  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console(file=StringIO(), width=width, color_system=None, legacy_windows=False, markup=False, emoji=False)
    with console.capture() as captured:
        for contract in contracts:
            shown = Table(title=f"{contract.title}: {counted(contract.rules)}", box=SIMPLE, title_justify="left")
            for heading in _HEADINGS:
                shown.add_column(heading, overflow="fold")
            for rule in contract.rules:
                shown.add_row(*_cells(rule))
            console.print(shown)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def counted(rules: Iterable[Rule]) -> str:
    """How many rules there are, and of which levels, e.g. "12 rules (9 documented, 3 published)".

    Args:
        rules: The rules.
    """
    levels = [rule.level for rule in rules]
    counts = ", ".join(f"{levels.count(level)} {level}" for level in Level if level in levels)
    return f"{len(levels)} rule{'' if len(levels) == 1 else 's'} ({counts})" if levels else "no rules"


def _block(rule: Rule) -> str:
    """A rule in two lines: its id, then what it says."""
    when = f" {rule.when.words}" if rule.when else ""
    value = json.dumps(rule.value, ensure_ascii=False)
    return f"{rule.id}\n    {value}{when} ({rule.level.value}: {rule.source})"


def _as_object(contract: Contract, rule: Rule) -> dict[str, Json]:
    return {
        "id": rule.id,
        "api": contract.name,
        "operation": rule.operation,
        "shape": rule.shape,
        "media_type": rule.media_type,
        "place": rule.place.value,
        "field": rule.field,
        "keyword": rule.keyword,
        "value": rule.value,
        "when": rule.when.words if rule.when else None,
        "words": rule_words(rule),
        "level": rule.level.value,
        "document": str(rule.source),
        "document_url": document_url(contract, rule) or None,
        "pointer": rule.pointer,
        "line": rule.line,
    }


def _cells(rule: Rule) -> tuple[str, str, str, str, str, str]:
    value = json.dumps(rule.value, ensure_ascii=False)
    return rule.id, rule.field, value, rule.when.words if rule.when else "", rule.level.value, str(rule.source)
