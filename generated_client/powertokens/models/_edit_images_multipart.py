"""The request model `EditImagesMultipart`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import (
    Enum,
    Image,
    Maximum,
    MaxLength,
    Minimum,
    MinItems,
    Pattern,
    Required,
    Rule,
    Rules,
    TotalPixels,
    Type,
)
from .._runtime.types import UNSET, FileInput, Unset
from ._image_model import ImageModel
from ._response_format import ResponseFormat

_IMAGE_EDIT_QWEN = "PowerTokens, image edit, qwen-image-2.0-pro"
_PUBLISHED = "PowerTokens, public OpenAPI description"


@frozen(kw_only=True)
class EditImagesMultipart(Request):
    """Image edit, prompt shape with files.

    The prompt shape of image edit, with the images as files.

    Attributes:
        model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
            wan2.7-image-pro.
        image: The image to edit, or several to fuse, in order. Each is one part named `image` or
            `image[]`. At least 1 item.
        prompt: The effect wanted, in Chinese or English. At most 800 characters.
        n: Number of images. The page speaks of the qwen-image-2.0, qwen-image-edit-max and -plus
            series; qwen-image-edit, which this URL doesn't offer, makes 1. Of wan2.7-image-pro it says
            nothing. At least 1; at most 6.
        size: Width and height of the image in pixels, written as `W*H`. Of the form
            `^0*[1-9][0-9]*\\*0*[1-9][0-9]*$`; 262144 to 4194304 pixels in total.
        response_format: How the images come back, as download links (`url`) or as base64 data
            (`b64_json`). One of url, b64_json.
        watermark: Whether the image carries a watermark.
        seed: Random seed. At least 0; at most 2147483647.
        prompt_extend: Whether a language model may rewrite the prompt first.
        negative_prompt: What the image should not show.
        additional_properties: Fields that the API doesn't document, sent as they are.

    Source: PowerTokens, image edit, qwen-image-2.0-pro; PowerTokens, public OpenAPI description.
    """

    model: ImageModel = field(
        validator=Rules(
            Rule("editImages/multipart/model/required", Required(), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/model/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule(
                "editImages/multipart/model/enum",
                Enum("qwen-image-2.0-pro", "wan2.7-image-pro"),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
        )
    )
    image: FileInput | Sequence[FileInput] = field(
        validator=Rules(
            Rule("editImages/multipart/image/required", Required(), "published", _PUBLISHED),
            Rule("editImages/multipart/image/type", Type("array"), "published", _PUBLISHED),
            Rule("editImages/multipart/image/minItems", MinItems(1), "published", _PUBLISHED),
            Rule("editImages/multipart/image.-/x-image", Image(forms=("file",)), "published", _PUBLISHED, at="[]"),
        )
    )
    prompt: str = field(
        validator=Rules(
            Rule("editImages/multipart/prompt/required", Required(), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/prompt/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/prompt/maxLength", MaxLength(800), "documented", _IMAGE_EDIT_QWEN),
        )
    )
    n: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/multipart/n/type", Type("integer"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/n/minimum", Minimum(1), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/n/maximum", Maximum(6), "documented", _IMAGE_EDIT_QWEN),
        ),
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/multipart/size/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule(
                "editImages/multipart/size/pattern",
                Pattern(r"^0*[1-9][0-9]*\*0*[1-9][0-9]*$"),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
            Rule(
                "editImages/multipart/size/x-total-pixels",
                TotalPixels(minimum=262144, maximum=4194304),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
        ),
    )
    response_format: ResponseFormat | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/multipart/response_format/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/response_format/enum", Enum("url", "b64_json"), "documented", _IMAGE_EDIT_QWEN),
        ),
    )
    watermark: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/multipart/watermark/type", Type("boolean"), "documented", _IMAGE_EDIT_QWEN)),
    )
    seed: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/multipart/seed/type", Type("integer"), "assumed", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/seed/minimum", Minimum(0), "assumed", _IMAGE_EDIT_QWEN),
            Rule("editImages/multipart/seed/maximum", Maximum(2147483647), "assumed", _IMAGE_EDIT_QWEN),
        ),
    )
    prompt_extend: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/multipart/prompt_extend/type", Type("boolean"), "assumed", _IMAGE_EDIT_QWEN)),
    )
    negative_prompt: str | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/multipart/negative_prompt/type", Type("string"), "assumed", _IMAGE_EDIT_QWEN)),
    )
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
