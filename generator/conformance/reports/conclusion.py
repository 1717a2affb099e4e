"""What a run comes to, in the words that all reports share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from generator.conformance.behaviours import load_behaviours
from generator.conformance.reports.matrix import place_of
from generator.conformance.reports.texts import plural
from generator.conformance.verdicts import ExitCode, Outcome
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.conformance.plan import Plan
    from generator.conformance.reports.baseline import Comparison
    from generator.conformance.verdicts import Finding, Report, Verdict

SIGNS = {
    Outcome.CONFORMS: "✓",
    Outcome.VIOLATES: "✗",
    Outcome.WARNS: "!",
    Outcome.NOT_TESTED: "?",
    Outcome.NOT_APPLICABLE: "\u2013",
}
"""A sign for each verdict, for those who don't see its colour."""

_NAMED: Final = 2  # statuses of answers that didn't come

MEANINGS = {
    Outcome.CONFORMS: "kept in every request that could be judged",
    Outcome.VIOLATES: "broken, and one of the provider's pages states it",
    Outcome.WARNS: "broken, but no page states it: published elsewhere, or assumed",
    Outcome.NOT_TESTED: "no answer told",
    Outcome.NOT_APPLICABLE: "nothing that can be sent would break it, or the gateway lacks the operation",
}
"""What each verdict means."""


_EXPLAINED: Final = ("a refusal: ", "2xx: ")
_TO_FIELD: Final = 3
"""How many parts of a rule's id name its field: operation, shape, field."""


def conclusion(report: Report, comparison: Comparison | None = None) -> str:
    """The overall verdict as a sentence.

    Args:
        report: The report.
        comparison: The run beside one of before, where only new violations count.
    """
    if comparison is not None and comparison.known:
        return _compared(report, comparison)
    if report.exit_code is ExitCode.VIOLATES:
        return f"The gateway violates {plural(report.counts[Outcome.VIOLATES], 'documented rule')}."
    if report.exit_code is ExitCode.NOT_JUDGED:
        why = _one_reason(report)
        end = "" if why.endswith("?") else "."
        return f"The gateway couldn't be judged: {why}{end}" if why else "The gateway couldn't be judged in full."
    if report.plan.no_billable or (report.billable == 0 and report.plan.billable == 0):
        return "The gateway conforms, as far as it shows without a request that may be billed."
    if report.plan.dropped:
        left = plural(len(report.plan.dropped), "request")
        return f"The gateway conforms, as far as it shows: --max-billable left out {left}."
    return "The gateway conforms."


def _compared(report: Report, comparison: Comparison) -> str:
    known = f"{len(comparison.known):,} known"
    if comparison.exit_code is ExitCode.VIOLATES:
        new = plural(report.counts[Outcome.VIOLATES] - len(comparison.known), "new violation")
        return f"{new}; {known}."
    if comparison.exit_code is ExitCode.NOT_JUDGED:
        return f"No new violations, as far as could be judged; {known}."
    return f"No new violations; {known}."


def _one_reason(report: Report) -> str:
    """Why nothing could be judged that a request's body says, where that is the same everywhere; else ""."""
    if report.ended or any(each.told and place_of(each).is_of_body for each in report.verdicts):
        return ""
    whys = {each.partition(": ")[2] for each in reasons(report)}
    why = whys.pop() if len(whys) == 1 else ""
    status, _, meaning = why.partition(": ")
    return meaning if meaning and status.startswith("status ") else why


def outcome_of(finding: Finding) -> Outcome:
    """The verdict that a finding alone comes to."""
    return Outcome.VIOLATES if finding.level is Level.DOCUMENTED else Outcome.WARNS


def in_short(expected: str) -> str:
    """What should have come, where a word is enough: "a refusal"."""
    return expected.partition(": ")[0] if expected.startswith(_EXPLAINED) else expected


def in_order(report: Report) -> list[Finding]:
    """The findings, those that violate before those that warn; of a field first what it comes to, then its bounds."""
    first: dict[tuple[Outcome, str], int] = {}
    for number, finding in enumerate(report.findings):
        first.setdefault(_field_of(finding), number)
    behaviours = load_behaviours()

    def place(finding: Finding) -> tuple[bool, int, bool]:
        outcome, _ = field = _field_of(finding)
        is_behaviour = finding.rule.rpartition("/")[2] in behaviours
        return outcome is not Outcome.VIOLATES, first[field], not is_behaviour

    return sorted(report.findings, key=place)


def _field_of(finding: Finding) -> tuple[Outcome, str]:
    return outcome_of(finding), "/".join(finding.rule.split("/")[:_TO_FIELD])


def counted(verdicts: Sequence[Verdict]) -> str:
    """How many rules have each verdict, in words; those apart that are about answers that didn't come."""
    unheard = [verdict for verdict in verdicts if verdict.is_unheard]
    counts = Counter(verdict.outcome for verdict in verdicts)
    counts[Outcome.NOT_TESTED] -= len(unheard)
    told = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in Outcome if counts[outcome])
    return "; ".join(part for part in (told, unheard_in_words(verdicts)) if part)


def unheard_in_words(verdicts: Sequence[Verdict]) -> str:
    """How many rules are about answers that didn't come, and which answers these are, in words; "" if none is."""
    unheard = [verdict for verdict in verdicts if verdict.is_unheard]
    statuses = [place_of(verdict).field.partition(" ")[0] for verdict in unheard]
    named = " or ".join(sorted(dict.fromkeys(statuses), key=Counter(statuses).__getitem__, reverse=True)[:_NAMED])
    one = len(unheard) == 1
    return f"{len(unheard):,} {'is' if one else 'are'} about answers that didn't come, such as {named}" if named else ""


def notes(report: Report) -> Iterator[tuple[str, str]]:
    """What else to know of a run: what kind of note, and the note."""
    if report.ended:
        yield "ended early", report.ended
    for reason in reasons(report):
        yield "not judged", reason
    for words in report.flaky:
        yield "flaky", words
    if report.searched:
        seed = "" if f"--seed {report.seed}" in report.searched else f" (seed {report.seed})"
        yield "searched", f"{report.searched.rstrip('.')}{seed}."
    for words in report.plan.left_out:
        yield "left out", words


def reasons(report: Report) -> list[str]:
    """What kept rules from being judged, each once: neither why the run ended, nor what another tells with more."""
    return [
        each
        for each in report.unjudged
        if not (report.ended and each.endswith(f": {report.ended}"))
        and not any(other.startswith(f"{each}: ") for other in report.unjudged)
    ]


def planned_cost(plan: Plan) -> str:
    """What a plan may cost, in words."""
    usd = f", about ${plan.usd:,.2f}" if plan.usd is not None else ""
    limit = f", never more than {plan.limit:,}" if plan.limit is not None else ""
    images = plural(plan.images, "image")
    return f"{plural(plan.requests, 'request')}; {plan.billable:,} of them may be billed{limit}; {images}{usd}"


def spent(report: Report) -> str:
    """What a run did cost, in words."""
    return (
        f"{plural(report.requests, 'request')} in {duration(report.seconds)}; {report.billable:,} of them were or may "
        f"have been carried out, and so may be billed; {plural(report.images, 'image')}"
    )


def duration(seconds: float) -> str:
    """A time in words: "250 ms", "3.2 s", "2 min 5 s"."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if minutes else f"{seconds:.1f} s"
