"""Whatever texts a spec holds: nothing of them becomes code, a file, a connection or a script, and all ends soon."""

from __future__ import annotations

import gc
import json
import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.release.reading import read_single
from generator.spec.foreign.patterns import trouble

from . import foreign_specs, house_specs
from .generating import generated, lay_out, rendered
from .texts import dice
from .watching import watching

if TYPE_CHECKING:
    from pathlib import Path

_DEEP = bool(os.environ.get("IMAGE_CONTRACT_DEEP"))
_SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
_PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # to shrink a whole document takes minutes
_rendered = settings(deadline=None, max_examples=2_400 if _DEEP else 20, phases=_PHASES, suppress_health_check=_SLOW)
_generated = settings(deadline=None, max_examples=100 if _DEEP else 10, phases=_PHASES, suppress_health_check=_SLOW)
_foreign = dice().map(foreign_specs.document)
_house = dice().map(house_specs.document)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """Where to write a spec."""
    # What earlier tests left would be tidied up while this one is watched.
    gc.collect()
    return lay_out(tmp_path)


@pytest.mark.deep
@given(document=_foreign)
@_rendered
def test_texts_of_foreign_specs_stay_texts(document: Any, spec: Path) -> None:
    spec.write_text(json.dumps(document), encoding="utf-8")
    assert not rendered(spec.parent.parent, spec)


@pytest.mark.deep
@given(document=_house)
@_rendered
def test_texts_of_own_specs_stay_texts(document: Any, spec: Path) -> None:
    # Our own are YAML, which has no half characters.
    spec.write_text(json.dumps(document, ensure_ascii=False).encode(errors="replace").decode(), encoding="utf-8")
    rendered(spec.parent.parent, spec)


@pytest.mark.deep
@given(document=st.one_of(_foreign, _house))
@_generated
def test_what_is_written_is_the_package_alone(document: Any, spec: Path) -> None:
    shutil.rmtree(spec.parent.parent / "output", ignore_errors=True)
    spec.write_text(json.dumps(document), encoding="utf-8")
    generated(spec.parent.parent, spec)


def _with_property(schema: Any) -> Any:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
    post = {"operationId": "makeThing", "requestBody": body, "responses": {"200": {"description": "Made."}}}
    thing = {"type": "object", "required": ["a"], "properties": {"a": schema}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things": {"post": post}},
        "components": {"schemas": {"Thing": thing, **_DOUBLING}},
    }


_HALVES = [{"$ref": f"#/components/schemas/Half{level}"} for level in range(41)]
_DOUBLING = {
    f"Half{level}": {"type": "array", "items": {"anyOf": [half, {"type": "array", "items": half}]}}
    for level, half in enumerate(_HALVES[1:])
} | {"Half40": {"type": "string"}}
_LARGE = {
    "items": {"type": "array", "minItems": 10**9, "items": {"type": "string"}},
    "characters": {"type": "string", "minLength": 10**9},
    "characters of a pattern": {"type": "string", "pattern": "^a{1000000000}$"},
    "properties": {"type": "object", "minProperties": 10**9, "additionalProperties": {"type": "string"}},
    "a number that no float holds": {"type": "integer", "minimum": 10**299, "maximum": 10**320},
    "steps": {"type": "number", "minimum": 1, "multipleOf": 1e-300},
    "values": {"type": "string", "enum": [f"value {number}" for number in range(20_000)]},
    "members": {"oneOf": [{"type": "object", "properties": {f"p{n}": {}}} for n in range(2_000)]},
    "references that double": _HALVES[0],
    "a reference's digits": {"$ref": "#/paths/" + "9" * 5_000},
    "a name": {"type": "object", "properties": {"k" * 300_000: {"type": "string"}}},
    "a description": {"type": "string", "description": "a b <" * 500_000},
    "a pipe": {"$ref": "pipe"},
}


@pytest.mark.parametrize("schema", _LARGE.values(), ids=_LARGE)
def test_what_is_large_ends_soon(schema: Any, spec: Path) -> None:
    spec.write_text(json.dumps(_with_property(schema)), encoding="utf-8")
    assert not generated(spec.parent.parent, spec)


def test_aliases_that_stand_for_billions_are_refused(spec: Path) -> None:
    lines = [f"x-{level + 1}: &s{level + 1} {{anyOf: [*s{level}, *s{level}]}}" for level in range(40)]
    spec.write_text("\n".join(["openapi: 3.1.0", "x-0: &s0 {type: string}", *lines]), encoding="utf-8")
    assert "[too-deep]" in rendered(spec.parent.parent, spec)


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
