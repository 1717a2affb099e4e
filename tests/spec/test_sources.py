from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.spec import Contract, Json, Level, Source
from generator.spec.sources import Provenance

if TYPE_CHECKING:
    from collections.abc import Callable

_DOCUMENTS = {
    "page": {"page": "The page", "level": "documented"},
    "guess": {"page": "Nobody", "level": "assumed"},
}
_ROOT = Provenance(_DOCUMENTS)


def _source(*nodes: Json, keyword: str = "type", field: str = "a.b") -> Source | None:
    provenance = _ROOT
    for node in nodes:
        provenance = provenance.at(node)
    return provenance.source(keyword, field)


def test_the_nearest_source_around_a_place_counts() -> None:
    outer, inner = {"x-source": {"document": "page"}}, {"x-source": {"document": "guess"}}
    assert _source(outer, {}) == Source("page", "The page", "a.b", Level.DOCUMENTED)
    assert _source(outer, inner, {}) == Source("guess", "Nobody", "a.b", Level.ASSUMED)


def test_a_place_without_any_has_none() -> None:
    assert _source({}) is None
    assert _source({"x-source": {"document": "gone"}}) is None


def test_a_level_is_inherited_until_another_document_is_named() -> None:
    weak = {"x-source": {"document": "page", "level": "assumed"}}
    assert _source(weak, {}) == Source("page", "The page", "a.b", Level.ASSUMED)
    assert _source(weak, {"x-source": {"document": "page"}}) == Source("page", "The page", "a.b", Level.DOCUMENTED)


def test_one_keyword_may_come_from_elsewhere() -> None:
    node = {"x-source": {"document": "page", "keywords": {"pattern": {"document": "guess", "field": "x"}}}}
    assert _source(node, keyword="pattern") == Source("guess", "Nobody", "x", Level.ASSUMED)
    assert _source(node, keyword="type") == Source("page", "The page", "a.b", Level.DOCUMENTED)


def test_the_words_for_one_keyword_and_the_name_of_a_field_are_not_inherited() -> None:
    node = {"x-source": {"document": "page", "field": "A", "keywords": {"type": {"document": "guess"}}}}
    assert _source(node) == Source("guess", "Nobody", "A", Level.ASSUMED)
    assert _source(node, {}) == Source("page", "The page", "a.b", Level.DOCUMENTED)


@pytest.mark.parametrize(
    ("tag", "level"),
    [
        ("x-source: {document: guess}", Level.ASSUMED),
        ("x-source: {document: guess, keywords: {required: {document: page}}}", Level.DOCUMENTED),
        ("x-source: {keywords: {required: {document: guess}}}", Level.ASSUMED),
    ],
)
def test_that_a_field_is_required_is_said_by_the_field(
    changed: Callable[..., str], load_text: Callable[[str], Contract], tag: str, level: Level
) -> None:
    contract = load_text(changed(("name: {type: string,", f"name: {{type: string, {tag},")))
    (rule,) = [rule for rule in contract.rules if rule.id == "makeThing/json/name/required"]
    assert rule.level is level


def test_what_an_object_requires_in_it_is_not_said_by_its_own_being_required(
    changed: Callable[..., str], load_text: Callable[[str], Contract]
) -> None:
    inner = "{type: object, required: [a], properties: {a: {}}, x-source: {keywords: {required: {document: guess}}}}"
    contract = load_text(
        changed(
            ("required: [name]", "required: [name, of]"),
            ("kind: {type", f"of: {inner}\n        kind: {{type"),
            ("size: 10*20}", "size: 10*20, of: {a: 1}}"),
        )
    )
    levels = {rule.field: rule.level for rule in contract.rules if rule.keyword == "required" and rule.shape}
    assert (levels["of"], levels["of.a"]) == (Level.DOCUMENTED, Level.ASSUMED)


def test_a_source_in_words() -> None:
    assert str(Source("page", "The page", "n", Level.DOCUMENTED)) == "The page: n"
    assert str(Source("page", "The page", "", Level.DOCUMENTED)) == "The page"
