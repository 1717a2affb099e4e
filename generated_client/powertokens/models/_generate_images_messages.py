"""The request model `GenerateImagesMessages`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import (
    Condition,
    Const,
    Enum,
    Maximum,
    MaxItems,
    Minimum,
    MinItems,
    Pattern,
    Present,
    Required,
    Rule,
    Rules,
    Type,
)
from .._runtime.types import UNSET, Unset
from ._generate_images_messages_model import GenerateImagesMessagesModel
from ._palette_color import PaletteColor
from ._response_format import ResponseFormat
from ._text_input import TextInput

_TEXT_TO_IMAGE_WAN = "PowerTokens, text to image, wan2.7-image-pro"
_PUBLISHED = "PowerTokens, public OpenAPI description"
_COMMON_SENSE = "No document, the custom of HTTP services"


@frozen(kw_only=True)
class GenerateImagesMessages(Request):
    """Text to image, messages shape.

    Images from one user message, for wan2.7-image-pro.

    Attributes:
        model: The image model. One of wan2.7-image-pro.
        input: The message that describes the image.
        response_format: How the images come back, as download links (`url`) or as base64 data
            (`b64_json`). One of url, b64_json. Absent, the API takes url.
        size: Size of the image, as a tier (`1K`, `2K`, `4K`) or in pixels, written as `W*H`. Of the
            form `^([124]K|0*[1-9][0-9]*\\*0*[1-9][0-9]*)$`. Absent, the API takes 1K.
        n: Number of images. More than 4 only as a sequential set. At least 1; at most 12; at most 4
            unless enable_sequential is true.
        watermark: Whether the image carries a watermark. An explicit false is passed on. Absent, the
            API takes false.
        thinking_mode: Whether the model reasons about the prompt first.
        enable_sequential: Whether the images form a sequential set.
        color_palette: The colours that should prevail.
        seed: Random seed. An explicit 0 is passed on. At least 0.
        additional_properties: Fields that the API doesn't document, sent as they are.

    Source: PowerTokens, text to image, wan2.7-image-pro; PowerTokens, public OpenAPI description; No
    document, the custom of HTTP services.
    """

    model: GenerateImagesMessagesModel = field(
        validator=Rules(
            Rule("generateImages/messages/model/required", Required(), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/model/type", Type("string"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/model/enum", Enum("wan2.7-image-pro"), "documented", _TEXT_TO_IMAGE_WAN),
        )
    )
    input: TextInput | Mapping[str, Any] = field(
        validator=Rules(
            Rule("generateImages/messages/input/required", Required(), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/input/type", Type("object"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/input.messages/required", Required(), "published", _PUBLISHED, at="messages"),
            Rule("generateImages/messages/input.messages/type", Type("array"), "published", _PUBLISHED, at="messages"),
            Rule(
                "generateImages/messages/input.messages/minItems", MinItems(1), "published", _PUBLISHED, at="messages"
            ),
            Rule(
                "generateImages/messages/input.messages/maxItems", MaxItems(1), "published", _PUBLISHED, at="messages"
            ),
            Rule(
                "generateImages/messages/input.messages.-/type",
                Type("object"),
                "published",
                _PUBLISHED,
                at="messages[]",
            ),
            Rule(
                "generateImages/messages/input.messages.-.role/required",
                Required(),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content/required",
                Required(),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "generateImages/messages/input.messages.-.role/type",
                Type("string"),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "generateImages/messages/input.messages.-.role/enum",
                Enum("user"),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content/type",
                Type("array"),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content/minItems",
                MinItems(1),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content/maxItems",
                MaxItems(1),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content.-/type",
                Type("object"),
                "published",
                _PUBLISHED,
                at="messages[].content[]",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content.-.text/required",
                Required(),
                "published",
                _PUBLISHED,
                at="messages[].content[].text",
            ),
            Rule(
                "generateImages/messages/input.messages.-.content.-.text/type",
                Type("string"),
                "published",
                _PUBLISHED,
                at="messages[].content[].text",
            ),
        )
    )
    response_format: ResponseFormat | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/response_format/type", Type("string"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule(
                "generateImages/messages/response_format/enum",
                Enum("url", "b64_json"),
                "documented",
                _TEXT_TO_IMAGE_WAN,
            ),
        ),
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/size/type", Type("string"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule(
                "generateImages/messages/size/pattern",
                Pattern(r"^([124]K|0*[1-9][0-9]*\*0*[1-9][0-9]*)$"),
                "assumed",
                _COMMON_SENSE,
            ),
        ),
    )
    n: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/n/type", Type("integer"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/n/minimum", Minimum(1), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/n/maximum", Maximum(12), "documented", _TEXT_TO_IMAGE_WAN),
            Rule(
                "generateImages/messages/n/maximum/unless-enable_sequential-true",
                Maximum(4),
                "documented",
                _TEXT_TO_IMAGE_WAN,
                unless=Condition("enable_sequential is true", enable_sequential=[Present(), Const(True)]),
            ),
        ),
    )
    watermark: bool | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/watermark/type", Type("boolean"), "documented", _TEXT_TO_IMAGE_WAN)
        ),
    )
    thinking_mode: bool | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/thinking_mode/type", Type("boolean"), "documented", _TEXT_TO_IMAGE_WAN)
        ),
    )
    enable_sequential: bool | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/enable_sequential/type", Type("boolean"), "documented", _TEXT_TO_IMAGE_WAN)
        ),
    )
    color_palette: Sequence[PaletteColor | Mapping[str, Any]] | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/color_palette/type", Type("array"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule(
                "generateImages/messages/color_palette.-/type",
                Type("object"),
                "documented",
                _TEXT_TO_IMAGE_WAN,
                at="[]",
            ),
            Rule(
                "generateImages/messages/color_palette.-.hex/required", Required(), "published", _PUBLISHED, at="[].hex"
            ),
            Rule(
                "generateImages/messages/color_palette.-.ratio/required",
                Required(),
                "published",
                _PUBLISHED,
                at="[].ratio",
            ),
            Rule(
                "generateImages/messages/color_palette.-.hex/type", Type("string"), "published", _PUBLISHED, at="[].hex"
            ),
            Rule(
                "generateImages/messages/color_palette.-.ratio/type",
                Type("string"),
                "published",
                _PUBLISHED,
                at="[].ratio",
            ),
            Rule(
                "generateImages/messages/color_palette.-.ratio/pattern",
                Pattern(r"^[0-9]+(\.[0-9]+)?%$"),
                "assumed",
                _COMMON_SENSE,
                at="[].ratio",
            ),
        ),
    )
    seed: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("generateImages/messages/seed/type", Type("integer"), "documented", _TEXT_TO_IMAGE_WAN),
            Rule("generateImages/messages/seed/minimum", Minimum(0), "documented", _TEXT_TO_IMAGE_WAN),
        ),
    )
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
