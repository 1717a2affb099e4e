"""What a request asks for: which model, how many images, of what size and format, made from what."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.mock.image_input import NotAnImageError, TooManyPixelsError, decode, dimensions, form_of
from generator.mock.pictures import MEDIA_TYPES, Recipe
from generator.mock.sizes import wanted_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.mock.bodies import Body
    from generator.spec.model import Json, Shape

_ITEMS: Final = "[]"
_PROMPTS: Final = frozenset({"prompt", "text"})
_SAME_FORMAT: Final = {"jpg": "jpeg"}
_UPSTREAM_FORMAT: Final = "png"
_CAPTIONED_PROMPT = 300  # characters; no caption has room for more


@frozen
class Wish:
    """What a request asks for.

    Attributes:
        model: The model's name.
        named_by: The field that named the model; "" where none did.
        prompt: The prompt; several texts joined by a space.
        rewrites: Whether the prompt is rewritten first.
        as_base64: Whether images come as base64 data rather than as links.
        recipes: The images, in order.
    """

    model: str
    named_by: str
    prompt: str
    rewrites: bool
    as_base64: bool
    recipes: tuple[Recipe, ...]

    @property
    def revised_prompt(self) -> str:
        """The prompt that the images are made from; a rewritten one says so."""
        return f"{self.prompt} (rewritten: rich in detail, softly lit)" if self.rewrites else self.prompt


class WishReader:
    """Reads wishes from bodies of one shape.

    The fields that a wish is made of go by the names that these APIs share: model, n, size, resolution, aspect_ratio,
    output_format, response_format, prompt_extend, seed. What the spec says of them is taken from there: defaults, the
    older spelling of a field, where images and texts stand.
    """

    def __init__(self, operation: str, shape: Shape, seed: int) -> None:
        """Prepare.

        Args:
            operation: The operationId.
            shape: The shape.
            seed: The mock's own seed, which varies all images.
        """
        self._salt = f"{seed} {operation} ".encode()
        self._seed = seed
        self._properties: Mapping[str, Mapping[str, Json]] = shape.schema.get("properties", {})
        older = [name for name, prop in self._properties.items() if prop.get("x-replaced-by") == "model"]
        self._model_fields = ("model", *older)
        images = tuple(_paths(shape.schema, lambda _, prop: "x-image" in prop))
        self._images: tuple[tuple[str, ...], ...] = ((),) if shape.is_file else images
        self._texts = tuple(_paths(shape.schema, lambda name, _: name in _PROMPTS))

    def read(self, body: Body) -> Wish:
        """The wish of a body that keeps the shape's rules.

        Raises:
            RefusalError: It asks for a larger image than the mock draws.
        """
        # A field that the shape doesn't document is no wish, whatever its name: its value may be of any type.
        fields = body.value if isinstance(body.value, dict) else {}
        value = {name: given for name, given in fields.items() if name in self._properties}
        named_by = next((name for name in self._model_fields if name in value), "")
        model = value[named_by] if named_by else self._default("model", "")
        prompt = " ".join(text for path in self._texts for text in _found(value, path))
        sources = tuple(_source(text, body) for path in self._images for text in _found(body.value, path))
        return Wish(
            model=model,
            named_by=named_by,
            prompt=prompt,
            rewrites=self._value(value, "prompt_extend", default=False),
            as_base64=self._value(value, "response_format", default="url") != "url",
            recipes=tuple(self._recipes(body, value, model, prompt, sources)),
        )

    def _recipes(
        self, body: Body, value: Mapping[str, Json], model: str, prompt: str, sources: tuple[bytes | str, ...]
    ) -> Iterator[Recipe]:
        width, height = wanted_size(value, self._properties, lambda: _input_ratio(sources))
        count, seed = int(self._value(value, "n", default=1)), value.get("seed", self._seed)
        file_format = self._format(value)
        digest = hashlib.sha256(self._salt)
        digest.update(json.dumps(body.described, sort_keys=True, separators=(",", ":")).encode())
        for index in range(1, count + 1):
            of_image = digest.copy()
            of_image.update(b"%d" % index)
            size = f"{width}*{height}, image {index} of {count}, seed {seed}"
            caption = (model, size, prompt[:_CAPTIONED_PROMPT])
            yield Recipe(of_image.digest(), width, height, file_format, caption, sources)

    def _format(self, value: Mapping[str, Json]) -> str:
        stated = value.get("output_format")
        if stated is None:
            rule = self._properties.get("output_format", {}).get("x-default-from", {"property": "", "values": {}})
            stated = rule["values"].get(self._value(value, rule["property"], default=""), _UPSTREAM_FORMAT)
        name = _SAME_FORMAT.get(stated, stated)
        return name if name in MEDIA_TYPES else _UPSTREAM_FORMAT

    def _value(self, value: Mapping[str, Json], name: str, *, default: Json) -> Json:
        return value.get(name, self._default(name, default))

    def _default(self, name: str, default: Json) -> Json:
        return self._properties.get(name, {}).get("default", default)


def _paths(schema: Mapping[str, Json], wanted: Callable[[str, Mapping[str, Json]], bool]) -> Iterator[tuple[str, ...]]:
    """The paths of all fields, and items of fields, that are wanted: ("input", "messages", "[]", "content")."""
    for name, prop in schema.get("properties", {}).items():
        if wanted(name, prop):
            yield (name,)
        yield from ((name, *path) for path in _paths(prop, wanted))
    if isinstance(items := schema.get("items"), dict):
        if wanted(_ITEMS, items):
            yield (_ITEMS,)
        yield from ((_ITEMS, *path) for path in _paths(items, wanted))


def _found(value: Json, path: tuple[str, ...]) -> Iterator[str]:
    """The texts at a path."""
    if not path:
        if isinstance(value, str):
            yield value
    elif path[0] == _ITEMS:
        if isinstance(value, list):
            for item in value:
                yield from _found(item, path[1:])
    elif isinstance(value, dict) and path[0] in value:
        yield from _found(value[path[0]], path[1:])


def _source(text: str, body: Body) -> bytes | str:
    if text in body.files:
        return body.files[text].content
    return text if form_of(text) == "url" else decode(text)


def _input_ratio(sources: tuple[bytes | str, ...]) -> float:
    """Width to height of the first image whose size is known; 1 if none is. A URL is never fetched."""
    for source in sources:
        if isinstance(source, bytes):
            try:
                width, height = dimensions(source)
            except (NotAnImageError, TooManyPixelsError):
                continue
            return width / height
    return 1.0
