"""The answer model `ImagesResponse`."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from attrs import define, field

from .._runtime.images import ImageSet
from .._runtime.reading import (
    Answer,
    integer,
    list_of,
    mapping,
    optional,
    rest,
)
from ._image_data import ImageData


@define(kw_only=True)
class ImagesResponse(ImageSet, Answer):
    """Images.

    The images made.

    Attributes:
        created: When the images were made, as Unix time in seconds.
        data: The images.
        metadata: What the model provider said besides. Its fields differ from capability to capability.
        additional_properties: What the answer holds besides.
    """

    _images_field: ClassVar[str] = "data"
    created: int | None = None
    data: list[ImageData] | None = None
    metadata: dict[str, Any] | None = None
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """Read ImagesResponse from a decoded JSON object; AnswerUnreadable if it can't be one."""
        return cls(
            created=optional(data, "created", integer),
            data=optional(data, "data", list_of(ImageData.from_dict)),
            metadata=optional(data, "metadata", mapping),
            additional_properties=rest(data, "created", "data", "metadata"),
        )

    @property
    def images(self) -> list[ImageData]:
        """The images, in the answer's order."""
        return self.data or []
