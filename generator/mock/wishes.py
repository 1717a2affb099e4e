"""What a request asks for: which model, how many images, of what size and format, made from what."""

from __future__ import annotations

import hashlib
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, field, frozen

from generator.mock.asked import Asked, AskedFormat
from generator.mock.caption import LONGEST_PROMPT, Caption
from generator.mock.errors import RefusalError
from generator.mock.image_input import NotAnImageError, TooManyPixelsError, decode, dimensions, form_of
from generator.mock.json_text import encoded
from generator.mock.palette import swatches
from generator.mock.recipe import FIDELITY, MEDIA_TYPES, Box, Recipe, Source, Swatch
from generator.mock.sizes import SizeReader
from generator.mock.wording import field_name
from generator.spec.field_roles import ITEMS, Role, field_of, fields_below, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.mock.bodies import Body
    from generator.mock.catalogue import Catalogue
    from generator.spec.model import Json, Shape

MAX_COUNT: Final = 100
"""The most images that the mock makes at once. Only where the documents give no bound can more be asked for."""

_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
_SAME_FORMAT: Final = {"jpg": "jpeg"}
_UPSTREAM_FORMAT: Final = "png"
_SEEDS: Final = 2**31  # that the mock chooses from
_FIDELITIES: Final = (60, 95)  # of the lowest and the highest quality


@frozen
class Wish:
    """What a request asks for.

    Attributes:
        model: The model's name.
        named_by: The field that named the model; "" where none did.
        prompt: The prompt; several texts joined by a space.
        rewrites: Whether the prompt is rewritten first.
        thinks: Whether the model reasons first.
        delivery: The property that is to hold each image; "" where the request doesn't say.
        tier: The size's tier, which prices follow; "" for a size in pixels.
        quality: The quality that is billed; "" for a model that has none.
        is_safe: Whether images that offend are blurred.
        recipes: The images, in order.
        inputs: The bytes of the input images that came with the request, by their SHA-256 in hexadecimal.
    """

    model: str
    named_by: str
    prompt: str
    rewrites: bool
    thinks: bool
    delivery: str
    tier: str
    quality: str
    is_safe: bool
    recipes: tuple[Recipe, ...]
    inputs: Mapping[str, bytes] = field(repr=False)

    @property
    def revised_prompt(self) -> str:
        """The prompt that the images are made from; a rewritten one says so."""
        return f"{self.prompt} (rewritten: rich in detail, softly lit)" if self.rewrites else self.prompt

    def blurred(self) -> Wish:
        """The same with all images blurred."""
        recipes = (evolve(recipe, caption=evolve(recipe.caption, blurred=True)) for recipe in self.recipes)
        return evolve(self, recipes=tuple(recipes))


class WishReader:
    """Reads wishes from bodies of one shape. What each field is for, the spec says by ``x-role``."""

    def __init__(self, shape: Shape, catalogue: Catalogue, seed: int) -> None:
        """Prepare.

        Args:
            shape: The shape.
            catalogue: The API's models.
            seed: The mock's own seed, which varies all images.
        """
        schema = shape.schema
        self._mock_seed = seed
        self._catalogue = catalogue
        self._properties: Mapping[str, Mapping[str, Json]] = schema.get("properties", {})
        asked = partial(Asked.in_bodies, schema)
        self._model = asked(Role.MODEL, "")
        older = [name for name, prop in self._properties.items() if prop.get("x-replaced-by") == self._model.name]
        self._model_fields = (self._model.name, *older)
        self._negative_prompt = asked(Role.NEGATIVE_PROMPT, "")
        self._count = asked(Role.COUNT, 1)
        self._seed = asked(Role.SEED, None)
        self._rewrite = asked(Role.REWRITE, default=False)
        self._sequential = asked(Role.SEQUENTIAL, default=False)
        self._thinking = asked(Role.THINKING, default=False)
        self._watermark = asked(Role.WATERMARK, default=False)
        self._quality = asked(Role.QUALITY, "")
        self._delivery = asked(Role.DELIVERY, "")
        self._boxes = asked(Role.BOXES, ())
        self._palette = asked(Role.PALETTE, ())
        self._safe_mode = asked(Role.SAFE_MODE, default=field_of(schema, Role.SAFE_MODE) is not None)
        self._format = AskedFormat.in_bodies(schema, _UPSTREAM_FORMAT)
        images = tuple(path for path, prop in fields_below(schema) if "x-image" in prop)
        self._images: tuple[tuple[str, ...], ...] = ((),) if shape.is_file else images
        self._prompts = tuple(paths_of(schema, Role.PROMPT))
        self._size = SizeReader(schema)
        items = self._properties.get(self._palette.name, {}).get("items", {})
        self._swatch = field_of(items, Role.COLOUR), field_of(items, Role.SHARE)

    def read(self, body: Body, fetched: Mapping[str, bytes] = _NOTHING) -> Wish:
        """The wish of a body that keeps the shape's rules.

        Args:
            body: The body.
            fetched: What is behind the URLs of input images, as far as it was fetched.

        Raises:
            RefusalError: It asks for larger images, or for more, than the mock draws.
        """
        # A field that the shape doesn't document is no wish, whatever its name: its value may be of any type.
        fields = body.value if isinstance(body.value, dict) else {}
        value = {name: given for name, given in fields.items() if name in self._properties}
        named_by = next((name for name in self._model_fields if name in value), "")
        model = value[named_by] if named_by else self._model.default
        prompt = " ".join(text for path in self._prompts for text in _found(value, path))
        inputs: dict[str, bytes] = {}
        sources = tuple(_source(text, body, inputs, fetched) for text in self._image_texts(body))
        quality = self._catalogue.billed_quality(model, self._quality.of(value))
        facts = self._facts(value, model, prompt, sources, inputs)
        return Wish(
            model=model,
            named_by=named_by,
            prompt=prompt,
            rewrites=facts["rewritten"],
            thinks=facts["thinking"],
            delivery=self._delivery.of(value),
            tier=self._size.tier(value),
            quality=quality,
            is_safe=self._safe_mode.of(value),
            recipes=self._recipes(value, prompt, facts, sources, fidelity=self._fidelity(model, quality)),
            inputs=inputs,
        )

    def urls(self, body: Body) -> tuple[str, ...]:
        """The URLs of input images in a body that keeps the shape's rules."""
        texts = (text for text in self._image_texts(body) if text not in body.files)
        return tuple(text for text in texts if form_of(text) == "url")

    def _image_texts(self, body: Body) -> tuple[str, ...]:
        return tuple(text for path in self._images for text in _found(body.value, path))

    def images(self, body: Body) -> Iterator[tuple[str, str]]:
        """The texts that stand where an image does, each with its field."""
        return (
            (field_name(part for part in path if part != ITEMS), text)
            for path in self._images
            for text in _found(body.value, path)
        )

    def prompts(self, body: Body) -> tuple[str, ...]:
        """The texts that stand where a prompt does, of any body."""
        return tuple(text for path in self._prompts for text in _found(body.value, path))

    def _recipes(
        self,
        value: Mapping[str, Json],
        prompt: str,
        facts: Mapping[str, Any],
        sources: tuple[Source, ...],
        *,
        fidelity: int,
    ) -> tuple[Recipe, ...]:
        count = self._how_many(value)
        palette = self._swatches(value)
        boxes = tuple(tuple(_boxes_of(image)) for image in self._boxes.of(value)) or None
        names = [source.name for source in sources]
        whole = (self._mock_seed, prompt, facts, names, [str(part) for part in palette], boxes)
        request = hashlib.sha256(encoded(whole)).digest()
        stated = self._seed.of(value)
        seed = int.from_bytes(request[:4]) % _SEEDS if stated is None else int(stated)
        digest = hashlib.sha256(request + b"%d" % seed).digest()
        stated_format = self._format.of(value)
        file_format = _SAME_FORMAT.get(stated_format, stated_format)
        file_format = file_format if file_format in MEDIA_TYPES else _UPSTREAM_FORMAT
        watermark = self._watermark.of(value)
        captions = [
            Caption(**facts, seed=seed, seed_given=stated is not None, index=index, count=count, watermark=watermark)
            for index in range(1, count + 1)
        ]
        return tuple([Recipe(digest, file_format, each, sources, palette, boxes, fidelity) for each in captions])

    def _facts(
        self,
        value: Mapping[str, Json],
        model: str,
        prompt: str,
        sources: tuple[Source, ...],
        inputs: Mapping[str, bytes],
    ) -> dict[str, Any]:
        """The part of a caption that decides on the picture, by name; watermarks and numbers don't."""
        width, height = self._size.size(value, lambda: _input_ratio(sources, inputs))
        return {
            "model": model,
            "prompt": prompt[:LONGEST_PROMPT],
            "width": width,
            "height": height,
            "negative_prompt": self._negative_prompt.of(value)[:LONGEST_PROMPT],
            "rewritten": self._rewrite.of(value),
            "sequential": self._sequential.of(value),
            "thinking": self._thinking.of(value),
            "quality": self._quality.of(value),
            "inputs": len(sources),
        }

    def _how_many(self, value: Mapping[str, Json]) -> int:
        count = self._count.of(value)
        if not 1 <= count <= MAX_COUNT:
            name = self._count.name
            message = f"{name}: this mock makes 1 to {MAX_COUNT} images; ask for that many"
            raise RefusalError(400, message, param=name, details={name: [message]})
        return int(count)

    def _swatches(self, value: Mapping[str, Json]) -> tuple[Swatch, ...]:
        colour, share = self._swatch
        texts = [(item.get(colour), item.get(share)) for item in self._palette.of(value) if isinstance(item, dict)]
        return swatches((text, part) for text, part in texts if isinstance(text, str) and isinstance(part, str))

    def _fidelity(self, model: str, quality: str) -> int:
        """How true the file is: as the quality that is billed, lowest to highest, of a model that has a choice."""
        known = self._catalogue.qualities(model)
        if quality not in known or len(known) < 2:  # noqa: PLR2004  a single one is no choice
            return FIDELITY
        low, high = _FIDELITIES
        return low + (high - low) * known.index(quality) // (len(known) - 1)


def _boxes_of(image: Json) -> Iterator[Box]:
    for box in image if isinstance(image, list) else ():
        if isinstance(box, list) and len(box) == len(("left", "top", "right", "bottom")):
            left, top, right, bottom = (int(side) if isinstance(side, int | float) else 0 for side in box)
            yield left, top, right, bottom


def _found(value: Json, path: tuple[str, ...]) -> list[str]:
    """The texts at a path, in order."""
    values = [value]
    for part in path:
        if part == ITEMS:
            values = [item for found in values if isinstance(found, list) for item in found]
        else:
            values = [found[part] for found in values if isinstance(found, dict) and part in found]
    return [found for found in values if isinstance(found, str)]


def _source(text: str, body: Body, inputs: dict[str, bytes], fetched: Mapping[str, bytes]) -> Source:
    """The input that a text in a body gives; its bytes are added to the inputs."""
    if upload := body.files.get(text):
        digest, content = upload.sha256, upload.content
    elif form_of(text) == "url" and text not in fetched:
        return Source.url(text)
    else:
        content = fetched[text] if text in fetched else decode(text)
        digest = hashlib.sha256(content).hexdigest()
    inputs[digest] = content
    return Source.blob(digest)


def _input_ratio(sources: tuple[Source, ...], inputs: Mapping[str, bytes]) -> float:
    """Width to height of the first image whose size is known; 1 if none is. A URL is never fetched."""
    for source in sources:
        if source.kind == "blob":
            try:
                width, height = dimensions(inputs[source.name])
            except (NotAnImageError, TooManyPixelsError):
                continue
            return width / height
    return 1.0
