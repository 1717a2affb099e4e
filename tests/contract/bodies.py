"""Request bodies to search with: every field good, at the edge of a rule, just beyond it, or junk."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen
from hypothesis import strategies as st

from generator.spec.boundary import cases

from .forms import as_form_reads
from .subjects import Subject, subjects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from generator.spec import Json, Operation

_LARGEST = 50_000
"""Characters or bytes; larger values, images of the most bytes, are for the boundary cases, one by one."""

_EXACT = 2**53
"""Up to here every integer is a float as well."""

_FAULTS = ("bad", "bad", "mutant", "junk", "absent")
_WILD = (*_FAULTS, "good", "good", "good", "absent")
"""How a field may be where it is to be at fault, and where all may be."""


@frozen(repr=False)
class Pool:
    """Values of one field that are worth a try.

    Attributes:
        good: Those of right bodies.
        bad: Those of bodies that break a rule of this field.
    """

    good: tuple[Json, ...]
    bad: tuple[Json, ...]


def bodies(subject: Subject) -> SearchStrategy[dict[str, Json]]:
    """Bodies of a request shape, right and wrong, as the wire can carry them."""
    return given_bodies(subject).map(_readable(subject))


def given_bodies(subject: Subject) -> SearchStrategy[dict[str, Json]]:
    """Bodies of a request shape, right and wrong, as a caller may give them: in a form, too, with null and 9.0."""
    return _bodies(subject)


def good_bodies(subject: Subject) -> SearchStrategy[dict[str, Json]]:
    """Bodies whose fields are all good for themselves; a condition between fields may still be broken."""
    return good_fields(subject).map(_readable(subject))


def _readable(subject: Subject) -> Any:
    if subject.shape.is_multipart:
        return lambda body: as_form_reads(body, subject.shape.schema)
    return lambda body: body


@st.composite
def _bodies(draw: DrawFn, subject: Subject) -> dict[str, Json]:
    """Bodies of which a third is right as a rule, a third has one field at fault, and a third any number."""
    required = subject.shape.schema.get("required", ())
    faulty: tuple[str, ...] = draw(st.one_of(st.just(()), _one_of_names(subject), st.just(tuple(pools(subject)))))
    body: dict[str, Json] = {}
    for name, pool in pools(subject).items():
        ways: tuple[str, ...] = ("good",) if name in required else ("good", "absent")
        if name in faulty:
            ways = _FAULTS if len(faulty) == 1 else _WILD
        way = draw(st.sampled_from(ways))
        if way != "absent":
            body[name] = draw(_value(way, pool))
        # JSON Schema takes 2.0 for an integer; a form has no such notion.
        as_float = draw(st.integers(0, 3)) == 0
        if as_float and type(body.get(name)) is int and abs(body[name]) < _EXACT:
            body[name] = float(body[name])
    if draw(st.integers(0, 4)) == 0:
        others = draw(st.lists(st.tuples(names(), junk()), min_size=1, max_size=2))
        body |= {name: value for name, value in others if name not in documented(subject)}
    return body


def _one_of_names(subject: Subject) -> SearchStrategy[tuple[str, ...]]:
    return st.sampled_from([(name,) for name in pools(subject)])


@st.composite
def good_fields(draw: DrawFn, subject: Subject) -> dict[str, Json]:
    """Bodies as `good_bodies`, also where a form can't say them so: with one item where a list is meant, say."""
    required = subject.shape.schema.get("required", ())
    return {
        name: draw(_one_of(pool.good))
        for name, pool in pools(subject).items()
        if name in required or draw(st.booleans())
    }


def _value(way: str, pool: Pool) -> SearchStrategy[Json]:
    if way == "good":
        return _one_of(pool.good)
    if way == "bad" and pool.bad:
        return _one_of(pool.bad)
    return _mutants(pool) if way == "mutant" else junk()


def _one_of(values: Sequence[Json]) -> SearchStrategy[Json]:
    """One of some values, which `sampled_from` would write out, images and all, wherever it is named."""
    return st.integers(0, len(values) - 1).map(lambda index: values[index])


def pools(subject: Subject) -> dict[str, Pool]:
    """Of each field of a shape, the values that its boundary cases have there."""
    return _pools(subject)


@cache
def _pools(subject: Subject) -> dict[str, Pool]:
    good: dict[str, list[Json]] = {name: [] for name in subject.shape.schema["properties"]}
    bad: dict[str, list[Json]] = {name: [] for name in good}
    drawn = _asks_for_data(subject.operation)
    for case in cases(subject.operation, subject.shape):
        for name, value in case.body.items() if isinstance(case.body, dict) else ():
            if name not in good or len(repr(value)) > _LARGEST or value == drawn:
                continue
            if case.side == "good":
                _add(good[name], value)
            elif case.rule.field.partition(".")[0].partition("[")[0] == name:
                _add(bad[name], value)
    return {name: Pool(tuple(good[name]), tuple(bad[name])) for name in good}


def _add(values: list[Json], value: Json) -> None:
    """Add a value unless it is there; True and 1 are two values, though Python has them equal."""
    if not any(value == other and repr(value) == repr(other) for other in values):
        values.append(value)


def _asks_for_data(operation: Operation) -> str | None:
    """The value that asks for images as data, which the mock has to draw; links are drawn when they are followed."""
    for answer in operation.answers:
        for schema in answer.content.values():
            for listed in schema.get("properties", {}).values():
                if named := listed.get("items", {}).get("x-image-from"):
                    return str(named["base64"])
    return None


@cache
def names() -> SearchStrategy[str]:
    """Names of fields: those of all shapes, those with a meaning to Python or to forms, any text.

    Quotation marks and control characters are left out: forms write them as browsers do, %0A for a line feed, so that
    nobody can tell such a name from one that has the %0A itself.
    """
    documented = {name for subject in subjects() for name in subject.shape.schema["properties"]}
    odd = {"self", "additional_properties", "a.b", "a[]", "n ", "é", "\N{BIRD}", ""}
    free = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters='"'), max_size=8)
    return st.one_of(st.sampled_from(sorted(documented | odd)), free)


@cache
def documented(subject: Subject) -> frozenset[str]:
    """The names that mean something in a shape: its fields, what else they go by, what tells another shape."""
    properties = subject.shape.schema["properties"]
    aliases = {alias for schema in properties.values() for alias in schema.get("x-part-aliases", ())}
    telling = {shape.present for shape in subject.operation.shapes if shape.present}
    return frozenset({*properties, *aliases, *telling})


def _texts() -> SearchStrategy[str]:
    beyond = st.sampled_from(
        ["𠮷" * 500, "𠮷" * 501, "👩‍👩‍👧" * 160, "𠮷" * 800, "𠮷" * 801, "\ud83d", "a\udc00", "\0", "1\n", "9.0", ""]
    )
    return st.one_of(st.text(max_size=12), st.text(st.characters(), max_size=4), beyond)


def _numbers() -> SearchStrategy[int | float]:
    odd: Sequence[int | float] = (
        0,
        -0.0,
        1.0,
        9.0,
        6.5,
        1e3,
        2**31,
        2**53 + 1,
        2**63,
        2**64,
        10**40,
        -1,
        1e300,
        5e-324,
    )
    return st.one_of(st.sampled_from(odd), st.integers(-3, 20), st.integers(), st.floats())


@cache
def junk() -> SearchStrategy[Json]:
    """Any JSON, three levels deep, and what some take for JSON: NaN, lone surrogates."""
    scalars = st.one_of(st.none(), st.booleans(), _numbers(), _texts())
    return st.one_of(scalars, scalars, _nested(scalars), _nested(_nested(scalars)))


def _nested(values: SearchStrategy[Json]) -> SearchStrategy[Json]:
    pairs = st.lists(st.tuples(st.text(max_size=5), values), max_size=3)
    return st.one_of(st.lists(values, max_size=3), pairs.map(dict))


@st.composite
def _mutants(draw: DrawFn, pool: Pool) -> Json:
    """A good value with one thing in it taken away, doubled, or replaced by junk."""
    return _mutated(draw, draw(_one_of(pool.good)))


def _mutated(draw: DrawFn, value: Json) -> Json:
    if not isinstance(value, dict | list) or not value or draw(st.integers(0, 3)) == 0:
        return draw(junk())
    key: Any = draw(st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value))))
    what = draw(st.sampled_from(["inside", "inside", "inside", "removed", "doubled"]))
    changed: Any = dict(value) if isinstance(value, dict) else list(value)
    if what == "removed":
        del changed[key]
    elif what == "doubled":
        changed = {**changed, f"{key}2": value[key]} if isinstance(value, dict) else [*changed, value[key]]
    else:
        changed[key] = _mutated(draw, value[key])
    return changed
