"""The request model `EditImagesMessages`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import (
    AnyOf,
    Check,
    Enum,
    Image,
    Maximum,
    MaxItems,
    Minimum,
    MinItems,
    Pattern,
    Required,
    Rule,
    Rules,
    Type,
)
from .._runtime.types import UNSET, Unset
from ._edit_images_messages_model import EditImagesMessagesModel
from ._image_input import ImageInput
from ._response_format import ResponseFormat

_IMAGE_EDIT_WAN = "PowerTokens, image edit, wan2.7-image-pro"
_PUBLISHED = "PowerTokens, public OpenAPI description"
_COMMON_SENSE = "No document, the custom of HTTP services"


@frozen(kw_only=True)
class EditImagesMessages(Request):
    """Image edit, messages shape.

    Images edited or fused by one user message, for wan2.7-image-pro.

    Attributes:
        model: The image model. One of wan2.7-image-pro.
        input: The message that carries the images and says what to do with them.
        response_format: How the images come back, as download links (`url`) or as base64 data
            (`b64_json`). One of url, b64_json. Absent, the API takes url.
        size: Size of the image. A tier such as `1K` or `2K` is recommended; pixels are written as
            `W*H`. Of the form `^([124]K|0*[1-9][0-9]*\\*0*[1-9][0-9]*)$`. Absent, the API takes 1K.
        n: Number of images. At least 1; at most 4.
        watermark: Whether the image carries a watermark. Absent, the API takes false.
        negative_prompt: What the image should not show.
        seed: Random seed. At least 0; at most 2147483647. Absent, the API takes 0.
        bbox_list: The regions to edit: per input image, in order, a list of boxes, each `[x1, y1, x2,
            y2]`.
        additional_properties: Fields that the API doesn't document, sent as they are.

    Source: PowerTokens, image edit, wan2.7-image-pro; PowerTokens, public OpenAPI description; No document,
    the custom of HTTP services.
    """

    model: EditImagesMessagesModel = field(
        validator=Rules(
            Rule("editImages/messages/model/required", Required(), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/model/type", Type("string"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/model/enum", Enum("wan2.7-image-pro"), "documented", _IMAGE_EDIT_WAN),
        )
    )
    input: ImageInput | Mapping[str, Any] = field(
        validator=Rules(
            Rule("editImages/messages/input/required", Required(), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/input/type", Type("object"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/input.messages/required", Required(), "published", _PUBLISHED, at="messages"),
            Rule("editImages/messages/input.messages/type", Type("array"), "published", _PUBLISHED, at="messages"),
            Rule("editImages/messages/input.messages/minItems", MinItems(1), "published", _PUBLISHED, at="messages"),
            Rule("editImages/messages/input.messages/maxItems", MaxItems(1), "published", _PUBLISHED, at="messages"),
            Rule("editImages/messages/input.messages.-/type", Type("object"), "published", _PUBLISHED, at="messages[]"),
            Rule(
                "editImages/messages/input.messages.-.role/required",
                Required(),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "editImages/messages/input.messages.-.content/required",
                Required(),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "editImages/messages/input.messages.-.role/type",
                Type("string"),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "editImages/messages/input.messages.-.role/enum",
                Enum("user"),
                "published",
                _PUBLISHED,
                at="messages[].role",
            ),
            Rule(
                "editImages/messages/input.messages.-.content/type",
                Type("array"),
                "published",
                _PUBLISHED,
                at="messages[].content",
            ),
            Rule(
                "editImages/messages/input.messages.-.content.-/type",
                Type("object"),
                "published",
                _PUBLISHED,
                at="messages[].content[]",
            ),
            Rule(
                "editImages/messages/input.messages.-.content.-/anyOf",
                AnyOf([Check("image", Required())], [Check("text", Required())]),
                "published",
                _PUBLISHED,
                at="messages[].content[]",
            ),
            Rule(
                "editImages/messages/input.messages.-.content.-.image/type",
                Type("string"),
                "published",
                _PUBLISHED,
                at="messages[].content[].image",
            ),
            Rule(
                "editImages/messages/input.messages.-.content.-.image/x-image",
                Image(
                    forms=(
                        "url",
                        "base64",
                        "data-uri",
                    )
                ),
                "assumed",
                _COMMON_SENSE,
                at="messages[].content[].image",
            ),
            Rule(
                "editImages/messages/input.messages.-.content.-.text/type",
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
            Rule("editImages/messages/response_format/type", Type("string"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/response_format/enum", Enum("url", "b64_json"), "documented", _IMAGE_EDIT_WAN),
        ),
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/messages/size/type", Type("string"), "documented", _IMAGE_EDIT_WAN),
            Rule(
                "editImages/messages/size/pattern",
                Pattern(r"^([124]K|0*[1-9][0-9]*\*0*[1-9][0-9]*)$"),
                "assumed",
                _COMMON_SENSE,
            ),
        ),
    )
    n: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/messages/n/type", Type("integer"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/n/minimum", Minimum(1), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/n/maximum", Maximum(4), "documented", _IMAGE_EDIT_WAN),
        ),
    )
    watermark: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImages/messages/watermark/type", Type("boolean"), "documented", _IMAGE_EDIT_WAN)),
    )
    negative_prompt: str | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/messages/negative_prompt/type", Type("string"), "documented", _IMAGE_EDIT_WAN)
        ),
    )
    seed: int | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/messages/seed/type", Type("integer"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/seed/minimum", Minimum(0), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/seed/maximum", Maximum(2147483647), "documented", _IMAGE_EDIT_WAN),
        ),
    )
    bbox_list: Sequence[Sequence[Sequence[int]]] | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImages/messages/bbox_list/type", Type("array"), "documented", _IMAGE_EDIT_WAN),
            Rule("editImages/messages/bbox_list.-/type", Type("array"), "documented", _IMAGE_EDIT_WAN, at="[]"),
            Rule("editImages/messages/bbox_list.-.-/type", Type("array"), "documented", _IMAGE_EDIT_WAN, at="[][]"),
            Rule("editImages/messages/bbox_list.-.-/minItems", MinItems(4), "published", _PUBLISHED, at="[][]"),
            Rule("editImages/messages/bbox_list.-.-/maxItems", MaxItems(4), "published", _PUBLISHED, at="[][]"),
            Rule(
                "editImages/messages/bbox_list.-.-.-/type", Type("integer"), "documented", _IMAGE_EDIT_WAN, at="[][][]"
            ),
        ),
    )
    additional_properties: Mapping[str, Any] = field(factory=dict[str, Any])
