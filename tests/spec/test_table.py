from __future__ import annotations

import json

import pytest

from generator.spec import Contract, load_all
from generator.spec.table import as_json, table


@pytest.fixture(scope="module")
def contracts() -> tuple[Contract, ...]:
    return load_all()


def test_every_rule_is_in_each_form(contracts: tuple[Contract, ...]) -> None:
    ids = [rule.id for contract in contracts for rule in contract.rules]
    assert [entry["id"] for entry in json.loads(as_json(contracts))] == ids
    shown = table(contracts).splitlines()
    assert [rule_id for rule_id in ids if not any(line.split()[:1] == [rule_id] for line in shown)] == []


def test_a_rule_as_json_says_all_of_it(contracts: tuple[Contract, ...]) -> None:
    entries = {entry["id"]: entry for entry in json.loads(as_json(contracts))}
    entry = entries["generateImages/messages/n/maximum/unless-enable_sequential-true"]
    line = entry.pop("line")
    assert "maximum: 4" in contracts[0].path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert entry == {
        "id": "generateImages/messages/n/maximum/unless-enable_sequential-true",
        "api": "powertokens",
        "operation": "generateImages",
        "shape": "messages",
        "media_type": "application/json",
        "place": "body",
        "field": "n",
        "keyword": "maximum",
        "value": 4,
        "when": "unless enable_sequential is true",
        "words": "`n` must be at most 4, unless `enable_sequential` is true.",
        "level": "documented",
        "document": "PowerTokens, text to image, wan2.7-image-pro: n",
        "document_url": None,
        "pointer": "/components/schemas/GenerateImagesMessages/else/properties/n/maximum",
    }


def test_a_document_with_an_address_is_told_with_it(contracts: tuple[Contract, ...]) -> None:
    entries = {entry["id"]: entry for entry in json.loads(as_json(contracts))}
    address = "https://docs.venice.ai/api-reference/endpoint/image/edit"
    assert entries["editImage/json/quality/enum"]["document_url"] == address
    assert entries["editImage/json/safe_mode/type"]["document_url"] is None


def test_a_table_keeps_its_width_and_loses_nothing(contracts: tuple[Contract, ...]) -> None:
    lines = table(contracts, width=160).splitlines()
    assert max(map(len, lines)) <= 160
    assert "…" not in "".join(lines)


def test_a_narrow_terminal_never_breaks_an_id(contracts: tuple[Contract, ...]) -> None:
    ids = [rule.id for contract in contracts for rule in contract.rules]
    lines = table(contracts, width=80).splitlines()
    assert lines[::2] == ids
    assert all(line.startswith("    ") for line in lines[1::2])
