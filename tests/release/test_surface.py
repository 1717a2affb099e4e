from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.release.diff.annotations import takes_less
from generator.release.diff.surface import compare_symbols
from generator.release.diff.symbols import Symbols, symbols
from generator.spec import load
from tests.release.spec_edits import BASE, Edit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def base() -> Symbols:
    return symbols(load(BASE))


def _told(base: Symbols, edit: Edit, folder: Path) -> dict[str, bool]:
    return {each.words: each.breaks for each in compare_symbols(base, symbols(edit.contract(folder)))}


def test_the_public_names_are_those_that_a_user_writes(base: Symbols) -> None:
    assert {
        "Studio",
        "client.pictures.make",
        "client.pictures.make_many",
        "client.files.replace",
        "api.pictures.make_picture.sync",
        "models.MakePrompt",
        "models.MakePromptModel",
        "models.Made.id",
        "errors.StatusError",
    } <= base.keys()
    assert len(base["client.pictures.make"]) == 3  # a form of the call for each form of the body
    assert not [name for name in base if "._" in name]


def test_a_package_does_not_differ_from_itself(base: Symbols) -> None:
    assert compare_symbols(base, base) == []


def test_a_method_with_another_name_is_gone_and_new(base: Symbols, tmp_path: Path) -> None:
    edit = Edit("", callers=True, gateways=False, set={"get/operationId": "fetchPicture"})
    changes = compare_symbols(base, symbols(edit.contract(tmp_path)))
    told = {each.symbol: (each.kind.value, each.breaks) for each in changes}
    assert told["client.pictures.get"] == ("removed", True)
    assert told["client.pictures.fetch"] == ("added", False)
    assert told["api.pictures.get_picture.sync"] == ("removed", True)


def test_an_argument_that_goes_comes_or_must_be_given(base: Symbols, tmp_path: Path) -> None:
    changed = {"prompt/properties/frame": {"type": "string"}, "prompt/required": ["model", "prompt", "seed"]}
    edit = Edit(
        "", callers=True, gateways=True, set=changed, remove=["prompt/properties/mask", "prompt/dependentRequired"]
    )
    told = _told(base, edit, tmp_path)
    method = "client.pictures.make (model, prompt)"
    assert told[f"`{method}` no longer has the argument `mask`."] is True
    assert told[f"`{method}` must be given `seed`."] is True
    assert told[f"`{method}` has the new argument `frame`."] is False
    assert told["`models.MakePrompt` must be given `seed`."] is True


def test_an_argument_s_type_that_is_narrower(base: Symbols, tmp_path: Path) -> None:
    edit = Edit("", callers=True, gateways=False, set={"prompt/properties/mask/type": "string"})
    told = _told(base, edit, tmp_path)
    assert told["`mask` of `models.MakePrompt` no longer takes `None`."] is True


def test_a_value_that_goes_and_one_that_comes(base: Symbols, tmp_path: Path) -> None:
    edit = Edit("", callers=True, gateways=True, set={"prompt/properties/quality/enum": ["low", "best"]})
    told = _told(base, edit, tmp_path)
    assert told == {
        "`models.MakePromptQuality` no longer holds `Literal['high']`.": True,
        "`models.MakePromptQuality` also holds `Literal['best']`.": False,
    }


def test_an_attribute_of_an_answer_that_may_be_more_or_is_gone(base: Symbols, tmp_path: Path) -> None:
    edit = Edit(
        "",
        callers=True,
        gateways=True,
        set={"made/properties/id/type": ["string", "null"]},
        remove=["made/properties/note"],
    )
    told = _told(base, edit, tmp_path)
    assert told["`models.Made.note` is gone."] is True
    assert told["`models.Made.id` may now be `None`."] is True


def test_a_class_that_goes(base: Symbols, tmp_path: Path) -> None:
    gone = ["make/requestBody/content/multipart~1form-data", "form"]
    told = _told(base, Edit("", callers=True, gateways=False, remove=gone), tmp_path)
    assert told["`models.MakeForm` is gone."] is True
    assert told["`client.pictures.make (prompt)` is gone."] is True


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("str | int", "str", ["int"]),
        ("str", "str | int", []),
        ("Literal['a', 'b']", "Literal['a']", ["Literal['b']"]),
        ("Literal['a']", "str", []),
        ("Literal[1]", "str", ["Literal[1]"]),
        ("int", "float", []),
        ("float", "int", ["float"]),
        ("list[str]", "list[str | int]", []),
        ("list[str | int]", "list[str]", ["list[str | int]"]),
        ("Mapping[str, int]", "Mapping[str, int | str]", []),
        ("Colour", "str", []),
        ("str", "Colour", ["str"]),
        ("not an annotation", "str", ["not an annotation"]),
    ],
)
def test_what_an_annotation_no_longer_takes(old: str, new: str, expected: list[str]) -> None:
    assert takes_less(old, new, {"Colour": "Literal['red', 'blue']"}) == expected
