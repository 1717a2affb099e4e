"""What a run comes to, in the words that all reports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.conformance.reports.texts import plural
from generator.conformance.verdicts import ExitCode, Outcome
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.plan import Plan
    from generator.conformance.verdicts import Finding, Report

SIGNS = {
    Outcome.CONFORMS: "✓",
    Outcome.VIOLATES: "✗",
    Outcome.WARNS: "!",
    Outcome.NOT_TESTED: "?",
    Outcome.NOT_APPLICABLE: "\u2013",
}
"""A sign for each verdict, for those who don't see its colour."""

MEANINGS = {
    Outcome.CONFORMS: "kept in every request that could be judged",
    Outcome.VIOLATES: "broken, and one of the provider's pages states it",
    Outcome.WARNS: "broken, but no page states it: published elsewhere, or assumed",
    Outcome.NOT_TESTED: "no answer told",
    Outcome.NOT_APPLICABLE: "nothing that can be sent would break it, or the gateway lacks the operation",
}
"""What each verdict means."""


def conclusion(report: Report) -> str:
    """The overall verdict as a sentence."""
    if report.exit_code is ExitCode.VIOLATES:
        return f"The gateway violates {plural(report.counts[Outcome.VIOLATES], 'documented rule')}."
    if report.exit_code is ExitCode.NOT_JUDGED:
        return "The gateway couldn't be judged in full."
    if report.plan.no_billable or (report.billable == 0 and report.plan.billable == 0):
        return "The gateway conforms, as far as it shows without a request that may be billed."
    if report.plan.dropped:
        left = plural(len(report.plan.dropped), "request")
        return f"The gateway conforms, as far as it shows: --max-billable left out {left}."
    return "The gateway conforms."


def outcome_of(finding: Finding) -> Outcome:
    """The verdict that a finding alone comes to."""
    return Outcome.VIOLATES if finding.level is Level.DOCUMENTED else Outcome.WARNS


def in_order(report: Report) -> list[Finding]:
    """The findings, those that violate before those that warn."""
    return sorted(report.findings, key=lambda finding: outcome_of(finding) is not Outcome.VIOLATES)


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
