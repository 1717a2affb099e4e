"""The search finds what no named case asks for, and names the rule and the smallest request."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance.answers import Check
from generator.spec import Level

from .gateways import searched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.exchange import Exchange
    from generator.spec import Operation, Shape

    from .gateways import Body, Defect

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
ENOUGH = 800
REFUSED = {"error": {"message": "no"}}


def _refuse() -> httpx.Response:
    return httpx.Response(400, json=REFUSED)


def _prompt_is_long(_: httpx.Request, body: Body) -> httpx.Response | None:
    return _refuse() if len(str(body.get("prompt"))) in range(760, 790) else None


def _emoji_crashes(_: httpx.Request, body: Body) -> httpx.Response | None:
    beyond = any(ord(sign) > 0xFFFF for sign in str(body.get("negative_prompt", "")))
    return httpx.Response(500, json=REFUSED) if beyond else None


def _many_with_a_watermark(_: httpx.Request, body: Body) -> httpx.Response | None:
    return _refuse() if body.get("n", 1) in (5, 6) and body.get("watermark") is True else None


def _no_bound_with_watermark(_: httpx.Request, body: Body) -> Body | None:
    """Takes any n where a watermark is asked for."""
    return {**body, "n": 1} if isinstance(body.get("n"), int) and body["n"] > 6 and body.get("watermark") else None


def _large_numbers_wrap(_: httpx.Request, body: Body) -> Body | None:
    """Counts in 32 bits."""
    n = body.get("n")
    return {**body, "n": n % 2**32} if isinstance(n, int) and 1 <= n % 2**32 <= 6 else None


PROMPT = "generateImages/prompt"
DEFECTS = [
    (_emoji_crashes, f"{PROMPT}/negative_prompt/maxLength", {"model", "prompt", "negative_prompt"}),
    (_no_bound_with_watermark, f"{PROMPT}/n/maximum", {"model", "prompt", "n", "watermark"}),
    (_prompt_is_long, f"{PROMPT}/prompt/maxLength", {"model", "prompt"}),
    (_many_with_a_watermark, f"{PROMPT}/n/maximum", {"model", "prompt", "n", "watermark"}),
    (_large_numbers_wrap, f"{PROMPT}/n/maximum", {"model", "prompt", "n"}),
]
BOTH_SHAPES = {_no_bound_with_watermark, _large_numbers_wrap}
"""What is wrong in the other shape, too."""


@pytest.mark.deep
@pytest.mark.parametrize(("defect", "rule", "fields"), DEFECTS if DEEP else DEFECTS[1:2])
def test_it_finds_what_no_named_case_asks_for(defect: Defect, rule: str, fields: set[str]) -> None:
    search = searched("powertokens", defect, requests=ENOUGH, operation="generateImages")
    assert rule in search.rules
    (finding,) = [finding for finding in search.found.findings if finding.rule == rule]
    assert set(finding.exchange.request.body) == fields
    assert finding.level is Level.DOCUMENTED
    assert "--seed 0" in finding.case
    assert all("/n/" in other for other in search.rules) if defect in BOTH_SHAPES else search.rules == [rule]


def test_it_finds_an_answer_that_is_wrong_for_a_combination() -> None:
    """What the answers' judges say is taken up; here one that finds a fault with a seed of 0 and several images."""

    def checks(operation: Operation, shape: Shape, exchange: Exchange) -> Iterator[Check]:
        body: Any = exchange.request.body
        right = not (body.get("n", 1) > 2 and body.get("seed") == 0)
        words = f"{body.get('n')} images; one came less"
        yield Check(f"{operation.id}/{shape.name}/n/honoured", Level.DOCUMENTED, right, words, "n")

    search = searched("powertokens", requests=ENOUGH, operation="generateImages", checks=checks)
    assert search.rules
    assert set(search.rules) <= {"generateImages/prompt/n/honoured", "generateImages/messages/n/honoured"}
    for finding in search.found.findings:
        body: Any = finding.exchange.request.body
        assert set(body) - {"model", "prompt", "input"} <= {"n", "seed", "enable_sequential"}
        assert (body["seed"], body["n"]) == (0, 3)


def test_known_rules_are_left_alone() -> None:
    known = ["generateImages/prompt/n/maximum"]
    search = searched("powertokens", _large_numbers_wrap, requests=150, operation="generateImages", excluded=known)
    assert known[0] not in search.rules
    assert search.found.requests == 150


def test_a_form_is_searched_too() -> None:
    search = searched("venice", requests=200)
    forms = [one for _, one in search.wired.exchanges if one.request.media_type == "multipart/form-data"]
    assert len(forms) > 50
    assert not search.found.findings
