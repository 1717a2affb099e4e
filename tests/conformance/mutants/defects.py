"""The catalogue: what a wrong gateway does wrong, one thing each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from generator.spec import load_all
from tests.conformance.mutants.notation import read_catalogue_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Contract, Operation

CATALOGUE = Path(__file__).with_name("catalogue")


@frozen(kw_only=True)
class Defect:
    """One thing that a gateway does wrong.

    Attributes:
        id: Unique in the catalogue.
        family: The kind of defect; the name of its file.
        words: What the gateway does.
        operation: The operationId.
        blames: The ids of rules or behaviours, one of which a report must name.
        how: How the mock is made to do it: mutations, each with its ``kind``; the first is the nearest to the mock.
        tell: The request that the right mock and the wrong one answer differently; see `telling`.
        turns: The statuses of the right answer and of the wrong one.
        follows: What else a report may name, since it follows from the defect.
        mock: Options of the mock, of the right one too.
        wallet: Whether it takes a wallet's key to see it.
        all_operations: Whether all of the API's operations are judged, and not the one alone.
        indistinguishable: Why no request can tell the wrong gateway from a right one; "" if one can.
    """

    id: str
    family: str
    words: str
    operation: str
    blames: tuple[str, ...] = field(converter=tuple)
    how: tuple[Mapping[str, Any], ...] = field(converter=tuple)
    tell: Mapping[str, Any]
    turns: tuple[int, int] = field(converter=tuple)
    follows: tuple[str, ...] = field(default=(), converter=tuple)
    mock: Mapping[str, Any] = field(factory=dict)
    wallet: bool = False
    all_operations: bool = False
    indistinguishable: str = ""

    @property
    def contract(self) -> Contract:
        """The right spec."""
        return next(one for one in contracts() if any(each.id == self.operation for each in one.operations))

    @property
    def target(self) -> Operation:
        """The operation that it is about."""
        return self.contract.operation(self.operation)


@lru_cache(maxsize=1)
def contracts() -> tuple[Contract, ...]:
    """The right specs."""
    return load_all()


@lru_cache(maxsize=1)
def defects() -> tuple[Defect, ...]:
    """Every defect, in the order of the files' names and of the files."""
    found: list[Defect] = []
    for path in sorted(CATALOGUE.glob("*.yaml")):
        found += (Defect(family=path.stem, **entry) for entry in read_catalogue_file(path))
    return tuple(found)


def defect_of(name: str) -> Defect:
    """The defect with an id; KeyError if there is none."""
    return {defect.id: defect for defect in defects()}[name]
