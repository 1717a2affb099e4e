"""A rule is explained in words, with its document and what keeps and breaks it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from generator.conformance.behaviours import load_behaviours
from generator.conformance.explain import Form, UnknownRuleError, explain, words_of
from generator.spec import Contract, load_all, openapi_folder
from generator.spec.wording import rule_words

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.fixture(scope="module")
def contracts() -> Sequence[Contract]:
    return load_all(openapi_folder())


def test_a_rule(contracts: Sequence[Contract]) -> None:
    lines = explain(contracts, "generateImages/prompt/n/maximum").splitlines()
    assert lines[:5] == [
        "generateImages/prompt/n/maximum",
        "n must be at most 6.",
        "API: PowerTokens, POST /v1/images/generations, prompt (application/json)",
        "document: PowerTokens, text to image, qwen-image-2.0-pro: n",
        (
            "level: documented. A page of the provider says it. A gateway that breaks it violates it: the run's exit "
            "code is 1."
        ),
    ]
    assert re.fullmatch(r"spec: powertokens\.yaml:[0-9]+ /components/schemas/.*/maximum", lines[5])
    good, bad = lines.index("keeps it"), lines.index("breaks it")
    assert "  n: 6" in lines[good:bad]
    assert "  n: 7" in lines[bad:]
    assert lines[bad + 2].startswith('    {model: "qwen-image-2.0-pro"')


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("generateImages/prompt/prompt/maxLength", "prompt must have at most 800 characters (Unicode code points)."),
        ("generateImages/prompt/n/maximum/when-model-wan2.7-image-pro", "n must be at most 1, when model is"),
        ("generateImages/prompt/model/enum", "model must be qwen-image-2.0-pro or wan2.7-image-pro."),
        (
            "generateImages/credentials/security",
            "A request must show credentials: bearerAuth in the header Authorization.",
        ),
        ("editImage/json/image/x-image", "of 65536 to 33177600 pixels in all, of at most 26214399 bytes."),
        ("editImage/json/additionalProperties", "The body must have no field besides those that are documented."),
        ("editImages/header/Content-Type/content", "must be application/json or multipart/form-data."),
        ("generateImages/answer-400/error.message/required", "error.message in the answer 400 must be there."),
    ],
)
def test_rules_in_words(contracts: Sequence[Contract], rule: str, words: str) -> None:
    assert words in explain(contracts, rule).splitlines()[1]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("editImages/prompt/image/x-image", "gets a warning"),
        ("generateImages/messages/input.messages/minItems", "public OpenAPI description says it"),
        ("generateImages/answer-200/data/type", "Nothing is sent for it"),
        ("editImages/multipart/prompt/type", "No request that can be sent breaks it"),
        ("generateImages/credentials/security", "no credentials"),
        ("generateImages/body/required", "a request without one"),
    ],
)
def test_what_a_breach_comes_to_and_what_is_sent(contracts: Sequence[Contract], rule: str, words: str) -> None:
    assert words in explain(contracts, rule)


def test_every_rule_can_be_explained_in_words(contracts: Sequence[Contract]) -> None:
    for contract in contracts:
        for rule in contract.rules:
            words = rule_words(rule)
            assert words.endswith(".")
            assert "must keep " not in words, rule.id
            assert "JSON Schema" not in words, rule.id


def test_behaviours_are_explained_by_name_and_where_they_are(contracts: Sequence[Contract]) -> None:
    for name, behaviour in load_behaviours().items():
        assert behaviour.words in explain(contracts, name)
    text = explain(contracts, "generateImages/prompt/n/honoured")
    assert load_behaviours()["honoured"].words in text
    assert "document: PowerTokens, text to image, qwen-image-2.0-pro: n" in text
    assert "API: PowerTokens" in explain(contracts, "editImages/upstream-error")


@pytest.mark.parametrize("wanted", ["editImages/prompt/n", "editImages/prompt/n/", " editImages/prompt/n "])
def test_the_beginning_of_ids_lists_the_rules(contracts: Sequence[Contract], wanted: str) -> None:
    lines = explain(contracts, wanted).splitlines()
    assert lines[0] == "editImages/prompt/n"
    listed = [line for line in lines[1:] if line.startswith("editImages/")]
    rules = [rule.id for contract in contracts for rule in contract.rules]
    behaviours = ["editImages/prompt/n/honoured", "editImages/prompt/n/upstream"]
    assert listed == [*(rule for rule in rules if rule.startswith("editImages/prompt/n/")), *behaviours]
    assert lines[1] == "5 rules begin so."
    assert "    n must be at most 6." in lines


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        ("generateImages/prompt/n/maximun", "generateImages/prompt/n/maximum"),
        ("generateimages/prompt/n/maximum", "generateImages/prompt/n/maximum"),
        ("size/x-total-pixels", "editImages/prompt/size/x-total-pixels"),
        ("honored", "honoured"),
    ],
)
def test_a_wrong_id_is_answered_with_what_comes_close(contracts: Sequence[Contract], wrong: str, meant: str) -> None:
    with pytest.raises(UnknownRuleError) as caught:
        explain(contracts, wrong)
    assert f"\n  {meant}" in str(caught.value)


def test_the_end_of_an_id_is_enough_where_no_other_ends_so(contracts: Sequence[Contract]) -> None:
    for whole in (
        "editImages/multipart/n/honoured",
        "editImages/multipart/n/upstream",
        "editImages/multipart/n/maximum",
    ):
        assert explain(contracts, whole.partition("/")[2]) == explain(contracts, whole)
    with pytest.raises(UnknownRuleError) as caught:
        explain(contracts, "prompt/n/honoured")
    assert str(caught.value).splitlines()[1:] == [
        "  generateImages/prompt/n/honoured",
        "  editImages/prompt/n/honoured",
    ]


@pytest.mark.parametrize("wrong", ["", "/", "zzz", "nothing/prompt/n/honoured", "generateImages/nowhere/honoured"])
def test_an_id_that_names_nothing(contracts: Sequence[Contract], wrong: str) -> None:
    with pytest.raises(UnknownRuleError, match="No rule has the id"):
        explain(contracts, wrong)


def test_as_json(contracts: Sequence[Contract]) -> None:
    (told,) = json.loads(explain(contracts, "generateImages/prompt/n/maximum", Form.JSON))
    assert told["words"] == "`n` must be at most 6."
    assert told["document"] == "PowerTokens, text to image, qwen-image-2.0-pro: n"
    assert {"note": "n: 6", "body": told["good"][0]["body"]} in told["good"]
    assert "n: 7" in [each["note"] for each in told["bad"]]
    (group,) = json.loads(explain(contracts, "generateImages/prompt/n", Form.JSON))
    assert {"id": "generateImages/prompt/n/minimum", "words": "`n` must be at least 1."} in group["rules"]


def test_as_markdown(contracts: Sequence[Contract]) -> None:
    lines = explain(contracts, "generateImages/messages/size/pattern", Form.MARKDOWN).splitlines()
    assert lines[0] == "## `generateImages/messages/size/pattern`"
    assert lines[2].startswith("`size` must be `1K`, `2K` or `4K`; or a whole number above 0, then `*`, then ")
    assert "- **level**: assumed. " in "\n".join(lines)
    assert "Breaks it:" in lines


def test_a_narrow_terminal_breaks_no_id(contracts: Sequence[Contract]) -> None:
    rule = "generateImages/prompt/size/x-total-pixels/unless-model-wan2.7-image-pro"
    lines = explain(contracts, rule, width=40).splitlines()
    assert lines[0] == rule
    assert all(len(line) <= 40 for line in lines[1:])


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generator", "explain", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command() -> None:
    done = command("generateImages/prompt/n/maximum", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["id"] == "generateImages/prompt/n/maximum"
    done = command("generateImages/prompt/n/maximum")
    assert done.stdout.splitlines()[1] == "n must be at most 6."
    assert "\x1b" not in done.stdout


def test_the_command_on_a_wrong_id() -> None:
    done = command("generateImages/prompt/n/maximun")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean" in done.stderr
    assert "Traceback" not in done.stderr
    assert command("generateImages", "--format", "yaml").returncode == 2


def test_a_report_tells_rules_and_behaviours_in_words() -> None:
    contract = next(each for each in load_all() if each.name == "powertokens")
    assert words_of(contract, "generateImages/prompt/n/maximum") == "`n` must be at most 6."
    assert words_of(contract, "generateImages/prompt/call").startswith("A plain request")
    assert words_of(contract, "generateImages/prompt/n") == ""
    assert words_of(contract, "generateImages/none") == ""
