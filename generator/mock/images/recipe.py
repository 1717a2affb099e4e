"""All that an image is drawn from, in a form that can be kept: the same recipe gives the same bytes in any process."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal

from attrs import field, frozen

from generator.mock.images.caption import Caption
from generator.mock.json_text import encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

MAX_PIXELS: Final = 4096 * 4096
"""The most pixels that the mock draws. Only where the documents give no bound can more be asked for."""

MEDIA_TYPES: Final = {"png": "image/png", "jpeg": "image/jpeg", "webp": "image/webp"}
"""The file formats that the mock writes, with their media types."""

_LONGEST_URL: Final = 2000  # characters; what follows doesn't change the stand-in that is drawn for the image

FIDELITY: Final = 85
"""How true a JPEG or WebP is where nobody asks for a quality."""

Box = tuple[int, int, int, int]
"""A region of an input image: left, top, right, bottom, in its pixels; right and bottom lie outside."""


@frozen
class Source:
    """An input image.

    Attributes:
        kind: "blob" for one whose bytes came with the request, "url" for one that was only named.
        name: The SHA-256 of the bytes in hexadecimal, or the URL.
    """

    kind: Literal["blob", "url"]
    name: str

    @classmethod
    def blob(cls, digest: str) -> Source:
        """An input whose bytes came with the request; they are found by their SHA-256."""
        return cls("blob", digest)

    @classmethod
    def url(cls, url: str) -> Source:
        """An input that was only named."""
        return cls("url", url[:_LONGEST_URL])


@frozen
class Swatch:
    """A colour of a palette.

    Attributes:
        red: 0 to 255.
        green: 0 to 255.
        blue: 0 to 255.
        share: Its part of the image; the shares of a palette add up to 1.
    """

    red: int
    green: int
    blue: int
    share: float


@frozen
class Recipe:
    """All that an image is drawn from.

    Attributes:
        digest: Decides, with the caption's index, on colours and forms; 32 bytes. The images of a set share it.
        format: A key of `MEDIA_TYPES`.
        caption: What the image tells.
        sources: The input images, for an edit, in order.
        palette: The colours that prevail; empty for any.
        boxes: For each input image, in order, the regions that the edit keeps to; None for an edit of the whole.
        fidelity: How true a JPEG or WebP is, from 1 to 100, as their encoders count.
    """

    digest: bytes
    format: str
    caption: Caption
    sources: tuple[Source, ...] = field(default=(), repr=False)
    palette: tuple[Swatch, ...] = ()
    boxes: tuple[tuple[Box, ...], ...] | None = None
    fidelity: int = FIDELITY

    @property
    def width(self) -> int:
        """In pixels."""
        return self.caption.width

    @property
    def height(self) -> int:
        """In pixels."""
        return self.caption.height

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        return self.caption.width, self.caption.height

    @property
    def media_type(self) -> str:
        """The image file's media type."""
        return MEDIA_TYPES[self.format]

    def named(self) -> tuple[str, str]:
        """The image file's name, and the recipe as a JSON text.

        Returns:
            32 hexadecimal digits that follow from the recipe, and the format; the text, the same for the same recipe.
        """
        return named(encoded(self.as_json()), self.format)

    def as_json(self) -> dict[str, Json]:
        """The recipe as a JSON object."""
        caption = self.caption.values()
        value: dict[str, Json] = {"digest": self.digest.hex(), "format": self.format, "caption": caption}
        if self.sources:
            value["sources"] = [[source.kind, source.name] for source in self.sources]
        if self.palette:
            value["palette"] = [[swatch.red, swatch.green, swatch.blue, swatch.share] for swatch in self.palette]
        if self.boxes is not None:
            value["boxes"] = self.boxes
        if self.fidelity != FIDELITY:
            value["fidelity"] = self.fidelity
        return value

    @classmethod
    def of_json(cls, value: Mapping[str, Json]) -> Recipe:
        """The recipe that `as_json` wrote."""
        boxes = value.get("boxes")
        return cls(
            bytes.fromhex(value["digest"]),
            value["format"],
            Caption(*value["caption"]),
            tuple(Source(kind, name) for kind, name in value.get("sources", ())),
            tuple(Swatch(*parts) for parts in value.get("palette", ())),
            None if boxes is None else tuple(tuple(tuple(box) for box in of_image) for of_image in boxes),
            value.get("fidelity", FIDELITY),
        )


def named(text: bytes, file_format: str) -> tuple[str, str]:
    """See `Recipe.named`.

    Args:
        text: A recipe as a JSON text.
        file_format: Its format.
    """
    return f"{hashlib.sha256(text).hexdigest()[:32]}.{file_format}", text.decode()
