"""Whatever texts a spec holds: nothing of them becomes code, a file, a connection or a script, and all ends soon."""

from __future__ import annotations

import gc
import json
import os
import shutil
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, seed, settings

from generator.release.reading import read_single
from generator.spec.foreign.patterns import trouble

from . import foreign_specs, house_specs
from .generating import generated, lay_out
from .texts import dice
from .watching import watching

if TYPE_CHECKING:
    from pathlib import Path

    from .texts import Dice

_DEEP = bool(os.environ.get("IMAGE_CONTRACT_DEEP"))
_SHARDS, _EACH = (40, 63) if _DEEP else (1, 12)
"""How many tests a grammar has, so that several processes share them, and how many specs each is of."""
_GENERATED = {"foreign": 0.8, "house": 0.5}
"""How many of them are at least generated. The rest is refused: it shows that much, and no more."""
_THOROUGHLY = {"foreign": 5, "house": 2}
"""One in how many is also imported and checked."""
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_GRAMMARS = {"foreign": foreign_specs.document, "house": house_specs.document}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Where to write a spec."""
    # What earlier tests left would be tidied up while this one is watched.
    gc.collect()
    return lay_out(tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("shard", range(_SHARDS))
@pytest.mark.parametrize("grammar", _GRAMMARS)
def test_texts_of_specs_stay_texts(grammar: str, shard: int, spec: Path) -> None:
    refusals: dict[str, str] = {}

    # To shrink a whole document takes minutes; the same documents in every run.
    @settings(max_examples=_EACH, phases=[Phase.generate], database=None, deadline=None, suppress_health_check=_SLOW)
    @seed(shard)
    @given(dice())
    def generate(decides: Dice) -> None:
        document = _GRAMMARS[grammar](decides)
        shutil.rmtree(spec.parent.parent / "output", ignore_errors=True)
        text = house_specs.written(document) if grammar == "house" else json.dumps(document)
        assume(text not in refusals)
        spec.write_text(text, encoding="utf-8")
        thoroughly = len(refusals) % _THOROUGHLY[grammar] == 0
        refusals[text] = generated(spec.parent.parent, spec, thoroughly=thoroughly)

    generate()
    assert len(refusals) == _EACH
    made = [text for text, why in refusals.items() if not why]
    assert len(made) >= _GENERATED[grammar] * _EACH, list(refusals.values())


def test_the_deep_run_is_of_five_thousand_specs() -> None:
    assert not _DEEP or _SHARDS * _EACH * len(_GRAMMARS) >= 5_000


def _with_property(schema: Any) -> Any:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    post = {"operationId": "makeThing", "requestBody": body, "responses": {"200": {"description": "Made."}}}
    thing = {"type": "object", "required": ["a"], "properties": {"a": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": post}},
        "components": {"schemas": {"Thing": thing, **_DOUBLING, **_CHAIN, **_STEPS, **_PARTS}},
    }


_HALVES = [{"$ref": f"#/components/schemas/Half{level}"} for level in range(41)]
_DOUBLING = {
    f"Half{level}": {"type": "array", "items": {"anyOf": [half, {"type": "array", "items": half}]}}
    for level, half in enumerate(_HALVES[1:])
} | {"Half40": {"type": "string"}}
_CHAIN = {
    f"Next{number}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/Next{number + 1}"}}}
    for number in range(500)
} | {"Next500": {"type": "string"}}
_STEPS = {f"Step{number}": {"$ref": f"#/components/schemas/Step{number + 1}"} for number in range(3_000)}
_PARTS = {f"Part{level}": {"allOf": [{"$ref": f"#/components/schemas/Part{level + 1}"}] * 2} for level in range(18)} | {
    "Part18": {"type": "object", "properties": {"a": {"type": "string"}}}
}
_TEXT: dict[str, Any] = {"type": "string"}
_LARGE = {
    "items": {"type": "array", "minItems": 10**9, "items": {"type": "string"}},
    "characters": {"type": "string", "minLength": 10**9},
    "characters of a pattern": {"type": "string", "pattern": "^a{1000000000}$"},
    "properties": {"type": "object", "minProperties": 10**9, "additionalProperties": {"type": "string"}},
    "a number that no float holds": {"type": "integer", "minimum": 10**299, "maximum": 10**320},
    "steps": {"type": "number", "minimum": 1, "multipleOf": 1e-300},
    "values": {"type": "string", "enum": [f"value {number}" for number in range(20_000)]},
    "members": {"oneOf": [{"type": "object", "properties": {f"p{n}": {}}} for n in range(2_000)]},
    "schemas one after the other": {"$ref": "#/components/schemas/Next0"},
    "references that double": _HALVES[0],
    "a reference's digits": {"$ref": "#/paths/" + "9" * 5_000},
    "a name": {"type": "object", "properties": {"k" * 300_000: {"type": "string"}}},
    "a description": {"type": "string", "description": "a b <" * 500_000},
    "a text": {"type": "string", "title": "a" * 10_000_000, "default": "b" * 10_000_000},
    "parts": {"allOf": [{"type": "object", "properties": {f"p{n}": {"type": "string"}}} for n in range(2_000)]},
    "empty parts": {"allOf": [{}] * 50_000, "type": "string"},
    "required fields": {"type": "object", "properties": {"a": {}}, "required": [f"r{n}" for n in range(5_000)]},
    "levels": reduce(lambda inner, _: {"type": "array", "items": inner}, range(90), _TEXT),
    "parts of parts": {"allOf": [{"$ref": "#/components/schemas/Part0"}, {"type": "object"}]},
    "references of references": {"$ref": "#/components/schemas/Step0"},
    "a pipe": {"$ref": "pipe"},
}


@pytest.mark.parametrize("schema", _LARGE.values(), ids=_LARGE)
def test_what_is_large_ends_soon(schema: Any, spec: Path) -> None:
    spec.write_text(json.dumps(_with_property(schema)), encoding="utf-8")
    assert not generated(spec.parent.parent, spec)


@pytest.mark.parametrize("form", ["json", "yaml", "house"])
@pytest.mark.parametrize("digits", [301, 4_301, 100_000])
def test_a_number_of_many_digits_is_none(digits: int, form: str, spec: Path) -> None:
    document = _with_property({"type": "integer", "maximum": "DIGITS"})
    if form == "house":
        document["x-documents"] = {}
    text = json.dumps(document).replace('"DIGITS"', "9" * digits)
    spec.write_text(f"# YAML\n{text}" if form == "yaml" else text, encoding="utf-8")
    assert ("[too-large]" in generated(spec.parent.parent, spec)) == (form == "house")


def test_aliases_that_stand_for_billions_are_refused(spec: Path) -> None:
    lines = [f"x-{level + 1}: &s{level + 1} {{anyOf: [*s{level}, *s{level}]}}" for level in range(40)]
    spec.write_text("\n".join(["openapi: 3.1.0", "x-0: &s0 {type: string}", *lines]), encoding="utf-8")
    assert "[too-deep]" in generated(spec.parent.parent, spec)


@pytest.mark.parametrize("target", ["../secret.yaml", "link.yaml", "linked/secret.yaml", "%2e%2e/secret.yaml"])
def test_what_stands_outside_of_the_folder_is_not_read(target: str, spec: Path) -> None:
    spec.write_text(json.dumps(_with_property({"$ref": target})), encoding="utf-8")
    with watching(spec.parent.parent):
        told = read_single(spec, "hostile").left_out
    assert ["[reference-outside]" in words for words in told] == [True]


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a?){40}a{40}$", "^(a+){10}$", "a*a*a*b", "(a|ab|b){40}c", "(.*)*x", "(é|é)*x"]
)
def test_patterns_that_take_for_ever_are_not_enforced(pattern: str) -> None:
    assert "takes for ever" in trouble(pattern)


@pytest.mark.parametrize(
    "pattern", [r"^[^\s@]+@[^\s@]+\.[^\s@]+$", r"^[a-z]+(-[a-z]+)*$", r"^([0-9]{1,3}\.){3}[0-9]{1,3}$", "^https?://.*$"]
)
def test_usual_patterns_are_enforced(pattern: str) -> None:
    assert not trouble(pattern)
