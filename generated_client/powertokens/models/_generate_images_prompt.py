"""The request model `GenerateImagesPrompt`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import (
    Condition,
    Const,
    Enum,
    Maximum,
    MaxLength,
    Minimum,
    Pattern,
    Present,
    Required,
    Rule,
    Rules,
    TotalPixels,
    Type,
)
from .._runtime.types import UNSET, Unset
from ._image_model import ImageModel
from ._response_format import ResponseFormat

_TEXT_TO_IMAGE_QWEN = "PowerTokens, text to image, qwen-image-2.0-pro"


@frozen(kw_only=True)
class GenerateImagesPrompt(Request):
    """Text to image, prompt shape.

    Images from a text, for qwen-image-2.0-pro and wan2.7-image-pro.

    Attributes:
        model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
            wan2.7-image-pro.
        prompt: The content, style and composition wanted, in Chinese or English. At most 800
            characters.
        n: Number of images. Models outside of the qwen-image-2.0 series make one. At least 1; at most
            6; at most 1 when model is wan2.7-image-pro. Absent, the API takes 1.
        size: Width and height of the image in pixels, written as `W*H`. The qwen-image-2.0 series takes
            any within the bounds, one side being as long as it may. The qwen-image-max and -plus series,
            which this URL doesn't offer, know five: 1664*928 (16:9), 1472*1104 (4:3), 1328*1328 (1:1),
            1104*1472 (3:4) and 928*1664 (9:16). Of the form `^0*[1-9][0-9]*\\*0*[1-9][0-9]*$`; 262144 to
            4194304 pixels in total unless model is wan2.7-image-pro.
        response_format: How the images come back, as download links (`url`) or as base64 data
            (`b64_json`). One of url, b64_json. Absent, the API takes url.
        seed: Random seed. The same seed gives similar results. At least 0; at most 2147483647.
        watermark: Whether the image carries a watermark. Absent, the API takes false.
        prompt_extend: Whether a language model may rewrite the prompt first. Absent, the API takes
            true.
        negative_prompt: What the image should not show, in Chinese or English. At most 500 characters.
        additional_properties: Fields that the API doesn't document, sent as they are.

    Source: PowerTokens, text to image, qwen-image-2.0-pro.
    """

    model: ImageModel = field(
        validator=Rules(
            Rule("generateImages/prompt/model/required", Required(), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/model/type", Type("string"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule(
                "generateImages/prompt/model/enum",
                Enum("qwen-image-2.0-pro", "wan2.7-image-pro"),
                "documented",
                _TEXT_TO_IMAGE_QWEN,
            ),
        )
    )
    prompt: str = field(
        validator=Rules(
            Rule("generateImages/prompt/prompt/required", Required(), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/prompt/type", Type("string"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/prompt/maxLength", MaxLength(800), "documented", _TEXT_TO_IMAGE_QWEN),
        )
    )
    n: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/n/type", Type("integer"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/n/minimum", Minimum(1), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/n/maximum", Maximum(6), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule(
                "generateImages/prompt/n/maximum/when-model-wan2.7-image-pro",
                Maximum(1),
                "documented",
                _TEXT_TO_IMAGE_QWEN,
                when=Condition("model is wan2.7-image-pro", model=[Present(), Const("wan2.7-image-pro")]),
            ),
        ),
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/size/type", Type("string"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule(
                "generateImages/prompt/size/pattern",
                Pattern(r"^0*[1-9][0-9]*\*0*[1-9][0-9]*$"),
                "documented",
                _TEXT_TO_IMAGE_QWEN,
            ),
            Rule(
                "generateImages/prompt/size/x-total-pixels/unless-model-wan2.7-image-pro",
                TotalPixels(minimum=262144, maximum=4194304),
                "documented",
                _TEXT_TO_IMAGE_QWEN,
                unless=Condition("model is wan2.7-image-pro", model=[Present(), Const("wan2.7-image-pro")]),
            ),
        ),
    )
    response_format: ResponseFormat | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/response_format/type", Type("string"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule(
                "generateImages/prompt/response_format/enum", Enum("url", "b64_json"), "documented", _TEXT_TO_IMAGE_QWEN
            ),
        ),
    )
    seed: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/seed/type", Type("integer"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/seed/minimum", Minimum(0), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/seed/maximum", Maximum(2147483647), "documented", _TEXT_TO_IMAGE_QWEN),
        ),
    )
    watermark: bool | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/watermark/type", Type("boolean"), "documented", _TEXT_TO_IMAGE_QWEN)
        ),
    )
    prompt_extend: bool | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/prompt_extend/type", Type("boolean"), "documented", _TEXT_TO_IMAGE_QWEN)
        ),
    )
    negative_prompt: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/prompt/negative_prompt/type", Type("string"), "documented", _TEXT_TO_IMAGE_QWEN),
            Rule("generateImages/prompt/negative_prompt/maxLength", MaxLength(500), "documented", _TEXT_TO_IMAGE_QWEN),
        ),
    )
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
