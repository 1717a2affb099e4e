"""A report as one HTML file that needs nothing else: no server, no network, no script to be read."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.conformance.reports.blocks import blocks, unread
from generator.conformance.reports.bodies import answer_body, is_parts, request_body
from generator.conformance.reports.conclusion import (
    MEANINGS,
    SIGNS,
    conclusion,
    counted,
    duration,
    notes,
    outcome_of,
    planned_cost,
    spent,
    unheard_in_words,
)
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.headers import told_headers
from generator.conformance.reports.images import Images
from generator.conformance.reports.matrix import matrices
from generator.conformance.reports.pretty import pretty
from generator.conformance.reports.texts import brief, plural, visible
from generator.conformance.verdicts import CONCLUSIONS, ExitCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.reports.blocks import Block
    from generator.conformance.verdicts import Finding, Report, Verdict

_PAGE: Final = Path(__file__).parent / "page"
_NO_NEWS: Final = "no new violations"
_CONCLUDED: Final = {
    ExitCode.CONFORMS: Outcome.CONFORMS,
    ExitCode.VIOLATES: Outcome.VIOLATES,
    ExitCode.NOT_JUDGED: Outcome.NOT_TESTED,
}


def as_html(
    report: Report, suite: str, baseline: Baseline | None = None, words: Callable[[str], str] = lambda _: ""
) -> str:
    """The report as a page.

    Args:
        report: The report.
        suite: How well the suite itself does, in words.
        baseline: A run of before to compare with.
        words: Tells a rule's id in words; "" if it can't.
    """
    css, script = (Markup((_PAGE / f"report.{kind}").read_text(encoding="utf-8")) for kind in ("css", "js"))  # noqa: S704  our own
    anchors = {id(verdict): f"rule-{number}" for number, verdict in enumerate(report.verdicts, 1)}
    comparison = baseline.compare(report) if baseline is not None else None
    code = comparison.exit_code if comparison is not None else report.exit_code
    images, numbers = Images(), count(1)
    made = [_block(block, numbers, images) for block in blocks(report, baseline)]
    found: dict[str, list[int]] = {}
    for each in (each for block in made for each in (block["first"], *block["others"])):
        found.setdefault(each["it"].rule, []).append(each["number"])
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            css=css,
            script=script,
            policy=_policy(css, script),
            verdict=_NO_NEWS if comparison is not None and code is not report.exit_code else CONCLUSIONS[code],
            concluded=_CONCLUDED[code],
            conclusion=conclusion(report, comparison),
            started=datetime.fromtimestamp(report.started, UTC),
            planned=planned_cost(report.plan),
            spent=spent(report),
            suite=suite,
            notes=[note for note in notes(report) if note[0] != "ended early"],  # that stands at the top
            words=lambda rule: words(rule).replace("`", ""),
            comparison=comparison,
            meanings=MEANINGS,
            heard=report.counts[Outcome.NOT_TESTED] - sum(each.is_unheard for each in report.verdicts),
            unheard=unheard_in_words(report.verdicts),
            unread=list(unread(report)),
            blocks=made,
            operations=[_operation(report, name) for name in dict.fromkeys(each.operation for each in report.verdicts)],
            anchor=lambda verdict: anchors[id(verdict)],
            found=found,
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # What would make the text read otherwise than it is, is written out before it is escaped.
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    environment.filters["brief"] = brief
    environment.globals |= {"sign": SIGNS.get, "slug": _slug, "plural": plural, "duration": duration}
    return environment


def _policy(css: str, script: str) -> str:
    """What the page may do: show its own style, run its own script, show the images in it. Nothing else."""
    style, code = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{code}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _slug(outcome: Outcome) -> str:
    return outcome.value.replace(" ", "-")


def _operation(report: Report, name: str) -> dict[str, Any]:
    verdicts: list[Verdict] = [verdict for verdict in report.verdicts if verdict.operation == name]
    return {"name": name, "verdicts": verdicts, "matrices": matrices(verdicts), "counted": counted(verdicts)}


def _block(block: Block, numbers: Iterator[int], images: Images) -> dict[str, Any]:
    first, *others = (_finding(next(numbers), finding, images) for finding in block.findings)
    return {"first": first, "others": others, "standing": str(block.standing or ""), "also": block.also}


def _finding(number: int, finding: Finding, images: Images) -> dict[str, Any]:
    exchange, answer = finding.exchange, finding.exchange.answer
    body = request_body(exchange)
    return {
        "number": number,
        "it": finding,
        "outcome": outcome_of(finding),
        "sent": exchange.sent,
        "sent_headers": told_headers(exchange.sent.headers),
        "media_type": exchange.request.media_type,
        "parts": body if is_parts(exchange.request) else None,
        "body": None if body is None or is_parts(exchange.request) else pretty(body),
        "shows": "" if exchange.request.empty else exchange.request.credentials.value,
        "uploads": list(images.sent(finding)),
        "answer": answer,
        "came_headers": told_headers(answer.headers),
        "status": _status(answer.status),
        "came_body": pretty(answer_body(answer)),
        "tries": exchange.tries,
        "images": list(images.came(finding)),
        "curl": as_curl(exchange),
    }


def _status(status: int) -> str:
    phrases = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {phrases.get(status, '')}".strip() if status else "no answer"
