"""The entry of a change log that a change of a spec deserves, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client.markdown import harmless
from generator.release.diff.changes import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.release.diff.changes import Change
    from generator.release.diff.report import Report, SpecReport


def changelog(report: Report) -> str:
    """The entry, a part for each spec that changed; "Nothing changed." if none did.

    Args:
        report: What differs.
    """
    parts = ["\n".join(_entry(spec)) for spec in report.specs if spec.changes or spec.symbols]
    return "\n\n".join(parts) or "Nothing changed."


def _entry(spec: SpecReport) -> Iterator[str]:
    yield f"## {spec.name}: {'no release needed' if spec.step is Step.NONE else f'{spec.step} release'}"
    both = [each for each in spec.changes if each.verdict.callers and each.verdict.gateways]
    callers = [each for each in spec.changes if each.verdict.callers and each not in both]
    gateways = [each for each in spec.changes if each.verdict.gateways and each not in both]
    broken = [*both, *callers, *gateways]
    rest = [each for each in spec.changes if each not in broken and not each.is_documentation]
    words = [each for each in spec.changes if each.is_documentation]
    yield from _section("Breaks callers and gateways", _lines(both))
    yield from _section("Breaks callers", _lines(callers))
    yield from _section("Breaks gateways", _lines(gateways))
    yield from _section("Breaks Python code", [each.words for each in spec.symbols if each.breaks])
    yield from _section("Breaks nobody", _lines(rest))
    yield from _section("New in Python", [each.words for each in spec.symbols if not each.breaks])
    yield from _section("Documentation", _lines(words))


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"### {title}"
        yield ""
        yield from (f"- {harmless(line)}" for line in dict.fromkeys(lines))


def _lines(changes: Sequence[Change]) -> list[str]:
    """A line for each change; one for several operations of which the same is said."""
    operations: dict[str, list[str]] = {}
    for change in changes:
        operations.setdefault(f"{change.words} {change.hint}".strip(), []).append(change.operation)
    return [f"{_named(names)}{words}" for words, names in operations.items()]


def _named(operations: Sequence[str]) -> str:
    names = [f"`{name}`" for name in dict.fromkeys(operations) if name]
    return f"{', '.join(names)}: " if names else ""
