"""What callers give, and what the wire must then say: right bodies, with files and undocumented fields in them."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from .bodies import documented, good_fields, names
from .uploads import Upload, uploads
from .wire import Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from generator.spec import Json

    from .subjects import Subject

_SOME = 4  # at most so many images where several are taken


def given_bodies(subject: Subject) -> SearchStrategy[dict[str, Any]]:
    """Bodies of fields that are good for themselves; a condition between fields may still be broken.

    Where an image can be a file, many are, as `Upload`; in lists, beside links. Objects that take fields which no
    document has get some now and then.

    Args:
        subject: The request shape.
    """
    return _given_bodies(subject)


@st.composite
def _given_bodies(draw: DrawFn, subject: Subject) -> Any:
    schema = subject.shape.schema
    body = _with_uploads(draw, draw(good_fields(subject)), schema)
    return _with_others(draw, body, schema, documented(subject))


def _with_uploads(draw: DrawFn, value: Any, schema: Mapping[str, Json]) -> Any:
    """A value in which many of the images are files."""
    image, items = schema.get("x-image"), schema.get("items", {})
    if isinstance(value, list):
        if "x-image" in items:
            value = draw(st.lists(st.sampled_from(value), min_size=1, max_size=_SOME))
        return [_with_uploads(draw, item, items) for item in value]
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {name: _with_uploads(draw, item, known.get(name, {})) for name, item in value.items()}
    if image is not None and (isinstance(value, bytes) or draw(st.booleans())):
        return draw(uploads(image))
    return value


def _with_others(draw: DrawFn, value: Any, schema: Mapping[str, Json], known: frozenset[str]) -> Any:
    """A value in which objects have other properties too, where they may."""
    if isinstance(value, list):
        return [_with_others(draw, item, schema.get("items", {}), frozenset()) for item in value]
    if not isinstance(value, dict):
        return value
    properties = schema.get("properties", {})
    found = {name: _with_others(draw, item, properties.get(name, {}), frozenset()) for name, item in value.items()}
    if schema.get("additionalProperties", True) is True and draw(st.integers(0, 3)) == 0:
        others = draw(st.dictionaries(names(), _others(), min_size=1, max_size=3))
        found |= {name: other for name, other in others.items() if name not in {*known, *properties}}
    return found


def _others() -> SearchStrategy[Any]:
    """Anything that JSON can carry, files included; a few texts are longer than what is written in one go."""
    numbers = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
    texts = st.text(st.characters(codec="utf-8"), max_size=8)
    long = st.builds(lambda text: text * 30_000, st.text(st.characters(codec="utf-8"), min_size=3, max_size=3))
    scalars = st.one_of(st.none(), st.booleans(), numbers, texts, st.sampled_from([0, "", "0", 1.0, -0.0]))
    values: SearchStrategy[Any] = st.one_of(scalars, scalars, scalars, long, uploads({}))
    nested = st.recursive(
        values,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
        max_leaves=4,
    )
    return st.one_of(values, nested)


def as_json(value: Any) -> Json:
    """What JSON must say: of a file, base64 data."""
    if isinstance(value, Upload):
        return base64.b64encode(value.content).decode()
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    return [as_json(item) for item in value] if isinstance(value, list) else value


def as_form(body: Mapping[str, Any]) -> list[Part]:
    """What a form must say: nothing of null, of a list its items, JSON of an object and of a list in a list."""
    return [Part(name, content) for name, value in body.items() for content in _contents(value)]


def _contents(value: Any) -> Iterator[bytes | str | list[Json]]:
    if isinstance(value, list):
        for item in value:
            yield from [[as_json(item)]] if isinstance(item, list) else _contents(item)
    elif isinstance(value, dict):
        yield [as_json(value)]
    elif isinstance(value, (Upload, bytes)):
        yield value if isinstance(value, bytes) else value.content
    elif value is not None:
        whole = isinstance(value, float) and value.is_integer()  # which forms write without a fraction
        yield value if isinstance(value, str) else json.dumps(int(value) if whole else value)
