"""The request model `EditImageMultipart`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .._runtime.request import Request
from .._runtime.rules import (
    AdditionalProperties,
    Enum,
    Image,
    MaxLength,
    MinLength,
    Required,
    Rule,
    Rules,
    Type,
)
from .._runtime.types import UNSET, FileInput, Unset
from ._aspect_ratio import AspectRatio
from ._model import Model
from ._model_id import ModelId
from ._output_format import OutputFormat
from ._quality import Quality
from ._resolution import Resolution

_PUBLISHED = "Venice, public OpenAPI description"
_IMAGE_EDIT = "Venice, image edit"


@frozen(kw_only=True)
class EditImageMultipart(Request):
    """Image edit, file.

    An edit whose image is given as a file.

    Attributes:
        image: The image to edit, as a file. A file, 65536 to 33177600 pixels, at most 26214399 bytes.
        prompt: What to change. Short and descriptive works best. A model may take fewer characters:
            `promptCharacterLimit` in the models list. At least 1 character; at most 32768 characters.
        aspect_ratio: The output's aspect ratio; give it where exact dimensions matter. Absent or
            `auto`, a model that needs one takes the closest to the input's. Not every model knows every
            ratio: see the models list. One of auto, 1:1, 3:2, 16:9, 21:9, 9:16, 2:3, 3:4, 4:5.
        resolution: The output's resolution tier, e.g. `1K`, `2K`, `4K`. Not every model knows every
            tier: see the models list. At least 1 character; at most 10 characters. Known: 1K, 2K, 4K.
            Absent, the API takes 1K.
        model: The model that edits. New ones come often, so that any name is taken. Each has its price
            in the models list; qwen-edit costs 0.04 US dollars an edit. At least 1 character. Known:
            firered-image-edit, qwen-edit, qwen-edit-uncensored, grok-imagine-edit,
            grok-imagine-quality-edit, qwen-image-2-edit, qwen-image-2-pro-edit, wan-2-7-pro-edit,
            flux-2-max-edit, gpt-image-2-edit, gpt-image-1-5-edit, nano-banana-2-edit, nano-banana-pro-edit,
            seedream-v5-lite-edit, seedream-v4-edit. Absent, the API takes firered-image-edit.
        model_id: The older spelling of `model`; works alone. At least 1 character. Known:
            firered-image-edit, qwen-edit, qwen-edit-uncensored, grok-imagine-edit,
            grok-imagine-quality-edit, qwen-image-2-edit, qwen-image-2-pro-edit, wan-2-7-pro-edit,
            flux-2-max-edit, gpt-image-2-edit, gpt-image-1-5-edit, nano-banana-2-edit, nano-banana-pro-edit,
            seedream-v5-lite-edit, seedream-v4-edit. Deprecated.
        output_format: The output's file format. Absent, it follows the resolution, PNG for 1K, JPEG for
            2K and 4K. One of jpeg, jpg, png, webp.
        quality: Trades fidelity against price. For now gpt-image-2-edit alone has such tiers, and other
            models ignore the field. Absent, the model's own default is used and billed (gpt-image-2-edit:
            high). The price of each tier stands in the models list, by resolution, under
            `model_spec.pricing.quality`. One of low, medium, high.
        safe_mode: Whether images classed as adult content are blurred. Absent, the API takes true.

    Source: Venice, public OpenAPI description; Venice, image edit.
    """

    image: FileInput = field(
        validator=Rules(
            Rule("editImage/multipart/image/required", Required(), "published", _PUBLISHED),
            Rule(
                "editImage/multipart/image/x-image",
                Image(forms=("file",), min_pixels=65536, max_pixels=33177600, max_bytes=26214399),
                "documented",
                _IMAGE_EDIT,
            ),
        )
    )
    prompt: str = field(
        validator=Rules(
            Rule("editImage/multipart/prompt/required", Required(), "published", _PUBLISHED),
            Rule("editImage/multipart/prompt/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/prompt/minLength", MinLength(1), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/prompt/maxLength", MaxLength(32768), "documented", _IMAGE_EDIT),
        )
    )
    aspect_ratio: AspectRatio | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImage/multipart/aspect_ratio/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule(
                "editImage/multipart/aspect_ratio/enum",
                Enum("auto", "1:1", "3:2", "16:9", "21:9", "9:16", "2:3", "3:4", "4:5"),
                "documented",
                _IMAGE_EDIT,
            ),
        ),
    )
    resolution: Resolution | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImage/multipart/resolution/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/resolution/minLength", MinLength(1), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/resolution/maxLength", MaxLength(10), "documented", _IMAGE_EDIT),
        ),
    )
    model: Model | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImage/multipart/model/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/model/minLength", MinLength(1), "documented", _IMAGE_EDIT),
        ),
    )
    model_id: ModelId | Unset = field(
        default=UNSET,
        metadata={"name": "modelId", "deprecated": "modelId is deprecated; use model instead."},
        validator=Rules(
            Rule("editImage/multipart/modelId/type", Type("string"), "published", _PUBLISHED),
            Rule("editImage/multipart/modelId/minLength", MinLength(1), "published", _PUBLISHED),
        ),
    )
    output_format: OutputFormat | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImage/multipart/output_format/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule(
                "editImage/multipart/output_format/enum", Enum("jpeg", "jpg", "png", "webp"), "documented", _IMAGE_EDIT
            ),
        ),
    )
    quality: Quality | Unset = field(
        default=UNSET,
        validator=Rules(
            Rule("editImage/multipart/quality/type", Type("string"), "documented", _IMAGE_EDIT),
            Rule("editImage/multipart/quality/enum", Enum("low", "medium", "high"), "documented", _IMAGE_EDIT),
        ),
    )
    safe_mode: bool | Unset = field(
        default=UNSET,
        validator=Rules(Rule("editImage/multipart/safe_mode/type", Type("boolean"), "published", _PUBLISHED)),
    )
    additional_properties: Mapping[str, Any] = field(
        factory=dict[str, Any],
        validator=Rules(
            Rule(
                "editImage/multipart/additionalProperties",
                AdditionalProperties(
                    "image",
                    "prompt",
                    "aspect_ratio",
                    "resolution",
                    "model",
                    "modelId",
                    "output_format",
                    "quality",
                    "safe_mode",
                ),
                "published",
                _PUBLISHED,
            )
        ),
    )
