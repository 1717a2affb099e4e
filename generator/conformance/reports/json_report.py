"""A report as JSON, for programs. Its form is documented in report.schema.json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.conformance.reports.bodies import answer_body, request_body
from generator.conformance.reports.conclusion import in_order, outcome_of
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.headers import told_headers
from generator.conformance.reports.texts import brief, written_out
from generator.conformance.verdicts import CONCLUSIONS

if TYPE_CHECKING:
    from generator.conformance.exchange import Answer, Exchange
    from generator.conformance.plan import Plan
    from generator.conformance.reports.baseline import Baseline, Change, Comparison
    from generator.conformance.verdicts import Finding, Report, Verdict
    from generator.spec import Json


def as_text(report: Report, suite: str, baseline: Baseline | None = None) -> str:
    """The report as the text of a JSON file.

    Args:
        report: The report.
        suite: How well the suite itself does, in words.
        baseline: A run of before to compare with.
    """
    return (
        written_out(json.dumps(as_json(report, suite, baseline), ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
    )


def as_json(report: Report, suite: str, baseline: Baseline | None = None) -> dict[str, Json]:
    """The report as a JSON object.

    Args:
        report: The report.
        suite: How well the suite itself does, in words.
        baseline: A run of before to compare with.
    """
    comparison = baseline.compare(report) if baseline is not None else None
    return {
        "verdict": CONCLUSIONS[report.exit_code],
        "exit_code": int(comparison.exit_code if comparison is not None else report.exit_code),
        "api": report.api,
        "base_url": report.base_url,
        "started": moment(report.started),
        "seconds": round(report.seconds, 3),
        "requests": report.requests,
        "billable": report.billable,
        "images": report.images,
        "plan": _plan(report.plan),
        "counts": {outcome.value: count for outcome, count in report.counts.items()},
        "rules": [_rule(verdict) for verdict in report.verdicts],
        "findings": [_finding(finding, baseline) for finding in in_order(report)],
        "unjudged": [brief(each) for each in report.unjudged],
        "flaky": [brief(each) for each in report.flaky],
        "ended": brief(report.ended),
        "searched": brief(report.searched),
        "seed": report.seed,
        "suite": suite,
        "baseline": _compared(comparison) if comparison is not None else None,
    }


def moment(seconds: float) -> str:
    """A time as ISO 8601 has it, in UTC.

    Args:
        seconds: Of Unix time.
    """
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _compared(comparison: Comparison) -> dict[str, Json]:
    return {
        "new": len(comparison.new),
        "known": list(comparison.known),
        "gone": [{"rule": brief(rule), "case": brief(case)} for rule, case in comparison.gone],
        "worse": [_change(change) for change in comparison.worse],
        "better": [_change(change) for change in comparison.better],
        "no_longer_tested": [_change(change) for change in comparison.lost],
    }


def _change(change: Change) -> dict[str, Json]:
    return {"rule": change.rule, "was": change.was.value, "now": change.now.value}


def _plan(plan: Plan) -> dict[str, Json]:
    return {
        "requests": plan.requests,
        "billable": plan.billable,
        "limit": plan.limit,
        "images": plan.images,
        "usd": plan.usd,
        "left_out": list(plan.left_out),
        "dropped": len(plan.dropped),
    }


def _rule(verdict: Verdict) -> dict[str, Json]:
    return {
        "id": verdict.rule,
        "operation": verdict.operation,
        "level": verdict.level.value,
        "verdict": verdict.outcome.value,
        "source": verdict.source,
        "why": brief(verdict.why),
        "tried": verdict.tried,
        "told": verdict.told,
    }


def _finding(finding: Finding, baseline: Baseline | None) -> dict[str, Json]:
    return {
        "rule": finding.rule,
        "operation": finding.operation,
        "level": finding.level.value,
        "verdict": outcome_of(finding).value,
        "source": brief(finding.source),
        "case": finding.case,
        "note": brief(finding.note),
        "request": _request(finding.exchange),
        "answer": _answer(finding.exchange.answer),
        "expected": brief(finding.expected),
        "came": brief(finding.came),
        "standing": baseline.standing_of(finding).value if baseline is not None else None,
    }


def _request(exchange: Exchange) -> dict[str, Json]:
    return {
        "method": exchange.sent.method,
        "url": exchange.sent.url,
        "headers": told_headers(exchange.sent.headers),
        "media_type": exchange.request.media_type,
        "body": request_body(exchange),
        "bytes": exchange.sent.length,
        "curl": as_curl(exchange),
    }


def _answer(answer: Answer) -> dict[str, Json]:
    return {
        "status": answer.status,
        "headers": told_headers(answer.headers),
        "body": answer_body(answer),
        "bytes": answer.length,
        "seconds": round(answer.seconds, 3),
        "why": brief(answer.why),
    }
