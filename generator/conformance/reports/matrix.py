"""Which rules were covered, as tables: fields down, keywords across, a verdict in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.conformance.verdicts import Verdict

_ANSWER: Final = "answer-"
_BODY: Final = "Body: "
_WHOLE: Final = "the whole body"
_ASIDE: Final = frozenset({"", "credentials", "body", "header", "query", "path"})
_CONDITIONS: Final = ("when-", "unless-")


@frozen
class Place:
    """Where a rule stands, as its id tells.

    Attributes:
        table: The table's title: the shape, "Answers", or "Around the body".
        field: The row's heading.
        keyword: The column's heading: a keyword, or the name of a behaviour.
        condition: When the rule applies, e.g. "when-model-small"; "" for always.
    """

    table: str
    field: str
    keyword: str
    condition: str

    @property
    def is_of_body(self) -> bool:
        """Whether the rule is about a request's body."""
        return self.table.startswith(_BODY)

    @property
    def is_of_field(self) -> bool:
        """Whether it is about a field of a request's body."""
        return self.is_of_body and self.field != _WHOLE


@frozen
class Row:
    """A field with its cells, one a keyword, each with the verdicts that belong there."""

    field: str
    cells: tuple[tuple[Verdict, ...], ...]


@frozen
class Matrix:
    """A table."""

    title: str
    keywords: tuple[str, ...]
    rows: tuple[Row, ...]


def matrices(verdicts: Sequence[Verdict]) -> list[Matrix]:
    """The tables of one operation, each verdict in one cell.

    Args:
        verdicts: The operation's verdicts, in the spec's order, which is kept.
    """
    tables: dict[str, dict[tuple[str, str], list[Verdict]]] = {}
    for verdict in verdicts:
        place = place_of(verdict)
        tables.setdefault(place.table, {}).setdefault((place.field, place.keyword), []).append(verdict)
    return [_matrix(title, cells) for title, cells in tables.items()]


def place_of(verdict: Verdict) -> Place:
    """Where a rule stands, as its id tells: operation, shape or part, field, keyword, condition."""
    parts = verdict.rule.removeprefix(f"{verdict.operation}/").split("/")
    after = next((at for at, part in enumerate(parts) if at and part.startswith(_CONDITIONS)), len(parts))
    condition = "/".join(parts[after:])
    *before, keyword = parts[:after]
    group, field = (before[0], "/".join(before[1:])) if before else ("", "")
    if group.startswith(_ANSWER):
        status = group.removeprefix(_ANSWER).replace("-header", " header")
        return Place("Answers", f"{status} {field}".rstrip(), keyword, condition)
    if group in _ASIDE:
        return Place("Around the body", " ".join(part for part in (group, field) if part) or "call", keyword, condition)
    return Place(f"{_BODY}{group}", field or _WHOLE, keyword, condition)


def _matrix(title: str, cells: dict[tuple[str, str], list[Verdict]]) -> Matrix:
    fields = dict.fromkeys(field for field, _ in cells)
    keywords = tuple(dict.fromkeys(keyword for _, keyword in cells))
    rows = (Row(field, tuple(tuple(cells.get((field, keyword), ())) for keyword in keywords)) for field in fields)
    return Matrix(title, keywords, tuple(rows))
