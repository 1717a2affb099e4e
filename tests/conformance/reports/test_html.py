"""The page as text: what it may do, and that nothing from outside becomes markup."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from attrs import evolve

from generator.conformance.exchange import SeenImage
from generator.conformance.reports.baseline import Baseline
from generator.conformance.reports.conclusion import outcome_of
from generator.conformance.reports.html import as_html
from generator.conformance.reports.matrix import matrices, place_of
from generator.conformance.verdicts import NO_SUCH_ANSWER, Outcome
from generator.spec import load_all
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from generator.conformance.verdicts import Report

VOID = {"meta", "link", "img", "input", "br"}


class Elements(HTMLParser):
    """The elements of a page, and whether each is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element's beginning."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take an element's end."""
        assert self._open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        """Take text."""
        self.text += data


def test_the_page_may_do_nothing_but_show_itself(any_report: Report) -> None:
    page = as_html(any_report, "")
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.replace("&#39;", "'").split(";"))
    ((style,), (script,)) = (re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[:1] for tag in ("style", "script"))
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert rules == {
        "default-src": "'none'",
        "style-src": f"'sha256-{hashes[0]}'",
        "script-src": f"'sha256-{hashes[1]}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_nothing_from_outside_becomes_markup() -> None:
    page = as_html(runs.hostile(), runs.HOSTILE)
    elements = Elements(page)
    assert runs.MARKUP in elements.text
    assert [tag for tag, _ in elements.found if tag in {"script", "style"}] == ["style", "script"]
    assert "foreign" not in {attributes.get("class") for _, attributes in elements.found}
    assert {tag for tag, _ in elements.found} & {"svg", "iframe", "object", "embed", "form", "base"} == set()
    for tag, attributes in elements.found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        assert attributes.get("src", "data:image/").startswith("data:image/"), attributes
        assert attributes.get("href", "#").startswith(("#", "data:,")), attributes
    assert not set(page) & {"\x1b", "\x00", "\u202e", "\ud800", "\r"}


def test_every_link_leads_somewhere(any_report: Report) -> None:
    elements = Elements(as_html(any_report, "")).found
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"][1:] for tag, attributes in elements if tag == "a"}
    assert targets <= set(ids)
    labels = {attributes["aria-labelledby"] for _, attributes in elements if "aria-labelledby" in attributes}
    assert labels <= set(ids)


def test_a_picture_is_shown_only_if_it_is_one_that_holds_no_script() -> None:
    report = runs.hostile()
    drawn = evolve(report.findings[0].exchange, images=(SeenImage("image/png", 96, 64, runs.picture()),))
    page = as_html(evolve(report, findings=(evolve(report.findings[0], exchange=drawn),)), "")
    assert page.count("<img ") == 1
    assert f'src="data:image/png;base64,{base64.b64encode(runs.picture()).decode()}"' in page
    assert "<img " not in as_html(report, "")


def test_all_that_is_needed_to_mend_a_fault_stands_there() -> None:
    text = Elements(as_html(runs.violating(), "")).text
    for words in (
        runs.RULES[9],
        f"{runs.PAGE}: n",
        '"watermark": false',
        "a refusal, 400",
        "status 200, and 1 image",
        "x-request-id",
        'Authorization: Bearer $IMAGE_CONTRACT_TOKEN"'.replace("A", "a", 1),
        "2048 × 2048, image/jpeg",  # noqa: RUF001  a size
        "<html>Oh no</html>",
        "500 Internal Server Error",
        "about $3.20",
        "never more than 44",
        "(seed 42)",
    ):
        assert words in text, words


def test_a_finding_tells_its_rule_in_words() -> None:
    page = as_html(runs.violating(), "", words=lambda rule: f"`{rule}` in <words>.")
    assert f"<p>{runs.RULES[9]} in &lt;words&gt;.</p>" in page
    assert "in <words>" not in page


def test_findings_on_one_rule_are_one_block() -> None:
    report = runs.violating()
    page = as_html(evolve(report, findings=[*report.findings, evolve(report.findings[2], note="n: 8")]), "")
    assert page.count("<article ") == 4
    assert page.count("<summary>also: n: 8</summary>") == 1
    assert len(re.findall(r'id="curl-[0-9]+"', page)) == 5


def test_what_a_baseline_knows_is_folded_and_no_news() -> None:
    report = runs.violating()
    findings = {(each.rule, each.case): outcome_of(each) for each in report.findings}
    text = Elements(as_html(report, "", Baseline(findings, {"a/c": Outcome.CONFORMS}))).text
    assert "No new violations; 2 known." in text
    assert "The gateway violates" not in text
    assert "1 rule (conformed before)" in text
    assert text.count("What was sent, and what came") == 4
    assert "PowerTokens: no new violations" in text
    new = Elements(as_html(report, "", Baseline(dict(list(findings.items())[:3]), {}))).text
    assert "1 new violation; 1 known." in new
    assert "PowerTokens: violates" in new
    assert new.count("What was sent, and what came") == 3


def test_rules_about_answers_that_did_not_come_are_counted_apart() -> None:
    unheard = runs.verdict("generateImages/answer-413/type", Outcome.NOT_TESTED, NO_SUCH_ANSWER)
    text = " ".join(Elements(as_html(runs.report([unheard]), "")).text.split())
    assert "0 not tested no answer told; 1 is about answers that didn't come, such as 413" in text


def test_a_field_that_seems_not_to_be_read_is_named() -> None:
    rules = ("generateImages/prompt/n/type", "generateImages/prompt/n/minimum")
    text = Elements(as_html(runs.report([runs.verdict(rule, Outcome.VIOLATES) for rule in rules]), "")).text
    assert "n: every rule on it is broken, in generateImages: it looks as if n is not read." in text


def test_why_a_run_ended_is_told_once() -> None:
    report = runs.ended_early()
    assert Elements(as_html(report, "")).text.count(report.ended) == 1


def test_every_rule_of_every_spec_has_a_place_in_a_matrix() -> None:
    for contract in load_all():
        for operation in contract.operations:
            verdicts = [runs.verdict(rule.id, Outcome.CONFORMS) for rule in operation.rules]
            rows = [row for matrix in matrices(verdicts) for row in matrix.rows]
            cells = [verdict for row in rows for cell in row.cells for verdict in cell]
            assert sorted(each.rule for each in cells) == sorted(rule.id for rule in operation.rules)
            for rule, verdict in zip(operation.rules, verdicts, strict=True):
                place = place_of(verdict)
                assert place.keyword == rule.keyword, rule.id
                assert bool(place.condition) == (rule.when is not None), rule.id


def test_places_are_read_from_ids() -> None:
    def place(rule: str) -> tuple[str, str, str, str]:
        found = place_of(runs.verdict(rule, Outcome.CONFORMS))
        return found.table, found.field, found.keyword, found.condition

    assert place("op/call") == ("Around the body", "call", "call", "")
    assert place("op/credentials/security") == ("Around the body", "credentials", "security", "")
    assert place("op/query/type/enum") == ("Around the body", "query type", "enum", "")
    assert place("op/json/n/maximum/when-a-b/unless-c") == ("Body: json", "n", "maximum", "when-a-b/unless-c")
    assert place("op/json/type") == ("Body: json", "the whole body", "type", "")
    assert place("op/answer-200-header/X-Id/type") == ("Answers", "200 header X-Id", "type", "")
    assert place("op/answer-400/type") == ("Answers", "400", "type", "")
