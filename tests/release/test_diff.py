from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from generator.release.diff import Change, Kind, diff
from generator.spec import load, openapi_folder

if TYPE_CHECKING:
    from pathlib import Path

Compare = Callable[..., list[Change]]


@pytest.fixture
def edited(tmp_path: Path) -> Compare:
    """Compare a spec of the project with itself, some texts replaced at their first place."""

    def compare(name: str, *pairs: tuple[str, str]) -> list[Change]:
        path = openapi_folder() / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return diff(load(path), load(tmp_path / f"{name}.yaml"))

    return compare


def _told(changes: list[Change]) -> dict[str, tuple[bool, bool]]:
    return {change.rule: (change.verdict.callers, change.verdict.gateways) for change in changes}


CALLERS, GATEWAYS, NOBODY = (True, False), (False, True), (False, False)


def test_a_spec_does_not_differ_from_itself(edited: Compare) -> None:
    assert edited("powertokens") == []
    assert edited("venice") == []


def test_a_change_tells_its_rule_its_values_and_its_document(edited: Compare) -> None:
    (change,) = edited("powertokens", ("maxLength: 800", "maxLength: 700"))
    assert (change.operation, change.rule) == ("generateImages", "generateImages/prompt/prompt/maxLength")
    assert (change.kind, change.what, change.old, change.new) == (Kind.CHANGED, "maxLength", 800, 700)
    assert (
        change.words == "`prompt` of the prompt form must now be at most 700 characters, before at most 800 characters."
    )
    assert change.source == "PowerTokens, text to image, qwen-image-2.0-pro: prompt (documented)"
    text = (openapi_folder() / "powertokens.yaml").read_text(encoding="utf-8").splitlines()
    assert "maxLength: 800" in text[change.line - 1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("maxLength: 800", "maxLength: 700", CALLERS),
        ("maxLength: 800", "maxLength: 900", GATEWAYS),
        ("          maxLength: 800\n", "", GATEWAYS),
        ("          maxLength: 800\n", "          maxLength: 800\n          minLength: 1\n", CALLERS),
        ("n: {maximum: 1}", "n: {maximum: 2}", GATEWAYS),
        ("n: {maximum: 4}", "n: {maximum: 3}", CALLERS),
        ("x-total-pixels: {minimum: 262144", "x-total-pixels: {minimum: 262145", CALLERS),
        ("maximum: 4194304}", "maximum: 4194305}", GATEWAYS),
        ("maximum: 2147483647", "maximum: 2147483646", CALLERS),
        ("enum: [url, b64_json]", "enum: [url, b64_json, webp]", GATEWAYS),
        ("pattern: ^0*[1-9]", "pattern: ^[1-9]", (True, True)),
        ("          default: url\n", "", CALLERS),
        ("          default: true\n", "          default: false\n", (True, True)),
        ("required: [model, prompt]", "required: [model, prompt, n]", CALLERS),
        ("      required: [error]\n", "      required: [error]\n      minProperties: 1\n", GATEWAYS),
        ("      required: [error]\n", "", CALLERS),
        ("lifetime: 86400", "lifetime: 3600", CALLERS),
        ("x-upstream: /parameters/n", "x-upstream: /parameters/count", GATEWAYS),
        ("          x-unit: seconds\n", "", CALLERS),
    ],
)
def test_edits_of_powertokens(edited: Compare, old: str, new: str, expected: tuple[bool, bool]) -> None:
    assert set(_told(edited("powertokens", (old, new))).values()) == {expected}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("maxLength: 10\n", "maxLength: 11\n", GATEWAYS),
        ("maxBytes: 26214399", "maxBytes: 26214398", CALLERS),
        ('"21:9", ', "", CALLERS),
        ("[low, medium, high]", "[low, medium, high, best]", GATEWAYS),
        ("[jpeg, jpg, png, webp]", "[jpeg, jpg, png, avif]", (True, True)),
    ],
)
def test_edits_of_venice(edited: Compare, old: str, new: str, expected: tuple[bool, bool]) -> None:
    assert set(_told(edited("venice", (old, new))).values()) == {expected}


def test_a_field_that_goes_and_one_that_comes_are_told_with_a_hint(edited: Compare) -> None:
    field = "        thinking_mode:\n          description: Whether the model reasons about the prompt first.\n"
    changes = edited("powertokens", (field, field.replace("thinking_mode", "thinking")))
    # The example still sends the old name, which no rule forbids.
    assert _told(changes) == {
        "generateImages/messages/thinking/field": GATEWAYS,
        "generateImages/messages/thinking_mode/field": CALLERS,
    }
    assert [change.hint for change in changes] == [
        "Likely `thinking_mode`, renamed.",
        "Likely renamed to `thinking`.",
    ]


def test_another_title_of_a_page_is_one_change_of_words(edited: Compare) -> None:
    (change,) = edited("venice", ('published: {page: "Venice, public', 'published: {page: "Venice, open'))
    assert (change.what, change.is_documentation) == ("x-documents", True)


def test_operations_come_and_go_as_a_whole() -> None:
    whole = load(openapi_folder() / "powertokens.yaml")
    part = evolve(whole, operations=tuple(one for one in whole.operations if one.id != "editImages"))
    (gone,) = diff(whole, part)
    assert (gone.kind, gone.what, gone.old, gone.new) == (Kind.REMOVED, "operation", "POST /v1/images/edits", None)
    assert _told([gone]) == {"editImages": CALLERS}
    (came,) = diff(part, whole)
    assert _told([came]) == {"editImages": GATEWAYS}


def test_an_api_comes_and_goes_with_its_operations() -> None:
    contract = load(openapi_folder() / "powertokens.yaml")
    assert _told(diff(None, contract)) == {"generateImages": GATEWAYS, "editImages": GATEWAYS}
    assert _told(diff(contract, None)) == {"generateImages": CALLERS, "editImages": CALLERS}


def test_a_shape_with_another_name_is_told_and_breaks_nobody(edited: Compare) -> None:
    changes = edited("venice", ("x-shape: {name: multipart}", "x-shape: {name: form}"))
    assert _told(changes) == {"editImage/form/shape": NOBODY, "editImage/multipart/shape": NOBODY}


def test_another_media_type_is_one_that_came_and_one_that_went(edited: Compare) -> None:
    changes = edited("venice", ("          application/json:\n", "          application/vnd.edit+json:\n"))
    assert list(_told(changes).values()) == [GATEWAYS, CALLERS]
    assert {change.what for change in changes} == {"media type"}


def test_another_path_breaks_everyone(edited: Compare) -> None:
    (change,) = edited("venice", ("  /api/v1/models:", "  /api/v2/models:"))
    assert (change.what, change.old, change.new) == ("path", "GET /api/v1/models", "GET /api/v2/models")
    assert (change.verdict.callers, change.verdict.gateways) == (True, True)


def test_where_nothing_but_words_differs_it_is_told(edited: Compare) -> None:
    (change,) = edited("venice", ("    description: Edit an image. Each", "    description: Edit it. Each"))
    assert (change.words, change.is_documentation) == (
        "The specs differ in words, order or places that nobody is bound by.",
        True,
    )
