"""The rules of the two specs against the documents' constraints, written down by hand in constraints/*.txt."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.spec import Contract, Json, Level, load, openapi_folder

_HERE = Path(__file__).parent / "constraints"
_SAFE = re.compile(r"[A-Za-z0-9._/+~-]+")
_SECTION = re.compile(r"\[(?P<operations>[A-Za-z, ]+): (?P<groups>[a-z0-9, -]+)\]")

Row = tuple[str, str, str, str, str, str, str, str]
"""Operation, group, field, keyword, value as JSON, level, document, condition."""


@pytest.fixture(params=["powertokens", "venice"])
def contract(request: pytest.FixtureRequest) -> Contract:
    return load(openapi_folder() / f"{request.param}.yaml")


def _expected(name: str) -> list[Row]:
    rows: list[Row] = []
    heads: list[tuple[str, str]] = []
    for line in (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = _SECTION.fullmatch(line)
            assert section, line
            heads = [(o, g) for o in section["operations"].split(", ") for g in section["groups"].split(", ")]
        elif line and not line.startswith("#"):
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\| ?", f"{line} ")]
            field, keyword, value, level, document, when = (cell.replace("\\|", "|") for cell in _value_kept(cells))
            value = json.dumps(json.loads(value), sort_keys=True)
            rows += [(*head, "" if field == "." else field, keyword, value, level, document, when) for head in heads]
    return rows


def _value_kept(cells: list[str]) -> list[str]:
    """The cells of a row, a value that holds the separator put together again."""
    return [*cells[:2], "|".join(cells[2:-3]), *cells[-3:]]


def _listed(contract: Contract) -> list[Row]:
    return [
        (
            rule.operation,
            rule.id.split("/")[1],
            rule.field,
            rule.keyword,
            json.dumps(rule.value, sort_keys=True),
            rule.level.value,
            rule.source.document,
            rule.when.words if rule.when else "",
        )
        for rule in contract.rules
    ]


def test_no_constraint_of_the_documents_is_missing(contract: Contract) -> None:
    assert sorted(set(_expected(contract.name)) - set(_listed(contract))) == []


def test_no_rule_is_invented(contract: Contract) -> None:
    assert sorted(set(_listed(contract)) - set(_expected(contract.name))) == []


def test_no_constraint_is_listed_twice(contract: Contract) -> None:
    assert len(_listed(contract)) == len(set(_listed(contract))) == len(_expected(contract.name))


def test_ids_are_unique_and_need_no_quotes_in_a_shell(contract: Contract) -> None:
    ids = [rule.id for rule in contract.rules]

    assert len(set(ids)) == len(ids)
    assert [rule_id for rule_id in ids if not _SAFE.fullmatch(rule_id)] == []


def test_each_rule_points_at_its_keyword_and_its_line(contract: Contract) -> None:
    lines = contract.path.read_text(encoding="utf-8").splitlines()
    for rule in contract.rules:
        parts = [part.replace("~1", "/").replace("~0", "~") for part in rule.pointer.split("/")[1:]]
        stated = contract.document.data
        for part in parts:
            stated = stated[int(part) if isinstance(stated, list) else part]
        key = next(part for part in reversed(parts) if not part.isdecimal())
        assert key in lines[rule.line - 1], rule.id
        if rule.keyword == "required":
            assert stated is True or stated == rule.field.replace("[]", "").split(".")[-1], rule.id
        elif rule.keyword not in {"content", "security"}:
            assert stated == rule.value, rule.id


def test_each_body_rule_is_found_by_its_schema_path(contract: Contract) -> None:
    """The mock and the client look a breach up by the place of the keyword in the shape's resolved schema."""
    for shape in (shape for operation in contract.operations for shape in operation.shapes):
        for rule in shape.rules:
            stated: Json = shape.schema
            *parts, last = rule.schema_path
            for part in parts:
                stated = stated[part]
            assert last in stated, rule.id
            assert rule.keyword == "required" or stated[last] == rule.value, rule.id


def test_the_level_is_that_of_the_document_but_where_a_place_says_otherwise(contract: Contract) -> None:
    odd = {
        rule.source.document for rule in contract.rules if rule.level is not _own_level(contract, rule.source.document)
    }
    assert odd <= {"image-edit-qwen"}


def _own_level(contract: Contract, document: str) -> Level:
    return Level(contract.document.data["x-documents"][document]["level"])
