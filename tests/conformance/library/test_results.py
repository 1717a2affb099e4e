"""What a failed test tells: images cut short, each reason once."""

from __future__ import annotations

import base64

from attrs import evolve

from generator.conformance.testing.results import Results
from tests.conformance.reports import runs


def test_images_in_an_answer_are_cut_short() -> None:
    image = base64.b64encode(runs.picture() + b"\x00" * 3000).decode()
    whole = runs.answer(200, {"data": [{"b64_json": image}], "id": "told"})
    first = evolve(runs.violating().findings[2], exchange=runs.exchange({"n": 7}, whole))
    # Of a long answer only the beginning is here, which is no JSON.
    beginning = evolve(whole, body=whole.body[:1000], length=len(whole.body))
    second = evolve(first, rule=runs.RULES[8], exchange=runs.exchange({"n": 7}, beginning))
    report = evolve(runs.violating(), findings=(first, second))
    results = Results.of(report)
    text = results.rules[first.rule].text
    assert f'  answer    status 200: {{"data":[{{"b64_json":"{image[:32]}… ({len(image):,} characters)"}}]' in text
    assert '"id":"told"' in text
    assert image[:40] not in results.rules[second.rule].text


def test_what_kept_the_gateway_from_being_judged_is_told_once() -> None:
    report = evolve(runs.ended_early(), ended="interrupted", unjudged=("a: interrupted", "b: status 503"))
    assert Results.of(report).unjudged == "interrupted\nb: status 503"
