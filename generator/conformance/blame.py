"""Which of several cases that failed is to blame: the simplest request, and the field that makes the difference."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.conformance.case import Expectation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.conformance.case import Case
    from generator.spec import Json

_TELLING = ("enum", "const", "pattern", "x-total-pixels", "maximum", "minimum", "maxLength", "minLength", "type")
"""The keywords that a value may be refused by, those first that say most of it."""


def leaves(body: Json, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a body that holds no other, with its path; long ones by their digest."""
    if isinstance(body, dict) and body:
        for name, value in body.items():
            yield from leaves(value, f"{path}/{name}")
    elif isinstance(body, list) and body:
        for index, value in enumerate(body):
            yield from leaves(value, f"{path}/{index}")
    else:
        yield path, _mark(body)


class Bodies:
    """Compares the bodies of one shape's cases with its plain one.

    Args:
        plain: The plain body.
    """

    def __init__(self, plain: Json) -> None:
        self._plain = dict(leaves(plain))
        self._known: dict[str, frozenset[tuple[str, str]]] = {}

    def changes(self, case: Case) -> frozenset[tuple[str, str]]:
        """In what a case's body differs from the plain one."""
        if case.id not in self._known:
            own = dict(leaves(case.request.body))
            gone = {(path, "") for path in self._plain if path not in own}
            new = {(path, value) for path, value in own.items() if self._plain.get(path) != value}
            self._known[case.id] = frozenset(gone | new)
        return self._known[case.id]

    def simpler(self, case: Case, failed: Sequence[Case]) -> Case | None:
        """A case that fails already, and of which this one has all and more; the simplest of them."""
        own = self.changes(case)
        found = [other for other in failed if self.changes(other) < own]
        return min(found, key=lambda other: len(self.changes(other)), default=None)

    def same_place(self, case: Case, failed: Sequence[Case], taken: Sequence[Case]) -> Case | None:
        """A case that fails for a place, whatever stands there, which this case changes besides others.

        Args:
            case: A case that fails.
            failed: All cases that fail.
            taken: The cases whose requests were carried out; none of them changes that place.
        """
        own = self._places(case)
        works = {place for other in taken for place in self._places(other)}
        found = [other for other in failed if self._places(other) < own and not self._places(other) & works]
        return min(found, key=lambda other: len(self._places(other)), default=None)

    def _places(self, case: Case) -> frozenset[str]:
        return frozenset(path for path, _ in self.changes(case))


def most_telling(case: Case, same: Sequence[Case]) -> Case | None:
    """Another case of the same request and field, whose keyword says more of why it fails: a bound, not the type.

    Args:
        case: The case.
        same: All cases of its request, this one among them.
    """
    field, keyword = case.rule.rpartition("/")[::2]
    ranked = [(_TELLING.index(key), each) for each in same if (key := _keyword(each, field)) is not None]
    if keyword not in _TELLING or not ranked:
        return None
    rank, best = min(ranked, key=lambda pair: pair[0])
    return best if rank < _TELLING.index(keyword) else None


def _keyword(case: Case, field: str) -> str | None:
    own, keyword = case.rule.rpartition("/")[::2]
    return keyword if own == field and keyword in _TELLING else None


def blamed_of_plain(cases: Sequence[Case], taken: Sequence[Case], bodies: Bodies) -> Case | None:
    """The case to blame where a plain request is refused: of the one field by which a request that is taken differs.

    Args:
        cases: The cases whose request is the plain one.
        taken: The cases of the shape whose requests were carried out.
        bodies: The shape's bodies.

    Returns:
        The case; that of the plain request itself if no single field makes the difference.
    """
    for other in sorted(taken, key=lambda each: len(bodies.changes(each))):
        fields = {path.split("/")[1] for path, _ in bodies.changes(other) if path}
        if len(fields) == 1:
            blamed = _case_of(cases, fields.pop())
            if blamed is not None:
                return blamed
    return next((case for case in cases if case.rule.endswith("/call")), None)


def _case_of(cases: Sequence[Case], field: str) -> Case | None:
    by_keyword: Mapping[str, Case] = {
        case.rule.rpartition("/")[2]: case
        for case in reversed(cases)
        if case.expectation is Expectation.CARRIED_OUT and f"/{field}/" in case.rule
    }
    return next((by_keyword[keyword] for keyword in _TELLING if keyword in by_keyword), None)


def _mark(value: Json) -> str:
    if isinstance(value, bytes):
        return "bytes " + hashlib.sha256(value).hexdigest()
    text = repr(value)
    return text if len(text) < 200 else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()  # noqa: PLR2004
