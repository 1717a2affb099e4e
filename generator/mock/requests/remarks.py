"""Finds what is odd about a request that breaks no rule: fields that no document knows, files that are no images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.mock.judging.wording import field_name
from generator.mock.requests.image_input import begins_like_an_image, decode, form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.mock.requests.bodies import Body
    from generator.spec.model import Json

MOST: Final = 20
"""The most remarks on one request."""

UNKNOWN_FIELD: Final = "no document knows this field, and the mock ignores it"
NO_IMAGE: Final = "not an image that the mock can read; it draws a stand-in for it"

_BRANCHES: Final = ("anyOf", "oneOf", "allOf")


@frozen
class _Known:
    """What a schema knows of a value.

    Attributes:
        fields: What is known of each field; None where any field may be there, or a rule refuses those that may not.
        items: What is known of each item.
    """

    fields: Mapping[str, _Known] | None
    items: _Known | None

    @classmethod
    def by(cls, schema: Mapping[str, Json]) -> _Known:
        """What a schema knows, all its alternatives together."""
        schemas = [schema, *(branch for name in _BRANCHES for branch in schema.get(name, ()))]
        fields = {name: cls.by(prop) for each in schemas for name, prop in each.get("properties", {}).items()}
        is_open = not fields or any("additionalProperties" in each or "patternProperties" in each for each in schemas)
        items = next((each["items"] for each in schemas if isinstance(each.get("items"), Mapping)), None)
        return cls(None if is_open else fields, None if items is None else cls.by(items))

    def unknown(self, value: Json, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
        """The places of fields that aren't known."""
        if isinstance(value, dict) and self.fields is not None:
            for name, inner in value.items():
                if name not in self.fields:
                    yield (*at, name)
                elif isinstance(inner, dict | list):
                    yield from self.fields[name].unknown(inner, (*at, name))
        elif isinstance(value, list) and self.items is not None:
            for index, inner in enumerate(value):
                yield from self.items.unknown(inner, (*at, index))


class Remarker:
    """Makes the remarks on bodies of one shape."""

    def __init__(self, schema: Mapping[str, Json]) -> None:
        self._known = _Known.by(schema)

    def remarks(self, body: Body, images: Iterable[tuple[str, str]]) -> list[str]:
        """The remarks on a body, each a field and what is odd about it.

        Args:
            body: The body.
            images: The texts that stand where images do, each with its field.
        """
        unknown = [f"{field_name(place)}: {UNKNOWN_FIELD}" for place in self._known.unknown(body.value)]
        broken = [f"{field}: {NO_IMAGE}" for field, text in images if not _is_image(text, body)]
        return [*unknown, *broken][:MOST]


def _is_image(text: str, body: Body) -> bool:
    if upload := body.files.get(text):
        return begins_like_an_image(upload.content)
    return form_of(text) == "url" or begins_like_an_image(decode(text))
