"""Says what a fact is about: a field, a parameter, a header, an answer, a credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec import Place

if TYPE_CHECKING:
    from generator.release.diff.facts import Fact


def subject_of(fact: Fact, *, several_shapes: bool) -> str:
    """What a fact is about, in words, e.g. "`n` of the prompt form".

    Args:
        fact: The fact.
        several_shapes: Whether the operation's body has several shapes, so that a field's is told.
    """
    if fact.place is Place.RESPONSE:
        return _in_answer(fact)
    if fact.place in {Place.QUERY, Place.PATH}:
        return f"{fact.place.value} parameter `{fact.field}`"
    if fact.place in {Place.HEADER, Place.COOKIE}:
        return f"{fact.place.value} `{fact.field}`"
    if fact.place is Place.CREDENTIALS:
        return f"the credential `{fact.field}`" if fact.field else "the operation"
    if fact.place is None:
        return _of_no_exchange(fact)
    of_shape = f" of the {fact.group} form" if several_shapes and fact.group != "body" else ""
    return f"{_path(fact.field)}{of_shape}" if fact.field else f"the body{of_shape}"


def _of_no_exchange(fact: Fact) -> str:
    if fact.group == "documents":
        return f"the document `{fact.field}`"
    return "the operation" if fact.operation else "the API"


def _in_answer(fact: Fact) -> str:
    status, _, rest = fact.group.removeprefix("answer-").partition("-")
    if rest == "header":
        return f"header `{fact.field}` of the answer {status}"
    answer = f"the answer {status}" + (f" ({rest})" if "/" in rest else "")
    return f"{_path(fact.field)} in {answer}" if fact.field and rest != "content" else answer


def _path(field: str) -> str:
    if field.endswith("{}"):
        return f"each value of `{field.removesuffix('{}')}`" if field != "{}" else "each other field"
    return f"`{field}`"
