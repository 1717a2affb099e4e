"""Names for whatever a document calls things."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.collisions import _TAKEN_BY_CODE
from generator.spec.foreign.naming import Names, class_name, identifier, operation_words
from generator.spec.foreign.reserved import CLASSES
from generator.spec.naming import snake_case


@pytest.mark.parametrize(
    ("text", "of_class", "of_variable"),
    [
        ("pet store", "PetStore", "pet_store"),
        ("getHTTPStatus", "GetHTTPStatus", "get_http_status"),
        ("宠物 名", "宠物名", "宠物_名"),
        ("2fa", "Model2fa", "op_2_fa"),
        ("", "Model", "op"),
        ("😀", "Model", "op"),
        ("class", "Class", "class_"),
        ("repos/list-for-user", "ReposListForUser", "repos_list_for_user"),
        ("ﬁsh", "Fish", "fish"),
        ('"""; import os', "ImportOs", "import_os"),
    ],
)
def test_names_are_sensible(text: str, of_class: str, of_variable: str) -> None:
    assert class_name(text, "Model") == of_class
    assert identifier(text, "op") == of_variable


@given(st.text(max_size=120))
def test_whatever_is_said_becomes_a_name_that_stays_the_same(text: str) -> None:
    name = identifier(text, "op")
    assert name.isidentifier()
    assert not keyword.iskeyword(name)
    assert snake_case(name) == name
    assert class_name(text, "Model").isidentifier()


def test_no_two_names_are_one_file_on_any_system() -> None:
    names = Names({"Request"})
    taken = [names.take(name) for name in ("Pet", "pet", "PET", "Request", "V2", "V2")]
    assert (
        taken == ["Pet", "pet2", "PET2", "Request2", "V2", "V2_2"]
        or len({snake_case(n).casefold() for n in taken}) == 6
    )
    assert "Request" not in taken


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [("listPets", "list_Pets"), ("", "get_pets_by_petId"), ("---", "get_pets_by_petId"), ("pets/list", "pets_list")],
)
def test_an_operation_without_an_id_is_named_after_method_and_path(stated: str, wanted: str) -> None:
    found = operation_words(stated, "get", "/pets/{petId}")
    assert snake_case(found) == snake_case(wanted)


def test_every_name_that_generated_code_imports_is_reserved() -> None:
    assert _TAKEN_BY_CODE <= CLASSES
