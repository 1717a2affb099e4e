"""Chooses among the journal's entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Json

LARGEST_LIMIT: Final = 100_000
"""The most entries that are shown at once."""

_NUMBERS: Final = {"after": (0, 2**63 - 1), "limit": (1, LARGEST_LIMIT)}
OUTCOMES: Final = ("answered", "cut", "reset", "caller gone", "under way")
"""What can come of a request."""

_STATUS: Final = re.compile(r"[1-5]xx|[0-9]{1,3}")
_HUNDRED: Final = 100
_BOOLEANS: Final = {"true": True, "false": False}
# An entry is kept as the bytes of a JSON text, which SQLite would take for its own binary form.
_BECAUSE: Final = "coalesce(json_extract(CAST(document AS TEXT), '$.refused_because'), '')"
_REFUSED: Final = f"(rules <> '' OR {_BECAUSE} <> '') = ?"


class InvalidFilterError(ValueError):
    """There is no such filter; the message says which there are."""


def _status(_filter: object, _attribute: object, value: Json) -> None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return
    if not isinstance(value, str) or not _STATUS.fullmatch(value):
        raise InvalidFilterError("status must be a number, 0 for requests without an answer, or a class such as 4xx.")


def _outcome(_filter: object, _attribute: object, value: Json) -> None:
    if value is not None and value not in OUTCOMES:
        raise InvalidFilterError(f"There is no outcome {str(value)[:50]!r}. There are {', '.join(OUTCOMES)}.")


@frozen(kw_only=True)
class JournalFilter:
    """Which entries to show: those that meet all that is stated.

    Attributes:
        operation: The operationId.
        status: The answer's HTTP status, or a class of them, e.g. "4xx"; 0 for requests without an answer.
        api: The API's name.
        path: The path without the query, with ``*`` for any part.
        rule: The id of a rule that is broken.
        refused: Whether it broke a rule, lacked a credential or money, or couldn't be read.
        outcome: What came of it, one of `OUTCOMES`.
        id: The request id.
        after: Entries with larger numbers alone.
        limit: How many at most: the newest; with `after`, the oldest after it.
    """

    operation: str | None = None
    status: int | str | None = field(default=None, validator=_status)
    api: str | None = None
    path: str | None = None
    rule: str | None = None
    refused: bool | None = None
    outcome: str | None = field(default=None, validator=_outcome)
    id: str | None = None
    after: int = 0
    limit: int = field(default=LARGEST_LIMIT)

    @classmethod
    def of_query(cls, query: Mapping[str, str]) -> JournalFilter:
        """The filter that a query string states.

        Raises:
            InvalidFilterError: A filter or its value is unknown.
        """
        known = sorted(attribute.name for attribute in cls.__attrs_attrs__)
        for name in query:
            if name not in known:
                raise InvalidFilterError(f"There is no filter {name[:50]!r}. There are {', '.join(known)}.")
        given: dict[str, Any] = dict(query)
        given |= {name: _number(name, query[name]) for name in _NUMBERS if name in query}
        if "refused" in query:
            given["refused"] = _boolean("refused", query["refused"])
        return cls(**given)

    @property
    def newest_first(self) -> bool:
        """Whether the limit keeps the newest."""
        return not self.after

    def conditions(self) -> Iterator[tuple[str, str | int]]:
        """SQL conditions, each with its parameter."""
        if self.after:
            yield "seq > ?", self.after
        for column in ("operation", "api", "outcome", "id"):
            value = getattr(self, column)
            if value is not None:
                yield f"{column} = ?", value
        if isinstance(self.status, str) and self.status.endswith("xx"):
            yield f"status / {_HUNDRED} = ?", int(self.status[0])
        elif self.status is not None:
            yield "status = ?", int(self.status)
        if self.path is not None:
            yield "path GLOB ?", re.sub(r"[\[?]", r"[\g<0>]", self.path)
        if self.refused is not None:
            yield _REFUSED, int(self.refused)
        if self.rule is not None:
            yield "instr(rules, ?)", f" {self.rule} "


def _number(name: str, text: str) -> int:
    least, most = _NUMBERS[name]
    if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most:
        return int(text)
    raise InvalidFilterError(f"{name} must be a whole number from {least} to {most}.")


def _boolean(name: str, text: str) -> bool:
    if text not in _BOOLEANS:
        raise InvalidFilterError(f"{name} must be true or false.")
    return _BOOLEANS[text]
