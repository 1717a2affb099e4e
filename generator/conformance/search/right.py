"""Bodies that any gateway must carry out: documented fields alone, with values that every reading takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import assume
from hypothesis import strategies as st

from generator.conformance.search.fields import model_fields, plain_fields
from generator.spec.boundary import base_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from generator.conformance.search.fields import PlainField
    from generator.conformance.search.reading import Reader
    from generator.spec import Json, Operation, Shape

_ANOTHER: Final = 4
"""Of five bodies one asks another model, where the documents give one."""


def right_bodies(operation: Operation, shape: Shape, reader: Reader) -> SearchStrategy[dict[str, Json]]:
    """Right bodies of a shape, each a combination of fields.

    Where another model is asked than the one that the documents' example asks, the other fields have values that
    documents show, for bounds and sizes may be the first model's alone.

    Args:
        operation: The operation.
        shape: One of its shapes, not a file by itself.
        reader: Judges what comes out.
    """
    return _right(operation, shape, reader, plain_fields(operation, shape))


@st.composite
def _right(
    draw: DrawFn, operation: Operation, shape: Shape, reader: Reader, fields: Mapping[str, PlainField]
) -> dict[str, Json]:
    base: dict[str, Json] = base_body(operation, shape)
    body, models = dict(base), set(model_fields(shape))
    for name in models & fields.keys() & base.keys():
        if draw(st.integers(0, 4)) == _ANOTHER:
            body[name] = draw(fields[name].values)
    tame = any(body[name] != base[name] for name in models & base.keys())
    for name, plain in fields.items():
        values = plain.tame if tame else plain.values
        if name in models or values is None:
            continue
        if draw(st.booleans()):
            body[name] = draw(values)
    for name in sorted(reader.broken_fields(shape.media_type, body)):
        # A condition holds between two fields that are each right by themselves.
        if name not in base:
            del body[name]
    assume(reader.is_right(shape.media_type, body))
    return body
