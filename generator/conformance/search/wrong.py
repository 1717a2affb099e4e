"""Bodies that every gateway must refuse: one rule is broken, beside right fields in all combinations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen
from hypothesis import strategies as st

from generator.conformance.search.fields import plain_fields, top_of
from generator.conformance.search.values import (
    LETTERS,
    beyond,
    no_images,
    no_sizes,
    small_images,
    texts,
    wrong_sizes,
)
from generator.spec.boundary import cases, sample
from generator.spec.boundary.samples import ABSENT, placed
from generator.spec.boundary.steps import schema_at, steps_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from generator.conformance.search.fields import PlainField
    from generator.conformance.search.reading import Reader
    from generator.spec import Json, Operation, Rule, Shape

_LARGEST: Final = 100_000
"""Characters or bytes of a body to begin with; images of the most bytes are for the named cases."""
_MORE: Final = 400
"""How many characters beyond a bound a text may have."""
_WORDS: Final = st.text(st.sampled_from(LETTERS), min_size=1, max_size=8)


@frozen
class Breach:
    """A way to break a rule.

    Attributes:
        rule: The rule.
        bodies: Bodies that break it, to begin with.
        values: What to put in its place instead; None to take what the bodies have.
    """

    rule: Rule
    bodies: tuple[Mapping[str, Json], ...]
    values: SearchStrategy[Json] | None


class WrongBodies:
    """Makes wrong bodies of a shape.

    Args:
        operation: The operation.
        shape: One of its shapes, not a file by itself.
        reader: Judges what comes out.
    """

    def __init__(self, operation: Operation, shape: Shape, reader: Reader) -> None:
        self._shape, self._reader = shape, reader
        self._breaches = breaches(operation, shape, reader)
        self._fields = plain_fields(operation, shape)

    def without(self, excluded: Collection[str]) -> SearchStrategy[dict[str, Json]] | None:
        """The bodies that break none of some rules; None if there is no other rule to break.

        Args:
            excluded: The ids of these rules.
        """
        found = [breach for breach in self._breaches if breach.rule.id not in excluded]
        return _wrong(self._shape, self._reader, found, self._fields) if found else None


def breaches(operation: Operation, shape: Shape, reader: Reader) -> list[Breach]:
    """The ways to break the rules of a shape, of those that a body can break for sure."""
    rules = tuple(rule for rule in shape.rules if rule.keyword != "x-image")
    by_rule: dict[str, list[Mapping[str, Json]]] = {}
    for case in cases(operation, evolve(shape, rules=rules), image_url=None):
        if case.side == "bad" and isinstance(case.body, dict) and len(repr(case.body)) < _LARGEST:
            by_rule.setdefault(case.rule.id, []).append(case.body)
    found = []
    for rule in shape.rules:
        values = _outside(shape, rule)
        bodies = by_rule.get(rule.id, [])
        if rule.keyword == "x-image" and values is not None:
            bodies = [sample(shape.schema)]
        sure = [body for body in bodies if rule.keyword == "x-image" or reader.refusal(shape.media_type, body)]
        if sure:
            found.append(Breach(rule, tuple(sure), values))
    return found


@st.composite
def _wrong(
    draw: DrawFn, shape: Shape, reader: Reader, found: list[Breach], fields: Mapping[str, PlainField]
) -> dict[str, Json]:
    breach = found[draw(st.integers(0, len(found) - 1))]
    body = dict(breach.bodies[draw(st.integers(0, len(breach.bodies) - 1))])
    own = breach.rule.keyword != "x-image" and draw(st.integers(0, 3)) == 0
    if breach.values is not None and not own:
        body = placed(body, shape.schema, steps_of(breach.rule), draw(breach.values))
    around: dict[str, Json] = {}
    for name, plain in fields.items():
        if name not in body and name != top_of(breach.rule) and draw(st.booleans()):
            around[name] = draw(plain.values)
    both = {**around, **body}
    refusal = reader.refusal(shape.media_type, both)
    # A field beside it may be the condition under which the rule doesn't hold.
    return both if refusal and breach.rule in refusal.rules else body


def _outside(shape: Shape, rule: Rule) -> SearchStrategy[Json] | None:
    """Values that break a rule at its place; None where the named cases' own are all there is."""
    stated = schema_at(shape.schema, steps_of(rule))
    match rule.keyword:
        case "type":
            kind = rule.value if isinstance(rule.value, str) else rule.value[0]
            return (_OTHER_TEXTS if shape.is_multipart else _OTHERS).get(kind)
        case "enum" | "const":
            return _near_misses([value for value in stated.get("enum", [rule.value]) if isinstance(value, str)])
        case "maximum" | "exclusiveMaximum":
            return beyond(rule.value, 1)
        case "minimum" | "exclusiveMinimum":
            return beyond(rule.value, -1)
        case "maxLength":
            return texts(rule.value + 1, rule.value + _MORE)
        case "pattern":
            return no_sizes() if "*" in rule.value else _WORDS
        case "x-total-pixels":
            return wrong_sizes(rule.value)
        case "x-image":
            return _wrong_images(rule.value)
        case "required":
            return st.just(ABSENT)
    return None


def _wrong_images(limits: Mapping[str, Json]) -> SearchStrategy[Json] | None:
    forms = [form for form in ("file", "base64") if form in limits["forms"]]
    if not forms:
        return None
    if "minPixels" not in limits:
        return None if forms == ["file"] else no_images([])
    return st.one_of(small_images(limits, forms), no_images(forms))


def _near_misses(known: list[str]) -> SearchStrategy[Json] | None:
    """Words with a letter more or less than one that is known; a digit more would be another version."""
    if not known:
        return None
    more = st.builds(_inserted, st.sampled_from(known), st.integers(0, 40), st.sampled_from(LETTERS))
    return st.one_of(more, st.builds(_removed, st.sampled_from(known), st.integers(0, 40)), _WORDS)


def _inserted(word: str, at: int, letter: str) -> str:
    return word[: at % (len(word) + 1)] + letter + word[at % (len(word) + 1) :]


def _removed(word: str, at: int) -> str:
    places = [index for index, sign in enumerate(word) if sign.isalpha()] or [0]
    place = places[at % len(places)]
    return word[:place] + word[place + 1 :] or "a"


_FRACTIONS: Final = st.integers(-3, 9).map(lambda number: number + 0.5)
_LISTS: Final = st.lists(_WORDS, min_size=1, max_size=2)
_OBJECTS: Final = st.dictionaries(_WORDS, _WORDS, min_size=1, max_size=2)
_OTHERS: Final[Mapping[str, SearchStrategy[Json]]] = {
    "string": st.one_of(st.integers(2, 99), st.booleans(), _LISTS, _OBJECTS),
    "integer": st.one_of(st.integers(1, 9).map(str), _FRACTIONS, st.booleans(), _WORDS, _LISTS, _OBJECTS),
    "number": st.one_of(st.integers(1, 9).map(str), st.booleans(), _WORDS, _LISTS, _OBJECTS),
    "boolean": st.one_of(st.sampled_from(["true", "false"]), st.integers(0, 2), _WORDS, _LISTS, _OBJECTS),
    "array": st.one_of(_WORDS, st.integers(1, 9), _OBJECTS),
    "object": st.one_of(_WORDS, st.integers(1, 9), _LISTS),
}
"""For each type, values of other types."""
_OTHER_TEXTS: Final[Mapping[str, SearchStrategy[Json]]] = {
    "integer": st.one_of(_WORDS, _FRACTIONS.map(str)),
    "number": _WORDS,
    "boolean": _WORDS.filter(lambda word: len(word) > len("false")),
}
"""The same for a form, where everything is text."""
