from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from generator.release import Change, Kind, changes_as_json, changes_table, diff_rules
from generator.spec import Contract, load, openapi_folder

if TYPE_CHECKING:
    from pathlib import Path

Diff = Callable[..., list[Change]]


@pytest.fixture
def diff(tmp_path: Path) -> Diff:
    """Compare a spec of the project with itself, some texts replaced at their first place."""

    def compare(name: str, *pairs: tuple[str, str]) -> list[Change]:
        path = openapi_folder() / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return diff_rules(load(path), load(tmp_path / f"{name}.yaml"))

    return compare


def test_a_spec_does_not_differ_from_itself(diff: Diff) -> None:
    assert diff("powertokens") == []
    assert diff("venice") == []
    assert changes_table([]) == "No rule differs."


def test_a_tighter_bound_breaks_callers(diff: Diff) -> None:
    (change,) = diff("powertokens", ("maxLength: 800", "maxLength: 700"))
    assert (change.operation, change.rule) == ("generateImages", "generateImages/prompt/prompt/maxLength")
    assert (change.kind, change.what, change.old, change.new) == (Kind.CHANGED, "value", 800, 700)
    assert (change.breaks_callers, change.breaks_gateways) == (True, False)


def test_a_looser_bound_breaks_gateways(diff: Diff) -> None:
    (change,) = diff("powertokens", ("maxLength: 800", "maxLength: 900"))
    assert (change.breaks_callers, change.breaks_gateways) == (False, True)


def test_a_bound_that_goes_breaks_gateways(diff: Diff) -> None:
    (change,) = diff("powertokens", ("          maxLength: 800\n", ""))
    assert (change.kind, change.old, change.new) == (Kind.REMOVED, 800, None)
    assert (change.breaks_callers, change.breaks_gateways) == (False, True)


def test_a_bound_that_comes_breaks_callers(diff: Diff) -> None:
    pair = ("          maxLength: 800\n", "          maxLength: 800\n          minLength: 1\n")
    (change,) = diff("powertokens", pair)
    assert (change.kind, change.old, change.new) == (Kind.ADDED, None, 1)
    assert (change.breaks_callers, change.breaks_gateways) == (True, False)


def test_a_new_optional_field_breaks_gateways_alone(diff: Diff) -> None:
    pair = ("        n:\n", "        style:\n          description: The style.\n          type: string\n        n:\n")
    (change,) = diff("powertokens", pair)
    assert change.rule == "generateImages/prompt/style/type"
    assert (change.breaks_callers, change.breaks_gateways) == (False, True)


def test_a_new_required_field_breaks_callers(diff: Diff) -> None:
    changes = diff("powertokens", ("required: [model, prompt]", "required: [model, prompt, n]"))
    assert [(change.rule, change.breaks_callers) for change in changes] == [("generateImages/prompt/n/required", True)]


def test_a_field_that_goes_breaks_callers(diff: Diff) -> None:
    field = "        thinking_mode:\n          description: Whether the model reasons about the prompt first.\n"
    changes = diff("powertokens", (field, "        thinking:\n          description: Whether it reasons first.\n"))
    # The example still sends the old name, which no rule forbids.
    told = {change.rule: (change.breaks_callers, change.breaks_gateways) for change in changes}
    assert told == {
        "generateImages/messages/thinking/type": (False, True),
        "generateImages/messages/thinking_mode/type": (True, False),
    }


def test_in_answers_it_is_the_other_way_round(diff: Diff) -> None:
    tighter = diff("powertokens", ("      required: [error]\n", "      required: [error]\n      minProperties: 1\n"))
    assert {(change.breaks_callers, change.breaks_gateways) for change in tighter} == {(False, True)}
    looser = diff("powertokens", ("      required: [error]\n", ""))
    assert {(change.breaks_callers, change.breaks_gateways) for change in looser} == {(True, False)}


def test_another_source_breaks_nobody(diff: Diff) -> None:
    changes = diff("venice", ('published: {page: "Venice, public', 'published: {page: "Venice, open'))
    assert changes
    assert all(change.what == "source" for change in changes)
    assert not any(change.breaks_callers or change.breaks_gateways for change in changes)


def test_operations_and_shapes_come_and_go_as_a_whole() -> None:
    whole = load(openapi_folder() / "powertokens.yaml")
    part = _without(whole, "editImages")
    (gone,) = diff_rules(whole, part)
    assert (gone.kind, gone.what, gone.breaks_callers, gone.breaks_gateways) == (Kind.REMOVED, "operation", True, False)
    (come,) = diff_rules(part, whole)
    assert (come.kind, come.what, come.breaks_callers, come.breaks_gateways) == (Kind.ADDED, "operation", False, True)


def test_a_shape_that_comes_or_goes_is_one_change(diff: Diff) -> None:
    changes = diff("venice", ("x-shape: {name: multipart}", "x-shape: {name: form}"))
    told = [(change.rule, change.kind, change.breaks_callers, change.breaks_gateways) for change in changes]
    assert told == [
        ("editImage/form", Kind.ADDED, False, True),
        ("editImage/multipart", Kind.REMOVED, True, False),
    ]


def test_a_media_type_that_goes_breaks_callers(diff: Diff) -> None:
    changes = diff("venice", ("          application/json:\n", "          application/vnd.edit+json:\n"))
    content = next(change for change in changes if change.rule == "editImage/header/Content-Type/content")
    assert (content.breaks_callers, content.breaks_gateways) == (True, True)


def test_another_path_breaks_everyone(diff: Diff) -> None:
    (change,) = diff("venice", ("  /api/v1/models:", "  /api/v2/models:"))
    assert (change.what, change.old, change.new) == ("path", "GET /api/v1/models", "GET /api/v2/models")
    assert (change.breaks_callers, change.breaks_gateways) == (True, True)


def test_changes_are_told_as_a_table_and_as_json(diff: Diff) -> None:
    changes = diff("powertokens", ("maxLength: 800", "maxLength: 700"))
    table = changes_table(changes, width=120)
    assert "generateImages/prompt/prompt/maxLength" in table
    assert "1 changes: 1 break callers, 0 break gateways." in table
    (told,) = json.loads(changes_as_json(changes))
    assert (told["old"], told["new"], told["breaks_callers"]) == (800, 700, True)


def _without(contract: Contract, operation: str) -> Contract:
    return evolve(contract, operations=tuple(one for one in contract.operations if one.id != operation))
