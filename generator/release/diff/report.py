"""What differs between two versions of one or several specs, and what follows for the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.release.diff.api import diff
from generator.release.diff.changes import Step
from generator.release.diff.surface import SymbolChange, compare_symbols
from generator.release.diff.symbols import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.release.diff.changes import Change
    from generator.spec import Contract


@frozen
class SpecReport:
    """What differs between two versions of one spec.

    Attributes:
        name: The spec's name, e.g. "powertokens".
        old: The old version as the user named it; "" if there was none.
        new: The new version; "" if there is none.
        changes: What the specs state differently.
        symbols: What the generated Python packages offer differently.
        skipped: Why the Python packages weren't compared; "" if they were.
    """

    name: str
    old: str
    new: str
    changes: tuple[Change, ...]
    symbols: tuple[SymbolChange, ...]
    skipped: str = ""

    @property
    def breaks_callers(self) -> int:
        """How many changes of what the spec states break callers."""
        return sum(change.verdict.callers for change in self.changes)

    @property
    def breaks_python(self) -> int:
        """How many changes of the generated package break code that uses it."""
        return sum(each.breaks for each in self.symbols)

    @property
    def breaks_gateways(self) -> int:
        """How many changes break gateways."""
        return sum(change.verdict.gateways for change in self.changes)

    @property
    def step(self) -> Step:
        """The version step that the changes ask for."""
        of_symbols = (Step.MAJOR if each.breaks else Step.MINOR for each in self.symbols)
        return max([Step.NONE, *(change.verdict.step for change in self.changes), *of_symbols])


@frozen
class Report:
    """What differs between two versions of one or several specs.

    Attributes:
        old: The old version as the user named it.
        new: The new version.
        specs: What differs, spec by spec.
    """

    old: str
    new: str
    specs: tuple[SpecReport, ...]

    @property
    def breaks_callers(self) -> int:
        """How many changes break callers."""
        return sum(spec.breaks_callers for spec in self.specs)

    @property
    def breaks_python(self) -> int:
        """How many changes of the generated packages break code that uses them."""
        return sum(spec.breaks_python for spec in self.specs)

    @property
    def breaks_gateways(self) -> int:
        """How many changes break gateways."""
        return sum(spec.breaks_gateways for spec in self.specs)

    @property
    def step(self) -> Step:
        """The greatest step that any of the specs asks for."""
        return max((spec.step for spec in self.specs), default=Step.NONE)


def spec_report(
    name: str, old: Contract | None, new: Contract | None, labels: tuple[str, str], *, python: bool = True
) -> SpecReport:
    """Compare two versions of one spec.

    Args:
        name: The spec's name.
        old: The old version; None if there was none.
        new: The new version; None if there is none.
        labels: Both versions as the user named them.
        python: Whether the generated packages are compared as well.
    """
    changes = tuple(diff(old, new))
    found: Iterable[SymbolChange] = ()
    skipped = "" if python else "not asked for"
    if old is None or new is None:
        skipped = "the whole package came or went"
    elif python and old.document.data != new.document.data:
        found, skipped = _symbols(old, new)
    was, now = (label if side else "" for label, side in zip(labels, (old, new), strict=True))
    return SpecReport(name, was, now, changes, tuple(found), skipped)


def _symbols(old: Contract, new: Contract) -> tuple[list[SymbolChange], str]:
    from generator.client import UnhonouredRuleError  # noqa: PLC0415 - with the whole emitter, and only where specs differ
    from generator.spec import SpecError  # noqa: PLC0415

    try:
        return compare_symbols(symbols(old), symbols(new)), ""
    except (SpecError, UnhonouredRuleError) as error:
        return [], f"a package can't be generated: {error}"
