"""Whatever a file holds, loading it gives a contract or a SpecError that names places, quickly; nothing else."""

from __future__ import annotations

import copy
import json
import os
import time
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.spec import Json, Problem, SpecError, load, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(openapi_folder().glob("*.yaml"))]
_SPECS: list[Json] = [yaml.safe_load(text) for text in _TEXTS]
_SECONDS = 2.0
"""Of processor time, so that a busy machine is no failure."""
_EXAMPLES = 3000 if os.environ.get("IMAGE_CONTRACT_DEEP") else 80
_SETTINGS = settings(deadline=None, max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
_SNIPPETS = st.sampled_from(
    ["", ":", "  ", "\n", "\t", "- ", "*", "&a ", "*a ", "{", "}", "[", "]", "'", '"', "!!x ", "|", "#", "\0", "16:9"]
)
_REFERENCES = st.sampled_from(["#/info", "#/components/schemas/Error", "#", "#/a", 5, None]).map(
    lambda to: {"$ref": to}
)
_KEYS = st.sampled_from(
    [
        "$ref",
        "allOf",
        "anyOf",
        "content",
        "default",
        "examples",
        "if",
        "items",
        "operationId",
        "parameters",
        "paths",
        "properties",
        "required",
        "responses",
        "schema",
        "security",
        "servers",
        "then",
        "type",
        "x-documents",
        "x-image",
        "x-shape",
        "x-source",
    ]
)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | _REFERENCES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS | st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def _places(node: Json, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if at:
        yield at
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in inner:
        yield from _places(child, (*at, key))


_PLACES = [list(_places(spec)) for spec in _SPECS]


def _outcome(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    start = time.process_time()
    problems: tuple[Problem, ...] | None = None
    try:
        load(path)
    except SpecError as error:
        problems = error.problems
    assert time.process_time() - start < _SECONDS
    if problems is not None:
        assert problems
        assert all(problem.message and problem.file == path and problem.line >= 0 for problem in problems)


@pytest.mark.deep
@_SETTINGS
@given(st.data())
def test_a_spec_with_its_text_damaged(tmp_path: Path, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(_TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.sampled_from([0, 1, 3, 40]))
        text = text[:start] + data.draw(_SNIPPETS | st.text(max_size=3)) + text[end:]
    _outcome(tmp_path / "a.yaml", text)


@pytest.mark.deep
@_SETTINGS
@given(st.data())
def test_a_spec_with_its_structure_damaged(tmp_path: Path, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(_SPECS) - 1))
    spec = copy.deepcopy(_SPECS[index])
    at = data.draw(st.sampled_from(_PLACES[index]))
    holder = spec
    for part in at[:-1]:
        holder = holder[part]
    what = data.draw(st.sampled_from(["remove", "replace", "add", "rename"]))
    if what == "remove":
        del holder[at[-1]]
    elif what == "replace" or isinstance(holder, list):
        holder[at[-1]] = data.draw(_VALUES)
    elif what == "add":
        holder[data.draw(_KEYS)] = data.draw(_VALUES)
    else:
        holder[data.draw(_KEYS)] = holder.pop(at[-1])
    _outcome(tmp_path / "a.json", json.dumps(spec))


@pytest.mark.deep
@_SETTINGS
@given(st.dictionaries(_KEYS | st.sampled_from(["openapi", "info", "paths", "components"]), _VALUES, max_size=6))
def test_a_document_of_anything(tmp_path: Path, document: dict[str, Json]) -> None:
    _outcome(tmp_path / "a.json", json.dumps({"openapi": "3.1.1", "info": {"title": "", "version": ""}, **document}))


@pytest.mark.deep
@_SETTINGS
@given(st.binary(max_size=200))
def test_a_file_of_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(SpecError):
        load(path)
