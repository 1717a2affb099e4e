from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.spec import Contract, Problem

Changed = Callable[..., str]
Problems = Callable[[str], list[Problem]]

_BODY = "/paths/~1things/post/requestBody/content/application~1json/examples/page/value"
_FIELDS = "/components/schemas/Thing/properties"
_VALUE = "{name: cat, kind: big, size: 10*20}"


@pytest.mark.parametrize(
    ("value", "at", "words"),
    [
        ("{name: a large cat, kind: big, size: 10*20}", "/name", "longer than 5"),
        ("{kind: big, size: 10*20}", "", "name"),
        ("{name: cat, kind: odd, size: 10*20}", "/kind", "small"),
        ("{name: cat, kind: big, size: 10*99}", "/size", "990 pixels, more than 400"),
        ("{name: cat, kind: big}", "", "size"),
        ("{name: cat, kind: small, count: 3}", "/count", "maximum of 2"),
        ("{name: cat, size: 10*20, picture: no picture}", "/picture", "no image"),
        ("{name: cat, size: 10*20, picture: AAAAAAAAAAAAAAAA}", "/picture", "12 bytes, more than 8"),
        ("{name: cat, size: 10*20, tags: [{text: 5}]}", "/tags/0/text", "string"),
        ("7", "", "object"),
    ],
)
def test_an_example_must_keep_its_schema(
    changed: Changed, problems_of: Problems, value: str, at: str, words: str
) -> None:
    (problem,) = problems_of(changed((_VALUE, value)))
    assert (problem.code, problem.pointer) == ("example-breaks-schema", f"{_BODY}{at}")
    assert words in problem.message
    assert problem.line == 26


def test_an_example_within_the_rules_is_no_problem(changed: Changed, load_text: Callable[[str], Contract]) -> None:
    text = changed((_VALUE, "{name: cat, kind: small, count: 2, picture: AAAA, tags: [{text: a, more: 1}]}"))
    (example,) = load_text(text).operation("makeThing").examples
    assert example.value["count"] == 2
    assert example.source is not None
    assert example.source.page == "The page"


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        ("default: 1}", "default: 10}", f"{_FIELDS}/count/default"),
        ("default: 1}", 'default: "1"}', f"{_FIELDS}/count/default"),
        ("maxLength: 5}", "maxLength: 5, examples: [cat, kitten]}", f"{_FIELDS}/name/examples/1"),
        ("maxLength: 5}", "maxLength: 5, example: 5}", f"{_FIELDS}/name/example"),
        (
            "maxLength: 5}",
            "maxLength: 5, x-known-values: [cat, hippopotamus]}",
            f"{_FIELDS}/name/x-known-values/1",
        ),
        (
            "enum: [small, big]}",
            "enum: [small, big], x-default-from: {property: name, values: {cat: large}}}",
            f"{_FIELDS}/kind/x-default-from/values/cat",
        ),
        ("maximum: 400}", "maximum: 400}\n          default: 1*1", f"{_FIELDS}/size/default"),
        (
            "schema: {type: boolean}",
            "schema: {type: boolean}\n          example: 5",
            "/paths/~1things~1{id}/get/parameters/1/example",
        ),
    ],
)
def test_defaults_and_known_values_must_keep_their_schema(
    changed: Changed, problems_of: Problems, old: str, new: str, pointer: str
) -> None:
    (problem,) = problems_of(changed((old, new)))
    assert (problem.code, problem.pointer) == ("example-breaks-schema", pointer)


def test_an_example_is_judged_by_the_shape_that_it_means(changed: Changed, problems_of: Problems) -> None:
    """Not "matches none of the shapes", but what is wrong with the one."""
    shapes = (
        "schema: {anyOf: [{x-shape: {name: a}, type: object, properties: {name: {maxLength: 9}}}, "
        "{x-shape: {name: b, present: input}, type: object, properties: {input: {type: object}}}]}"
    )
    text = changed(
        ('schema: {$ref: "#/components/schemas/Thing"}', shapes),
        (_VALUE, "{name: a name that is too long, input: 5}"),
    )
    head, tail = text.split("    Thing:\n")
    text = head + tail[tail.index("    Made:\n") :]
    (problem,) = problems_of(text)
    assert problem.pointer == f"{_BODY}/input"
