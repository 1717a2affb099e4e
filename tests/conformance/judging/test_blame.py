"""Of many requests that fail for one reason, the simplest is blamed, and the field that makes the difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from generator.conformance import Outcome, Report
from generator.conformance.blame import Bodies, blamed_of_plain, leaves
from generator.conformance.case import Case, Expectation
from generator.conformance.sending import Request
from generator.spec import Level

Judge = Callable[..., Report]
Gateway = Callable[..., Any]
PLAIN = {"model": "big", "prompt": "cat"}


def _case(rule: str, note: str = "", /, **body: object) -> Case:
    """A case whose body is the plain one with some fields; those that are None are taken out."""
    whole = {name: value for name, value in {**PLAIN, **body}.items() if value is not None}
    request = Request("POST", "/images", media_type="application/json", body=whole)
    about = f"make/json/{rule}"
    return Case(
        f"{about}: {note}{body}", "make", about, Level.DOCUMENTED, "", Expectation.CARRIED_OUT, note, request, None
    )


def test_a_body_is_told_by_its_leaves() -> None:
    body = {"a": 1, "b": {"c": [True, {"d": None}], "e": {}, "f": []}, "g": "x" * 500}
    found = dict(leaves(body))
    assert {path: found[path] for path in found if path != "/g"} == {
        "/a": "1",
        "/b/c/0": "True",
        "/b/c/1/d": "None",
        "/b/e": "{}",
        "/b/f": "[]",
    }
    assert len(found["/g"]) == 64
    assert len({str(dict(leaves(value))) for value in (1, 1.0, True, "True", "1")}) == 5


def test_what_differs_from_the_plain_body_is_known() -> None:
    bodies = Bodies(PLAIN)
    assert bodies.changes(_case("call")) == frozenset()
    assert bodies.changes(_case("n/type", n=2)) == {("/n", "2")}
    assert bodies.changes(_case("model/type", model=None)) == {("/model", "")}
    assert bodies.changes(_case("prompt/type", prompt="dog")) == {("/prompt", "'dog'")}


def test_the_simplest_case_that_fails_is_blamed() -> None:
    bodies = Bodies(PLAIN)
    one, two, three = _case("n/type", n=2), _case("n/x", n=2, size="4*4"), _case("n/y", n=2, size="4*4", note="a")
    other = _case("n/z", n=3, note="a")
    failed = [three, other, two, one]
    assert bodies.simpler(three, failed) is one
    assert bodies.simpler(two, failed) is one
    assert bodies.simpler(one, failed) is None
    assert bodies.simpler(other, failed) is None


def test_a_plain_request_that_fails_explains_all_that_fail() -> None:
    bodies, plain = Bodies(PLAIN), _case("call")
    assert bodies.simpler(_case("n/type", n=2), [plain, _case("n/type", n=2)]) is plain


@pytest.mark.parametrize(
    ("cases", "taken", "blamed"),
    [
        ([_case("call"), _case("model/enum", "big")], [], "call"),
        ([_case("call"), _case("model/enum", "big")], [_case("model/enum", model="small")], "model/enum"),
        # More than one field differs: nobody knows which it is.
        ([_case("call"), _case("model/enum")], [_case("x", model="small", prompt="dog")], "call"),
        # What says most of a value comes first.
        (
            [_case("call"), _case("prompt/type"), _case("prompt/maxLength")],
            [_case("x", prompt="dog")],
            "prompt/maxLength",
        ),
        # No case is about the field.
        ([_case("call"), _case("model/enum")], [_case("n/type", n=2)], "call"),
        ([_case("model/enum")], [], None),
    ],
)
def test_of_a_plain_request_the_field_is_blamed_without_which_it_is_taken(
    cases: list[Case], taken: list[Case], blamed: str | None
) -> None:
    found = blamed_of_plain(cases, taken, Bodies(PLAIN))
    assert (found and found.rule.removeprefix("make/json/")) == blamed


def test_a_run_blames_the_plain_request_once(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(accepts=lambda _: False))
    assert [finding.rule for finding in report.findings] == ["makeImages/json/call"]
    untested = [verdict for verdict in report.verdicts if verdict.outcome is Outcome.NOT_TESTED]
    assert any("a simpler request is refused already" in verdict.why for verdict in untested)


def test_a_run_blames_the_value_of_a_refused_plain_request(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(accepts=lambda body: body["model"] != "big"))
    assert {finding.rule for finding in report.findings} == {"makeImages/json/model/enum"}


def test_a_run_tells_few_findings_of_one_rule(judge: Judge, gateway: Gateway) -> None:
    report = judge(gateway(alter=lambda body: {**body, "n": 1}))
    rules = [finding.rule for finding in report.findings]
    assert {rules.count(rule) for rule in rules} <= {1, 2, 3}
    ids = [(finding.rule, finding.case) for finding in report.findings]
    assert len(ids) == len(set(ids))


def test_a_field_that_fails_with_each_value_is_blamed_alone() -> None:
    bodies = Bodies(PLAIN)
    one, three, among = _case("n/minimum", n=1), _case("n/maximum", n=3), _case("size/honoured", n=2, size="4*4")
    assert bodies.simpler(among, [one, three, among]) is None
    assert bodies.same_place(among, [one, three, among], []) in [one, three]
    assert bodies.same_place(among, [one, three, among], [_case("n/type", n=2)]) is None
    assert bodies.same_place(one, [one, three], []) is None
