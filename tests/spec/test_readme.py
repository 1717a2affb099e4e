"""The README of the specs names every keyword and every finding that there is, and none that there isn't."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import generator.spec
from generator.spec import openapi_folder
from generator.spec.keywords import EXTENSIONS, SCHEMA_KEYWORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(generator.spec.__file__).parent
_CODE_ARGUMENT = {"problem": 1, "_problem": 2, "Problem": 3}
"""Which argument of the functions that make a finding is its code."""


def _codes(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            index = _CODE_ARGUMENT.get(name, len(node.args))
            yield from (str(arg.value) for arg in node.args[index : index + 1] if isinstance(arg, ast.Constant))


@pytest.fixture(scope="module")
def readme() -> str:
    return (openapi_folder() / "README.md").read_text(encoding="utf-8")


def _section(readme: str, title: str) -> str:
    return readme.split(f"\n## {title}\n")[1].split("\n## ", maxsplit=1)[0]


def test_every_extension_is_explained(readme: str) -> None:
    rows = re.findall(r"^\| `(x-[a-z-]+)` \|", _section(readme, "All `x-` keywords"), re.MULTILINE)
    assert sorted(rows) == sorted(EXTENSIONS)


def test_every_keyword_of_json_schema_is_named(readme: str) -> None:
    table = [line for line in _section(readme, "The keywords of JSON Schema").splitlines() if line.startswith("|")]
    named = set(re.findall(r"`([^`]+)`", " ".join(table)))
    assert named == {keyword for keyword in SCHEMA_KEYWORDS if not keyword.startswith("x-")}


def test_every_finding_is_explained(readme: str) -> None:
    table = [line for line in _section(readme, "What the lint says").splitlines() if line.startswith("| `")]
    explained = re.findall(r"`([a-z0-9.-]+)`", " ".join(line.split("|")[1] for line in table))
    files = [*_PACKAGE.glob("*.py"), *(_PACKAGE / "lint").glob("*.py")]
    told = {code for file in files for code in _codes(file.read_text(encoding="utf-8"))}
    assert sorted(explained) == sorted(told)


def test_the_examples_are_yaml_and_of_the_form_that_the_lint_wants(readme: str) -> None:
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```", readme, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 7
    keywords = next(yaml.safe_load(block) for block in blocks if block.startswith("x-total-pixels"))
    assert set(EXTENSIONS) - set(keywords) == {"x-documents", "x-source"}
    specs = "".join(path.read_text(encoding="utf-8") for path in openapi_folder().glob("*.yaml"))
    assert [name for name in keywords if f"{name}:" not in specs] == []
