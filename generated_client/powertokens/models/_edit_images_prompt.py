"""The request model `EditImagesPrompt`."""

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
from ._extra import Extra
from ._image_model import ImageModel
from ._response_format import ResponseFormat

_IMAGE_EDIT_QWEN = "PowerTokens, image edit, qwen-image-2.0-pro"
_COMMON_SENSE = "No document, the custom of HTTP services"


@frozen(kw_only=True)
class EditImagesPrompt(Request):
    """Image edit, prompt shape.

    One image edited, or several fused, for qwen-image-2.0-pro and wan2.7-image-pro.

    Attributes:
        model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
            wan2.7-image-pro.
        image: The image to edit, or several to fuse, in order. At least 1 item; an http(s) URL or
            base64 data or a data URI or a file, sent as base64 data.
        prompt: The effect wanted, in Chinese or English. At most 800 characters.
        n: Number of images. The page speaks of the qwen-image-2.0, qwen-image-edit-max and -plus
            series; qwen-image-edit, which this URL doesn't offer, makes 1. Of wan2.7-image-pro it says
            nothing. At least 1; at most 6.
        size: Width and height of the image in pixels, written as `W*H`. Of the form
            `^0*[1-9][0-9]*\\*0*[1-9][0-9]*$`; 262144 to 4194304 pixels in total.
        response_format: How the images come back, as download links (`url`) or as base64 data
            (`b64_json`). One of url, b64_json.
        seed: Random seed. At least 0; at most 2147483647.
        watermark: Whether the image carries a watermark.
        prompt_extend: Whether a language model may rewrite the prompt first.
        negative_prompt: What the image should not show.
        extra: More for the model provider, merged into what the gateway makes of the other fields.
        additional_properties: Fields that the API doesn't document, sent as they are.

    Source: PowerTokens, image edit, qwen-image-2.0-pro; No document, the custom of HTTP services.
    """

    model: ImageModel = field(
        validator=Rules(
            Rule("editImages/prompt/model/required", Required(), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/model/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule(
                "editImages/prompt/model/enum",
                Enum("qwen-image-2.0-pro", "wan2.7-image-pro"),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
        )
    )
    image: str | FileInput | Sequence[str | FileInput] | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/image/type", Type("string", "array"), "assumed", _COMMON_SENSE),
            Rule("editImages/prompt/image/minItems", MinItems(1), "assumed", _COMMON_SENSE),
            Rule(
                "editImages/prompt/image/x-image",
                Image(
                    forms=(
                        "url",
                        "base64",
                        "data-uri",
                    )
                ),
                "assumed",
                _COMMON_SENSE,
            ),
            Rule("editImages/prompt/image.-/type", Type("string"), "assumed", _COMMON_SENSE, at="[]"),
            Rule(
                "editImages/prompt/image.-/x-image",
                Image(
                    forms=(
                        "url",
                        "base64",
                        "data-uri",
                    )
                ),
                "assumed",
                _COMMON_SENSE,
                at="[]",
            ),
        ),
    )
    prompt: str = field(
        validator=Rules(
            Rule("editImages/prompt/prompt/required", Required(), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/prompt/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/prompt/maxLength", MaxLength(800), "documented", _IMAGE_EDIT_QWEN),
        )
    )
    n: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/n/type", Type("integer"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/n/minimum", Minimum(1), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/n/maximum", Maximum(6), "documented", _IMAGE_EDIT_QWEN),
        ),
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/size/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule(
                "editImages/prompt/size/pattern",
                Pattern(r"^0*[1-9][0-9]*\*0*[1-9][0-9]*$"),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
            Rule(
                "editImages/prompt/size/x-total-pixels",
                TotalPixels(minimum=262144, maximum=4194304),
                "documented",
                _IMAGE_EDIT_QWEN,
            ),
        ),
    )
    response_format: ResponseFormat | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/response_format/type", Type("string"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/response_format/enum", Enum("url", "b64_json"), "documented", _IMAGE_EDIT_QWEN),
        ),
    )
    seed: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/seed/type", Type("integer"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/seed/minimum", Minimum(0), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/seed/maximum", Maximum(2147483647), "documented", _IMAGE_EDIT_QWEN),
        ),
    )
    watermark: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/prompt/watermark/type", Type("boolean"), "documented", _IMAGE_EDIT_QWEN)),
    )
    prompt_extend: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/prompt/prompt_extend/type", Type("boolean"), "documented", _IMAGE_EDIT_QWEN)),
    )
    negative_prompt: str | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/prompt/negative_prompt/type", Type("string"), "documented", _IMAGE_EDIT_QWEN)),
    )
    extra: Extra | Mapping[str, Any] | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/prompt/extra/type", Type("object"), "documented", _IMAGE_EDIT_QWEN),
            Rule("editImages/prompt/extra.input/type", Type("object"), "assumed", _IMAGE_EDIT_QWEN, at="input"),
            Rule(
                "editImages/prompt/extra.parameters/type", Type("object"), "assumed", _IMAGE_EDIT_QWEN, at="parameters"
            ),
        ),
    )
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
