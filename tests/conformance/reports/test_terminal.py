"""What is printed: progress as the stream can show it, every rule and finding, ids that are never broken."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from rich.console import Console

from generator.conformance.case import Expectation
from generator.conformance.events import Exchanged, Searching
from generator.conformance.reports.baseline import Baseline
from generator.conformance.reports.blocks import unread
from generator.conformance.reports.conclusion import conclusion, in_order, outcome_of
from generator.conformance.reports.progress import Doubts
from generator.conformance.reports.terminal import Terminal
from generator.conformance.verdicts import NO_SUCH_ANSWER, Outcome
from tests.conformance.reports import runs
from tests.conformance.reports.printing import SUITE, printed

if TYPE_CHECKING:
    from generator.conformance.verdicts import Verdict


def test_a_pipe_gets_the_plan_first_and_the_conclusion_last() -> None:
    lines = printed(runs.violating()).splitlines()
    assert lines[:2] == ["120 requests.", "40 may be carried out and billed."]
    assert lines[-1] == "The gateway violates 2 documented rules."
    assert "4 findings" in lines
    assert "What a rule says, what keeps it and what breaks it: image-contract explain RULE-ID" in lines
    assert lines[-2] == SUITE
    assert lines[-3] == "11 conforms, 2 violates, 2 warns, 2 not tested"
    assert lines[-4].startswith("PowerTokens at https://gateway.example: 131 requests in 1 min 35 s; 38 of them")


def test_a_pipe_gets_each_operation_each_unexpected_answer_and_each_wait() -> None:
    lines = printed(runs.violating()).splitlines()
    assert "1 of 5, 1 billed: generateImages" in lines
    assert [line for line in lines if line.startswith("not as expected")] == [
        "not as expected: editImages/multipart/image.-/x-image, image: 96x64 pixels: status 500, not refused",
        "not as expected: generateImages/prompt/n/maximum, n: 7: status 200, not refused",
        "not as expected: generateImages/prompt/n/honoured, n: 2: status 200, not refused",
    ]
    assert "waiting 12 s: the gateway asked for it: status 429" in lines
    assert [line for line in lines if line.endswith("billed: generateImages")] == ["1 of 5, 1 billed: generateImages"]


def test_a_long_run_tells_now_and_then_and_not_each_request() -> None:
    stream = io.StringIO()
    terminal = Terminal(Console(file=stream, width=200))
    for number in range(1, 201):
        plain = runs.exchange({}, runs.answer(200, {}))
        terminal(Exchanged(plain, (), done=number, of=200, billed=0))
    for number in range(1, 1001):
        terminal(Searching("generateImages", number, number / 10))
    lines = stream.getvalue().splitlines()
    assert [line.split(" of")[0] for line in lines[:5]] == ["1", "50", "100", "150", "200"]
    assert [line.split(" ")[2] for line in lines[5:]] == ["1", "100", "200", "400", "800"]


@pytest.mark.parametrize("name", ["violating", "hostile", "ended_early"])
@pytest.mark.parametrize("width", [60, 200])
def test_a_pipe_gets_no_control_codes(name: str, width: int) -> None:
    assert re.findall(r"[^\n\x20-\x7e\xa0-\ud7ff\ue000-\U0010ffff]", printed(getattr(runs, name)(), width=width)) == []


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_width_breaks_an_id(width: int) -> None:
    report = runs.violating()
    lines = printed(report, width=width, verbose=True).splitlines()
    for rule in runs.RULES:
        short = rule.partition("/")[2]
        assert any(short in line for line in lines), short
    for finding in report.findings:
        assert f"  {finding.rule}" in "\n".join(lines)
    assert sum("curl -sS" in line and "/v1/images/generations" in line for line in lines) == len(report.findings)


def test_a_wide_terminal_gets_a_table() -> None:
    text = printed(runs.violating())
    row = next(line for line in text.splitlines() if "prompt/n/maximum " in line and "│" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "violates",
        "prompt/n/maximum",
        "documented",
        "2 of 2",
        "",
    ]
    assert "│" not in printed(runs.violating(), width=60)


def test_untested_rules_are_folded_by_their_reason_unless_told_otherwise() -> None:
    text = printed(runs.violating())
    (folded,) = (line for line in text.splitlines() if "status 503" in line and "│" in line)
    assert "2 rules" in folded
    assert runs.RULES[11].partition("/")[2] not in text
    verbose = printed(runs.violating(), verbose=True)
    assert "2 rules" not in verbose
    assert runs.RULES[11].partition("/")[2] in verbose


def test_a_finding_tells_all_that_is_needed() -> None:
    text = printed(runs.violating())
    start = text.index("violates  generateImages/prompt/n/maximum")
    told = text[start : text.index("\n\n", start)].splitlines()
    assert [line[:12].strip() for line in told[1:7]] == ["document", "about", "sent", "expected", "came", "answer"]
    assert told[1].endswith(f"{runs.PAGE}: n (documented)")
    assert told[6].startswith('  answer    status 200: {"created":1,"data":[{"b64_json":"iVBORw0KGgo')
    assert "… (4,012 characters)" in told[6]
    assert '"n":7' in told[7]
    assert "$IMAGE_CONTRACT_TOKEN" in told[7]


def test_a_finding_tells_its_rule_in_words() -> None:
    text = printed(runs.violating(), words=lambda rule: "`n` must be at most 6." if rule == runs.RULES[9] else "")
    assert f"violates  {runs.RULES[9]}\n  rule      n must be at most 6.\n" in text
    assert text.count("  rule      ") == 1


def test_an_answers_control_characters_are_shown() -> None:
    lines = printed(runs.hostile()).splitlines()
    answers = [line for line in lines if line.startswith("  answer    ")]
    assert len(answers) == 2
    assert all("\\u001b]0;owned" in line for line in answers)
    assert max(map(len, answers)) < 400


def test_rules_that_conform_are_counted_and_told_if_asked_for() -> None:
    text = printed(runs.violating())
    assert "generateImages: 11 conforms, 2 violates, 1 warns, 2 not tested\n" in text
    assert "prompt/model/enum" not in text
    assert "prompt/model/enum" in printed(runs.violating(), verbose=True)
    conforming = printed(runs.conforming())
    assert "generateImages: 16 conforms\n" in conforming
    assert "credentials/security" not in conforming


def test_many_findings_of_one_rule_are_folded_unless_told_otherwise() -> None:
    report = runs.violating()
    others = [evolve(report.findings[2], note=f"n: {number}") for number in (8, 9, 9)]
    many = evolve(report, findings=[*report.findings, *others])
    text = printed(many)
    assert text.count(f"violates  {runs.RULES[9]}\n") == 1
    assert "  about     n: 7\n" in text
    assert "  also      n: 8; n: 9\n" in text
    assert text.count("  also  ") == 1
    verbose = printed(many, verbose=True)
    assert verbose.count(f"violates  {runs.RULES[9]}\n") == 4
    assert "  also  " not in verbose


def test_notes_are_told() -> None:
    text = printed(runs.violating())
    assert "flaky: generateImages/prompt/n/minimum: n: 0: refused, then carried out" in text
    assert "searched: 1,200 requests in 60 s on 2 operations (seed 42)." in text
    early = printed(runs.ended_early())
    assert "ended early: The gateway refused the token: status 401." in early
    assert "not judged: generateImages: a plain request was answered with status 503, three times" in early
    assert early.splitlines()[-1] == "The gateway couldn't be judged in full."


def test_what_kept_rules_from_being_judged_is_told_once() -> None:
    report = evolve(
        runs.ended_early(),
        ended="interrupted",
        unjudged=("a: interrupted", "a: status 401", "a: status 401: the gateway doesn't take the API key"),
        searched="9 requests from seed 3: nothing found. The same search: --seed 3.",
        seed=3,
    )
    lines = printed(report).splitlines()
    assert [line for line in lines if line.startswith(("ended", "not judged", "searched"))] == [
        "ended early: interrupted",
        "not judged: a: status 401: the gateway doesn't take the API key",
        "searched: 9 requests from seed 3: nothing found. The same search: --seed 3.",
    ]


def test_what_was_left_out_for_money_is_no_full_success() -> None:
    report = runs.conforming()
    assert conclusion(report) == "The gateway conforms."
    limited = runs.report(report.verdicts, plan=runs.FakePlan(dropped=("a", "b")))
    assert conclusion(limited) == "The gateway conforms, as far as it shows: --max-billable left out 2 requests."
    free = runs.report(report.verdicts, plan=runs.FakePlan(dropped=("a",), no_billable=True))
    assert conclusion(free) == "The gateway conforms, as far as it shows without a request that may be billed."


def test_a_baseline_tells_new_from_known() -> None:
    report = runs.violating()
    known = report.findings[2]
    gone = ("generateImages/prompt/n/minimum", "n: 0")
    baseline = Baseline(
        {(known.rule, known.case): Outcome.VIOLATES, gone: Outcome.VIOLATES},
        {gone[0]: Outcome.VIOLATES, runs.RULES[13]: Outcome.CONFORMS},
    )
    lines = printed(report, baseline=baseline).splitlines()
    assert f"known: violates  {known.rule}: n: 7" in lines
    assert not [line for line in lines if line.startswith(f"violates  {known.rule}")]
    assert "4 findings, 1 of them known" in lines
    assert f"violates  {runs.RULES[13]} (new)" in lines
    assert f"gone: {gone[0]}, {gone[1]}" in lines
    assert f"worse: {runs.RULES[13]}: conforms before, violates now" in lines
    assert f"better: {gone[0]}: violates before, conforms now" in lines
    assert "Against the baseline: 3 new findings, 1 finding gone. There are new violations." in lines
    assert lines[-1] == "1 new violation; 1 known."
    assert f"violates  {known.rule} (known)" in printed(report, baseline=baseline, verbose=True).splitlines()


def test_known_violations_alone_are_no_news() -> None:
    report = runs.violating()
    findings = {(each.rule, each.case): outcome_of(each) for each in report.findings}
    lines = printed(report, baseline=Baseline(findings, {})).splitlines()
    assert lines[-1] == "No new violations; 2 known."
    assert "4 findings, all of them known" in lines
    assert [line for line in lines if "curl" in line] == []
    unjudged = evolve(report, unjudged=("generateImages: status 503",))
    assert printed(unjudged, baseline=Baseline(findings, {})).splitlines()[-1] == (
        "No new violations, as far as could be judged; 2 known."
    )


def test_rules_that_are_no_longer_tested_are_told() -> None:
    report = runs.conforming()
    before = {runs.RULES[0]: Outcome.CONFORMS, "listModels/answer-200/type": Outcome.CONFORMS}
    before |= {runs.RULES[-1]: Outcome.CONFORMS, "listModels/call": Outcome.WARNS, "x/call": Outcome.NOT_TESTED}
    lines = printed(report, baseline=Baseline({}, before)).splitlines()
    assert "no longer tested: 2 rules (conformed before)" in lines
    assert "no longer tested: 1 rule (broken before)" in lines
    assert lines[-1] == "The gateway conforms."


def unheard(rule: str) -> Verdict:
    return runs.verdict(rule, Outcome.NOT_TESTED, NO_SUCH_ANSWER)


def test_rules_about_answers_that_did_not_come_are_counted_apart() -> None:
    statuses = (413, 413, 429, 429, 429, 500)
    rules = [unheard(f"generateImages/answer-{status}/{number}/type") for number, status in enumerate(statuses)]
    report = runs.report([*runs.conforming().verdicts[:-1], *rules])
    lines = printed(report).splitlines()
    told = "16 conforms; 6 are about answers that didn't come, such as 429 or 413"
    assert f"generateImages: {told}" in lines
    assert lines[-3] == told
    assert "not tested" not in "\n".join(lines)
    assert "generateImages: 1 is about answers that didn't come, such as 500" in printed(runs.report(rules[-1:]))
    assert "prompt" not in printed(report, verbose=True).partition("not tested")[2]
    assert "answer-500/5/type" in printed(report, verbose=True)


def test_where_all_that_is_left_is_not_tested_there_is_no_table() -> None:
    early = printed(runs.ended_early()).splitlines()
    assert "generateImages: 16 not tested" in early
    assert "  not tested: 16 rules, the run ended before" in early
    assert not [line for line in early if "│" in line]


def test_what_a_field_comes_to_stands_before_its_bounds() -> None:
    report = runs.violating()
    rules = [finding.rule for finding in in_order(report)]
    assert rules == [runs.RULES[13], runs.RULES[9], runs.RULES[-1], runs.RULES[1]]


def test_a_field_that_seems_not_to_be_read_is_named() -> None:
    def told(broken: str, kept: str = "") -> list[str]:
        found = [
            *((rule, Outcome.VIOLATES) for rule in broken.split()),
            *((rule, Outcome.CONFORMS) for rule in kept.split()),
        ]
        untold = runs.verdict("a/json/n/pattern", Outcome.NOT_TESTED, "status 503")
        return list(unread(runs.report([untold, *(runs.verdict(rule, outcome) for rule, outcome in found)])))

    end = "it looks as if n is not read."
    both = "a/json/n/type a/json/n/maximum b/json/n/type b/json/n/honoured"
    assert told(both) == [f"n: every rule on it is broken, in 2 operations: {end}"]
    assert told("a/json/n/type a/json/n/maximum") == [f"n: every rule on it is broken, in a: {end}"]
    assert told(both, "b/json/n/minimum") == [f"n: every rule on it is broken, in a: {end}"]
    assert told(both, "a/form/n/type") == [f"n: every rule on it is broken, in 2 operations (not in a/form): {end}"]
    assert told("a/json/n/maximum b/json/n/maximum") == []
    assert told("a/answer-200/n/type a/answer-200/n/minimum a/json/type a/json/required") == []
    assert f"\nn: every rule on it is broken, in a: {end}\n" in printed(
        runs.report(
            [runs.verdict(f"a/json/n/{name}", Outcome.WARNS) for name in ("type", "maximum")], runs.violating().findings
        )
    )


def test_a_long_line_for_curl_is_cut_with_a_hint() -> None:
    report = runs.violating()
    asked = runs.exchange({"prompt": "x" * 801}, runs.answer(200, {}))
    long = evolve(report, findings=(evolve(report.findings[2], exchange=asked),))
    (line,) = (line for line in printed(long).splitlines() if "curl -sS" in line)
    assert len(line) < 600
    assert re.search(r"x… \(1,[0-9]{3} characters; --html and --json tell the whole line\)$", line)


def test_what_no_document_tells_of_may_be_anything_but_a_failure() -> None:
    found = runs.violating().findings[1]
    case = runs.case_of(found, Expectation.OPEN)
    failed = runs.exchange({}, runs.answer(500, {}))
    (line,) = Doubts()(Exchanged(failed, (case,), done=1, of=1, billed=0))
    assert line.endswith(": status 500, expected any answer but a failure")


def test_a_web_site_is_not_told_of_request_by_request() -> None:
    doubts = Doubts()
    found = runs.violating().findings[2]

    def after(status: int, media_type: str) -> list[str]:
        came = runs.exchange({"n": 7}, runs.answer(status, b"<html>", media_type))
        return doubts(Exchanged(came, (runs.case_of(found),), done=1, of=1, billed=0))

    assert after(200, "text/html") == after(500, "text/html; charset=utf-8") == []
    # That it answers as an API tells that what came before was no web site.
    assert [line.rpartition(": ")[2] for line in after(200, "application/json")] == [
        *("status 200, not refused", "status 500, not refused", "status 200, not refused")
    ]
    assert len(after(200, "text/html")) == 1


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ("status 401: the gateway doesn't take the API key", "the gateway doesn't take the API key."),
        ("a web page came: is this the API's address?", "a web page came: is this the API's address?"),
    ],
)
def test_the_one_reason_why_nothing_could_be_judged_is_the_last_line(why: str, told: str) -> None:
    untold = [runs.verdict(rule, Outcome.NOT_TESTED, why) for rule in runs.RULES]
    report = runs.report(untold, unjudged=(f"generateImages: {why}", f"editImages: {why}"))
    assert conclusion(report) == f"The gateway couldn't be judged: {told}"
    full = "The gateway couldn't be judged in full."
    assert conclusion(evolve(report, unjudged=(*report.unjudged, "x: status 503"))) == full
    assert conclusion(evolve(report, verdicts=[*untold, runs.verdict(runs.RULES[8], Outcome.CONFORMS)])) == full
    assert conclusion(evolve(report, verdicts=[*untold, runs.verdict(runs.RULES[0], Outcome.CONFORMS)])) != full
