"""A report as one HTML file that needs nothing else: no server, no network, no script to be read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.conformance.reports.bodies import answer_body, image_type, is_parts, parts, request_body
from generator.conformance.reports.conclusion import (
    MEANINGS,
    SIGNS,
    conclusion,
    duration,
    in_order,
    notes,
    outcome_of,
    planned_cost,
    spent,
)
from generator.conformance.reports.curl import as_curl
from generator.conformance.reports.matrix import matrices, place_of
from generator.conformance.reports.texts import plural, visible
from generator.conformance.verdicts import CONCLUSIONS, ExitCode, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.conformance.reports.baseline import Baseline
    from generator.conformance.verdicts import Finding, Report, Verdict
    from generator.spec import Json

_PAGE: Final = Path(__file__).parent / "page"
_SHOWN: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})  # none of them can hold a script
_LARGEST: Final = 200_000  # bytes of a file that was sent and is shown
_JSON: Final = re.compile(
    r'(?P<name>"(?:[^"\\]|\\.)*")(?=:)|(?P<text>"(?:[^"\\]|\\.)*")|(?P<literal>\b(?:true|false|null)\b|-?\d[\d.eE+-]*)'
)
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
    findings = list(enumerate(in_order(report), 1))
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            css=css,
            script=script,
            policy=_policy(css, script),
            verdict=CONCLUSIONS[report.exit_code],
            concluded=_CONCLUDED[report.exit_code],
            conclusion=conclusion(report),
            started=datetime.fromtimestamp(report.started, UTC),
            planned=planned_cost(report.plan),
            spent=spent(report),
            suite=suite,
            notes=[note for note in notes(report) if note[0] != "ended early"],  # that stands at the top
            words=lambda rule: words(rule).replace("`", ""),
            comparison=baseline.compare(report) if baseline is not None else None,
            meanings=MEANINGS,
            findings=[_finding(number, finding, baseline) for number, finding in findings],
            operations=[_operation(report, name) for name in dict.fromkeys(each.operation for each in report.verdicts)],
            anchor=lambda verdict: anchors[id(verdict)],
            found={
                verdict.rule: [n for n, each in findings if each.rule == verdict.rule] for verdict in report.verdicts
            },
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
    environment.globals |= {"sign": SIGNS.get, "slug": _slug, "plural": plural, "duration": duration, "place": place_of}
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
    outcomes = [verdict.outcome for verdict in verdicts]
    counts = {outcome: outcomes.count(outcome) for outcome in Outcome}
    return {"name": name, "verdicts": verdicts, "matrices": matrices(verdicts), "counts": counts}


def _finding(number: int, finding: Finding, baseline: Baseline | None) -> dict[str, Any]:
    exchange, answer = finding.exchange, finding.exchange.answer
    body = request_body(exchange)
    return {
        "number": number,
        "it": finding,
        "outcome": outcome_of(finding),
        "standing": "" if baseline is None else "new" if baseline.is_new(finding) else "known",
        "sent": exchange.sent,
        "media_type": exchange.request.media_type,
        "parts": body if is_parts(exchange.request) else None,
        "body": None if body is None or is_parts(exchange.request) else _pretty(body),
        "shows": "" if exchange.request.empty else exchange.request.credentials.value,
        "uploads": list(_uploads(finding)),
        "answer": answer,
        "status": _status(answer.status),
        "came_body": _pretty(answer_body(answer)),
        "tries": exchange.tries,
        "images": list(_images(finding)),
        "curl": as_curl(exchange),
    }


def _status(status: int) -> str:
    phrases = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {phrases.get(status, '')}".strip() if status else "no answer"


def _images(finding: Finding) -> Iterator[dict[str, str]]:
    for image in finding.exchange.images:
        size = f"{image.width} × {image.height}" if image.width else "size unknown"  # noqa: RUF001  a size
        about = ", ".join(part for part in (size, image.media_type or "no image that is known") if part)
        yield {"source": _data_uri(image.data, image.media_type), "about": about, "url": image.url}


def _uploads(finding: Finding) -> Iterator[dict[str, str]]:
    if not is_parts(finding.exchange.request):
        return
    for name, value in parts(finding.exchange.request):
        if isinstance(value, bytes) and len(value) <= _LARGEST and (source := _data_uri(value, image_type(value))):
            yield {"source": source, "about": f"{name}, {len(value):,} bytes"}


def _data_uri(data: bytes, media_type: str) -> str:
    if not data or media_type not in _SHOWN:
        return ""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _pretty(value: Json) -> Markup:
    """A body for reading: JSON indented and coloured, text as it is."""
    if value is None:
        return Markup()
    if isinstance(value, str):
        return escape(visible(value))
    text = visible(json.dumps(value, ensure_ascii=False, indent=2))
    coloured, end = Markup(), 0
    for found in _JSON.finditer(text):
        coloured += escape(text[end : found.start()])
        coloured += Markup('<span class="{}">{}</span>').format(found.lastgroup, found[0])
        end = found.end()
    return coloured + escape(text[end:])
