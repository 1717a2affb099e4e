"""The README of the specs names every keyword that there is, and none that there isn't."""

from __future__ import annotations

import re

import pytest
import yaml

from generator.spec import openapi_folder
from generator.spec.keywords import EXTENSIONS, SCHEMA_KEYWORDS


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


def test_the_examples_are_yaml_and_of_the_form_that_the_lint_wants(readme: str) -> None:
    blocks = re.findall(r"^ *```yaml\n(.*?)^ *```", readme, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 7
    keywords = next(yaml.safe_load(block) for block in blocks if block.startswith("x-total-pixels"))
    assert set(EXTENSIONS) - set(keywords) == {"x-documents", "x-source"}
    specs = "".join(path.read_text(encoding="utf-8") for path in openapi_folder().glob("*.yaml"))
    assert [name for name in keywords if f"{name}:" not in specs] == []
