"""What a request asks for: which model, how many images, of what size and format, made from what."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import evolve, field, frozen

from generator.mock.images.caption import LONGEST_PROMPT, Caption
from generator.mock.images.recipe import Recipe, Source
from generator.mock.json_text import encoded
from generator.mock.judging.wording import field_name
from generator.mock.requests.image_input import NotAnImageError, TooManyPixelsError, decode, dimensions, form_of
from generator.mock.requests.wish_options import OptionReader
from generator.spec.field_roles import ITEMS, Role, fields_below, paths_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.mock.answering.catalogue import Catalogue
    from generator.mock.requests.bodies import Body
    from generator.mock.requests.wish_options import Options
    from generator.spec.model import Json, Shape

_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
_SEEDS: Final = 2**31  # that the mock chooses from


@frozen
class Picture:
    """What decides on the pictures of a wish.

    Attributes:
        digest: Decides on colours and forms.
        seed: The seed, given or chosen.
    """

    digest: bytes = field(repr=False)
    seed: int


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
        images = tuple(path for path, prop in fields_below(schema) if "x-image" in prop)
        self._images: tuple[tuple[str, ...], ...] = ((),) if shape.is_file else images
        self._prompts = tuple(paths_of(schema, Role.PROMPT))
        apart = [path[0] for path in (*images, *self._prompts) if path]
        self._options = OptionReader(schema, catalogue, seed, apart)

    def read(self, body: Body, fetched: Mapping[str, bytes] = _NOTHING) -> Wish:
        """The wish of a body that keeps the shape's rules.

        Args:
            body: The body.
            fetched: What is behind the URLs of input images, as far as it was fetched.

        Raises:
            RefusalError: It asks for larger images, or for more, than the mock draws.
        """
        options = self.options(body)
        prompt = " ".join(self.prompts(body))
        inputs: dict[str, bytes] = {}
        sources = tuple([_source(text, body, inputs, fetched) for text in self._image_texts(body)])
        size = options.size
        if options.follows_input:
            size = self._options.size(_fields(body), lambda: _input_ratio(sources, inputs))
        return wish_of(options, prompt, size, sources, inputs)

    def options(self, body: Body) -> Options:
        """The options of a body that keeps the shape's rules; see `OptionReader.options`."""
        return self._options.options(_fields(body))

    def urls(self, body: Body) -> tuple[str, ...]:
        """The URLs of input images in a body that keeps the shape's rules."""
        texts = (text for text in self._image_texts(body) if text not in body.files)
        return tuple(text for text in texts if form_of(text) == "url")

    def _image_texts(self, body: Body) -> tuple[str, ...]:
        return tuple([text for path in self._images for text in _found(body.value, path)])

    def images(self, body: Body) -> list[tuple[str, str]]:
        """The texts that stand where an image does, each with its field."""
        return [
            (field_name(part for part in path if part != ITEMS), text)
            for path in self._images
            for text in _found(body.value, path)
        ]

    def prompts(self, body: Body) -> tuple[str, ...]:
        """The texts that stand where a prompt does, of any body."""
        return tuple([text for path in self._prompts for text in _found(body.value, path)])


def wish_of(
    options: Options,
    prompt: str,
    size: tuple[int, int],
    sources: tuple[Source, ...] = (),
    inputs: Mapping[str, bytes] = _NOTHING,
    *,
    picture: Picture | None = None,
) -> Wish:
    """The wish of options and prompt.

    Args:
        options: The options.
        prompt: The prompt.
        size: Width and height of the images, in pixels.
        sources: The input images.
        inputs: The bytes of those that came with the request, by their SHA-256 in hexadecimal.
        picture: What decides on the pictures; None for what follows from all this.
    """
    return Wish(
        options.model,
        options.named_by,
        prompt,
        options.facts["rewritten"],
        options.facts["thinking"],
        options.delivery,
        options.tier,
        options.quality,
        options.is_safe,
        _recipes(options, prompt, size, sources, picture or picture_of(options, prompt, size, sources)),
        inputs,
    )


def _fields(body: Body) -> Mapping[str, Json]:
    return body.value if isinstance(body.value, dict) else {}


def picture_of(options: Options, prompt: str, size: tuple[int, int], sources: tuple[Source, ...] = ()) -> Picture:
    """What decides on the pictures of a wish; see `wish_of` for the arguments."""
    varying = encoded((prompt, size, [source.name for source in sources]))
    request = hashlib.sha256(options.stamp + varying).digest()
    seed = int.from_bytes(request[:4]) % _SEEDS if options.seed is None else options.seed
    return Picture(hashlib.sha256(request + b"%d" % seed).digest(), seed)


def _recipes(
    options: Options, prompt: str, size: tuple[int, int], sources: tuple[Source, ...], picture: Picture
) -> tuple[Recipe, ...]:
    """The recipes of a wish's images, in order."""
    captions = [
        Caption(
            prompt=prompt[:LONGEST_PROMPT],
            width=size[0],
            height=size[1],
            seed=picture.seed,
            seed_given=options.seed is not None,
            index=index,
            count=options.count,
            watermark=options.watermark,
            inputs=len(sources),
            **options.facts,
        )
        for index in range(1, options.count + 1)
    ]
    kind, palette, boxes = options.file_format, options.palette, options.boxes
    return tuple([Recipe(picture.digest, kind, each, sources, palette, boxes, options.fidelity) for each in captions])


def _found(value: Json, path: tuple[str, ...]) -> list[str]:
    """The texts at a path, in order."""
    if len(path) == 1 and path[0] != ITEMS:  # as most are
        found = value.get(path[0]) if isinstance(value, dict) else None
        return [found] if isinstance(found, str) else []
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
