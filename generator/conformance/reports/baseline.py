"""Compares a run with one of before, so that a gateway's known faults don't hide a new one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.conformance.json_text import read_json
from generator.conformance.reports.conclusion import outcome_of
from generator.conformance.reports.texts import plural
from generator.conformance.verdicts import ExitCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.conformance.verdicts import Finding, Report, Verdict
    from generator.spec import Json

Key = tuple[str, str]
"""A rule's id and a case's id; of a find of the search "search" alone, as each seed finds another request."""

_SEARCH: Final = "search"
_SEEDED: Final = ("search ", "search,")  # with its seed
_FAULTS: Final = frozenset({Outcome.VIOLATES, Outcome.WARNS})


class BaselineError(Exception):
    """A file can't be used as a baseline; the message says why and what to do."""


@frozen
class Baseline:
    """What a run of before found.

    Attributes:
        findings: Its findings, with what each came to.
        verdicts: What was said of each rule.
    """

    findings: dict[Key, Outcome]
    verdicts: dict[str, Outcome]

    def compare(self, report: Report) -> Comparison:
        """What is new in a run, and what is gone.

        Args:
            report: The run of now.
        """
        now = {key_of(finding): outcome_of(finding) for finding in report.findings}
        verdicts = {verdict.rule: verdict.outcome for verdict in report.verdicts}
        return Comparison(
            new=tuple(finding for finding in report.findings if self.is_new(finding)),
            gone=tuple(key for key in self.findings if key not in now and _was_tried(verdicts.get(key[0]))),
            worse=tuple(self._changed(verdicts, towards=_FAULTS)),
            better=tuple(self._changed(verdicts, towards=frozenset({Outcome.CONFORMS}))),
            lost=tuple(self._lost(verdicts)),
            known=tuple(self._known(report)),
            exit_code=self._exit_code(report),
        )

    def is_new(self, finding: Finding) -> bool:
        """Whether the run of before had no such finding, or had it as a warning and now it violates."""
        was = self.findings.get(key_of(finding))
        return was is None or (was is Outcome.WARNS and outcome_of(finding) is Outcome.VIOLATES)

    def standing_of(self, finding: Finding) -> Standing:
        """Whether a finding is new or known."""
        return Standing.NEW if self.is_new(finding) else Standing.KNOWN

    def is_known(self, verdict: Verdict, found: Sequence[Finding]) -> bool:
        """Whether a rule is violated, and in no way that the run of before didn't show.

        Args:
            verdict: What is said of the rule.
            found: The findings on it.
        """
        if verdict.outcome is not Outcome.VIOLATES:
            return False
        if not found:
            # It may be violated without a finding of its own, where another's finding shows it.
            return self.verdicts.get(verdict.rule) is Outcome.VIOLATES
        return not any(outcome_of(each) is Outcome.VIOLATES and self.is_new(each) for each in found)

    def _known(self, report: Report) -> Iterator[str]:
        found: dict[str, list[Finding]] = {}
        for finding in report.findings:
            found.setdefault(finding.rule, []).append(finding)
        yield from (each.rule for each in report.verdicts if self.is_known(each, found.get(each.rule, ())))

    def _exit_code(self, report: Report) -> ExitCode:
        known = set(self._known(report))
        if any(outcome_of(each) is Outcome.VIOLATES and self.is_new(each) for each in report.findings) or any(
            each.outcome is Outcome.VIOLATES and each.rule not in known for each in report.verdicts
        ):
            return ExitCode.VIOLATES
        if report.unjudged or report.ended or all(verdict.told == 0 for verdict in report.verdicts):
            return ExitCode.NOT_JUDGED
        return ExitCode.CONFORMS

    def _changed(self, verdicts: dict[str, Outcome], *, towards: frozenset[Outcome]) -> Iterator[Change]:
        for rule, outcome in verdicts.items():
            was = self.verdicts.get(rule)
            if was is not None and was is not outcome and outcome in towards:
                yield Change(rule, was, outcome)

    def _lost(self, verdicts: Mapping[str, Outcome]) -> Iterator[Change]:
        for rule, was in self.verdicts.items():
            now = verdicts.get(rule, Outcome.NOT_TESTED)
            if _was_tried(was) and not _was_tried(now):
                yield Change(rule, was, now)


class Standing(StrEnum):
    """How a finding stands to the run of before."""

    NEW = "new"
    KNOWN = "known"


@frozen
class Change:
    """A rule of which something else is said now."""

    rule: str
    was: Outcome
    now: Outcome

    def __str__(self) -> str:
        return f"{self.rule}: {self.was} before, {self.now} now"


@frozen
class Comparison:
    """A run beside one of before.

    Attributes:
        new: The findings that the run of before had not.
        gone: The findings that it had and this one has not, though their rules were tried again.
        worse: The rules that are broken now and were not found to be.
        better: The rules that are kept now and were not found to be.
        lost: The rules of which nothing is told now, and something was.
        known: The rules that are violated, and only as they were before.
        exit_code: What the run comes to if only new violations count.
    """

    new: tuple[Finding, ...]
    gone: tuple[Key, ...]
    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    lost: tuple[Change, ...]
    known: tuple[str, ...]
    exit_code: ExitCode

    @property
    def untested(self) -> tuple[str, ...]:
        """How many rules are no longer tested, in words, by what was said of them before."""
        kept = [change for change in self.lost if change.was is Outcome.CONFORMS]
        by_words = {"conformed before": len(kept), "broken before": len(self.lost) - len(kept)}
        return tuple(f"{plural(count, 'rule')} ({words})" for words, count in by_words.items() if count)

    def __str__(self) -> str:
        new, gone = plural(len(self.new), "new finding"), plural(len(self.gone), "finding")
        end = {
            ExitCode.VIOLATES: "There are new violations.",
            ExitCode.NOT_JUDGED: "There are no new violations, as far as could be judged.",
            ExitCode.CONFORMS: "There are no new violations.",
        }
        return f"Against the baseline: {new}, {gone} gone. {end[self.exit_code]}"


def read_baseline(path: Path, api: str) -> Baseline:
    """Read a JSON report of before.

    Args:
        path: The file that an earlier run wrote with ``--json``.
        api: The name of the spec by which is judged now.

    Raises:
        BaselineError: It is no such file, or is a report on another API.
    """
    try:
        told = read_json(path.read_bytes())
    except OSError as error:
        raise BaselineError(f"The baseline {path} can't be read: {error.strerror}. Write one with --json.") from error
    except ValueError as error:
        raise BaselineError(f"The baseline {path} is no JSON. Name a file that a run wrote with --json.") from error
    try:
        judged, baseline = str(told["api"]), _baseline(told)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BaselineError(
            f"The baseline {path} is JSON, but no report of a run. Name a file that a run wrote with --json."
        ) from error
    if judged != api:
        raise BaselineError(f"The baseline {path} is a report on {judged}, this run is on {api}. Name another file.")
    return baseline


def key_of(finding: Finding) -> Key:
    """What a finding is known by from run to run."""
    return _key(finding.rule, finding.case)


def _key(rule: str, case: str) -> Key:
    return rule, _SEARCH if case == _SEARCH or case.startswith(_SEEDED) else case


def _baseline(told: Json) -> Baseline:
    return Baseline(
        findings={_key(each["rule"], each["case"]): Outcome(each["verdict"]) for each in told["findings"]},
        verdicts={str(each["id"]): Outcome(each["verdict"]) for each in told["rules"]},
    )


def _was_tried(outcome: Outcome | None) -> bool:
    return outcome not in {None, Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE}
