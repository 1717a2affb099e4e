from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from generator.spec import Contract, Level, Place, Rule

Changed = Callable[..., str]
Load = Callable[[str], Contract]

_ANSWER = """\
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Made"}
  /things/{id}:
"""


def _rules(contract: Contract) -> dict[str, Rule]:
    return {rule.id: rule for rule in contract.rules}


def test_the_rules_of_the_small_spec(small: str, load_text: Load) -> None:
    assert list(_rules(load_text(small))) == [
        "makeThing/credentials/security",
        "makeThing/body/required",
        "makeThing/header/Content-Type/content",
        "makeThing/json/type",
        "makeThing/json/name/required",
        "makeThing/json/name/type",
        "makeThing/json/name/maxLength",
        "makeThing/json/kind/type",
        "makeThing/json/kind/enum",
        "makeThing/json/size/type",
        "makeThing/json/size/pattern",
        "makeThing/json/size/x-total-pixels",
        "makeThing/json/picture/type",
        "makeThing/json/picture/x-image",
        "makeThing/json/count/type",
        "makeThing/json/count/minimum",
        "makeThing/json/count/maximum",
        "makeThing/json/tags/type",
        "makeThing/json/tags.-/type",
        "makeThing/json/tags.-.text/type",
        "makeThing/json/count/maximum/when-kind-small",
        "makeThing/json/size/required/unless-kind-small",
        "makeThing/answer-200/type",
        "makeThing/answer-200/id/type",
        "getThing/credentials/security",
        "getThing/path/id/required",
        "getThing/path/id/type",
        "getThing/path/id/minLength",
        "getThing/query/deep/type",
        "getThing/answer-200/type",
        "getThing/answer-200/id/type",
    ]


def test_a_rule_tells_where_it_stands(small: str, load_text: Load) -> None:
    rule = _rules(load_text(small))["makeThing/json/tags.-.text/type"]
    assert (rule.operation, rule.shape, rule.media_type) == ("makeThing", "json", "application/json")
    assert (rule.place, rule.field, rule.keyword, rule.value) == (Place.BODY, "tags[].text", "type", "string")
    assert rule.pointer == "/components/schemas/Tag/properties/text/type"
    assert "text: {type: string}" in small.splitlines()[rule.line - 1]
    assert rule.schema_path == ("properties", "tags", "items", "properties", "text", "type")
    assert (rule.source.document, rule.level, rule.source.field) == ("guess", Level.ASSUMED, "tags[].text")


def test_a_condition_is_told_in_words_and_applies_to_its_branch_alone(small: str, load_text: Load) -> None:
    rules = _rules(load_text(small))
    then, otherwise = (
        rules["makeThing/json/count/maximum/when-kind-small"],
        rules["makeThing/json/size/required/unless-kind-small"],
    )
    assert then.when is not None
    assert otherwise.when is not None
    assert (then.when.words, then.when.negated, then.value) == ("when kind is small", False, 2)
    assert (otherwise.when.words, otherwise.when.negated) == ("unless kind is small", True)
    assert then.when.schema == {"required": ["kind"], "properties": {"kind": {"const": "small"}}}
    assert then.schema_path == ("then", "properties", "count", "maximum")
    assert rules["makeThing/json/count/maximum"].when is None


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("exclusiveMinimum", 1),
        ("exclusiveMaximum", 9),
        ("multipleOf", 2),
        ("minLength", 1),
        ("minItems", 1),
        ("maxItems", 2),
        ("uniqueItems", True),
        ("minProperties", 1),
        ("maxProperties", 3),
        ("const", 5),
        ("anyOf", [{"minimum": 1}, {"maximum": 5}]),
        ("oneOf", [{"minimum": 1}]),
        ("not", {"const": 4}),
        ("dependentRequired", {"a": ["b"]}),
        ("additionalProperties", False),
    ],
)
def test_every_constraint_that_a_keyword_states_is_a_rule(
    changed: Changed, load_text: Load, keyword: str, value: object
) -> None:
    text = changed(("kind: {type: string,", f"odd: {{{keyword}: {json.dumps(value)}}}\n        kind: {{type: string,"))
    assert _rules(load_text(text))[f"makeThing/json/odd/{keyword}"].value == value


@pytest.mark.parametrize("void", ["uniqueItems: false", "additionalProperties: true", "format: int64", "title: a"])
def test_what_constrains_nothing_is_no_rule(changed: Changed, load_text: Load, void: str) -> None:
    text = changed(("kind: {type: string,", f"odd: {{{void}}}\n        kind: {{type: string,"))
    assert [rule_id for rule_id in _rules(load_text(text)) if "/odd" in rule_id] == []


def test_names_that_mean_something_to_a_path_or_a_shell_are_escaped(changed: Changed, load_text: Load) -> None:
    names = ["a.b", "c[]", "$(rm)", "d/e", "-", "{}", "ü", "~2e~"]
    properties = "".join(f'        "{name}": {{minLength: 1}}\n' for name in names)
    text = changed(("        kind: {type: string,", f"{properties}        kind: {{type: string,"))
    rules = [rule for rule in load_text(text).rules if rule.keyword == "minLength" and rule.operation == "makeThing"]
    assert [rule.field for rule in rules] == ["a\\.b", "c\\[\\]", "$(rm)", "d/e", "-", "\\{\\}", "ü", "~2e~"]
    assert [rule.id.split("/")[2] for rule in rules] == [
        "a~2e~b", "c~5b~~5d~", "~24~~28~rm~29~", "d~2f~e", "~2d~", "~7b~~7d~", "~fc~", "~7e~2e~7e~",
    ]  # fmt: skip


def test_the_values_of_a_free_object_have_rules(changed: Changed, load_text: Load) -> None:
    free = "free: {additionalProperties: {items: {minimum: 1}}}"
    text = changed(("kind: {type: string,", f"{free}\n        kind: {{type: string,"))
    rule = _rules(load_text(text))["makeThing/json/free.+.-/minimum"]
    assert rule.field == "free{}[]"
    assert rule.schema_path == ("properties", "free", "additionalProperties", "items", "minimum")


def test_the_parts_of_an_all_of_have_rules(changed: Changed, load_text: Load) -> None:
    text = changed(
        ("kind: {type: string,", "both: {allOf: [{minimum: 1}, {maximum: 2}]}\n        kind: {type: string,")
    )
    rules = _rules(load_text(text))
    assert rules["makeThing/json/both/minimum"].schema_path == ("properties", "both", "allOf", 0, "minimum")
    assert rules["makeThing/json/both/maximum"].value == 2


def test_the_same_rule_twice_is_an_error(changed: Changed, problems_of: Callable[[str], list[object]]) -> None:
    text = changed(("kind: {type: string,", "both: {maximum: 1, allOf: [{maximum: 2}]}\n        kind: {type: string,"))
    (problem,) = problems_of(text)
    assert "[rule-stated-twice] The rule 'makeThing/json/both/maximum' is stated twice" in str(problem)


def test_the_headers_of_an_answer_have_rules(changed: Changed, load_text: Load) -> None:
    header = "          headers: {X-Left: {required: true, schema: {type: integer, minimum: 0}}}\n          content:"
    rules = _rules(load_text(changed((_ANSWER, _ANSWER.replace("          content:", header)))))
    assert rules["makeThing/answer-200-header/X-Left/minimum"].place is Place.RESPONSE
    assert rules["makeThing/answer-200-header/X-Left/required"].value is True


def test_another_media_type_of_an_answer_has_rules_of_its_own(changed: Changed, load_text: Load) -> None:
    xml = "          content:\n            application/xml: {schema: {type: string}}"
    rules = _rules(load_text(changed((_ANSWER, _ANSWER.replace("          content:", xml)))))
    assert rules["makeThing/answer-200/type"].value == "object"
    assert rules["makeThing/answer-200-application~2f~xml/type"].media_type == "application/xml"


def test_a_file_has_no_type_on_the_wire(changed: Changed, load_text: Load) -> None:
    file = "file: {type: string, format: binary, x-image: {forms: [file]}}"
    text = changed(("kind: {type: string,", f"{file}\n        kind: {{type: string,"))
    assert [rule.keyword for rule in load_text(text).rules if rule.field == "file"] == ["x-image"]
