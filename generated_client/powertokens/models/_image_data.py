"""The answer model `ImageData`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define, field

from .._runtime.images import ImageItem
from .._runtime.reading import Answer, optional, rest, string


@define(kw_only=True)
class ImageData(ImageItem, Answer):
    """Image.

    One image, as a link or as base64 data.

    Attributes:
        url: Where the image can be fetched, without credentials.
        b64_json: The image as base64 data.
        revised_prompt: The prompt that the image was made from, where it was rewritten.
        additional_properties: What the answer holds besides.
    """

    _image_from: ClassVar[tuple[str, str]] = ("url", "b64_json")
    url: str | None = None
    b64_json: str | None = None
    revised_prompt: str | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ImageData from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            url=optional(data, "url", string),
            b64_json=optional(data, "b64_json", string),
            revised_prompt=optional(data, "revised_prompt", string),
            additional_properties=rest(data, "url", "b64_json", "revised_prompt"),
        )
