"""What a body asks for by all its fields but prompts and images."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from generator.mock.answering.sizes import SizeReader
from generator.mock.images.caption import LONGEST_PROMPT
from generator.mock.images.palette import swatches
from generator.mock.images.recipe import FIDELITY, MEDIA_TYPES, Box, Swatch
from generator.mock.json_text import encoded
from generator.mock.judging.errors import RefusalError
from generator.mock.requests.asked import Asked, AskedFormat
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.mock.answering.catalogue import Catalogue
    from generator.spec.model import Json

MAX_COUNT: Final = 100
"""The most images that the mock makes at once. Only where the documents give no bound can more be asked for."""

_SAME_FORMAT: Final = {"jpg": "jpeg"}
_UPSTREAM_FORMAT: Final = "png"
_FIDELITIES: Final = (60, 95)  # of the lowest and the highest quality


@frozen
class Options:
    """What a body asks for by all its fields but prompts and images.

    Attributes:
        model: The model's name.
        named_by: The field that named the model; "" where none did.
        delivery: The property that is to hold each image; "" where the request doesn't say.
        tier: The size's tier, which prices follow; "" for a size in pixels.
        size: Width and height, in pixels.
        follows_input: Whether an input image would decide on the size.
        quality: The quality that is billed; "" for a model that has none.
        fidelity: How true a JPEG or WebP is.
        is_safe: Whether images that offend are blurred.
        count: How many images.
        seed: The seed; None for one that the mock chooses.
        watermark: Whether the images carry one.
        file_format: A key of `MEDIA_TYPES`.
        palette: The colours that prevail.
        boxes: For each input image the regions that the edit keeps to; None for an edit of the whole.
        facts: More of what a caption tells and of what decides on the picture, by the caption's names.
        stamp: A JSON text of all here that decides on the picture.
    """

    model: str
    named_by: str
    delivery: str
    tier: str
    size: tuple[int, int]
    follows_input: bool
    quality: str
    fidelity: int
    is_safe: bool
    count: int
    seed: int | None
    watermark: bool
    file_format: str
    palette: tuple[Swatch, ...]
    boxes: tuple[tuple[Box, ...], ...] | None
    facts: Mapping[str, Any]
    stamp: bytes = field(repr=False)


class OptionReader:
    """Reads options from bodies of one schema."""

    def __init__(self, schema: Mapping[str, Json], catalogue: Catalogue, seed: int, apart: Iterable[str]) -> None:
        """Prepare.

        Args:
            schema: The shape's.
            catalogue: The API's models.
            seed: The mock's own seed.
            apart: The fields that hold prompts and images.
        """
        self._catalogue = catalogue
        self._mock_seed = seed
        properties: Mapping[str, Mapping[str, Json]] = schema.get("properties", {})
        self._names = frozenset(properties) - frozenset(apart)
        asked = partial(Asked.in_bodies, schema)
        self._model = asked(Role.MODEL, "")
        older = [name for name, prop in properties.items() if prop.get("x-replaced-by") == self._model.name]
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
        self._sizes = SizeReader(schema)
        items = properties.get(self._palette.name, {}).get("items", {})
        self._swatch = field_of(items, Role.COLOUR), field_of(items, Role.SHARE)

    def options(self, fields: Mapping[str, Json]) -> Options:
        """The options of a body that keeps the shape's rules.

        Args:
            fields: The body's fields.

        Raises:
            RefusalError: It asks for larger images, or for more, than the mock draws.
        """
        # A field that the shape doesn't document is no wish, whatever its name: its value may be of any type.
        value = {name: given for name, given in fields.items() if name in self._names}
        named_by = next((name for name in self._model_fields if name in value), "")
        model = value[named_by] if named_by else self._model.default
        quality = self._catalogue.billed_quality(model, self._quality.of(value))
        facts = {
            "model": model,
            "negative_prompt": self._negative_prompt.of(value)[:LONGEST_PROMPT],
            "rewritten": self._rewrite.of(value),
            "sequential": self._sequential.of(value),
            "thinking": self._thinking.of(value),
            "quality": self._quality.of(value),
        }
        size, follows_input = self._size_without_input(value)
        count = self._how_many(value)
        palette = self._swatches(value)
        boxes = tuple(tuple(_boxes_of(image)) for image in self._boxes.of(value)) or None
        seed = self._seed.of(value)
        return Options(
            model=model,
            named_by=named_by,
            delivery=self._delivery.of(value),
            tier=self._sizes.tier(value),
            size=size,
            follows_input=follows_input,
            quality=quality,
            fidelity=self._fidelity(model, quality),
            is_safe=self._safe_mode.of(value),
            count=count,
            seed=None if seed is None else int(seed),
            watermark=self._watermark.of(value),
            file_format=self._file_format(value),
            palette=palette,
            boxes=boxes,
            facts=facts,
            stamp=encoded((self._mock_seed, facts, [str(part) for part in palette], boxes)),
        )

    def size(self, fields: Mapping[str, Json], input_ratio: Callable[[], float]) -> tuple[int, int]:
        """The size of images whose ratio follows from an input; see `SizeReader.size`."""
        return self._sizes.size({name: given for name, given in fields.items() if name in self._names}, input_ratio)

    def _size_without_input(self, value: Mapping[str, Json]) -> tuple[tuple[int, int], bool]:
        """The size that a body without images asks for, and whether an image would decide on it."""
        follows = False

        def ratio() -> float:
            nonlocal follows
            follows = True
            return 1.0

        return self._sizes.size(value, ratio), follows

    def _how_many(self, value: Mapping[str, Json]) -> int:
        count = self._count.of(value)
        if not 1 <= count <= MAX_COUNT:
            name = self._count.name
            message = f"{name}: this mock makes 1 to {MAX_COUNT} images; ask for that many"
            raise RefusalError(400, message, param=name, details={name: [message]})
        return int(count)

    def _file_format(self, value: Mapping[str, Json]) -> str:
        stated = self._format.of(value)
        file_format = _SAME_FORMAT.get(stated, stated)
        return file_format if file_format in MEDIA_TYPES else _UPSTREAM_FORMAT

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
