"""Edit an image."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from .._runtime.types import UNSET, FileInput, Unset
from ..api.image import edit_image
from ..models.aspect_ratio import AspectRatio
from ..models.edit_image_file import EditImageFile
from ..models.model import Model
from ..models.model_id import ModelId
from ..models.output_format import OutputFormat
from ..models.quality import Quality
from ..models.resolution import Resolution

if TYPE_CHECKING:
    from ..client import AsyncVenice, Venice


class Image:
    """Edit an image."""

    def __init__(self, client: Venice) -> None:
        self._client = client

    @overload
    def edit(
        self,
        *,
        image: str,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, JSON.

        An edit whose image is given by URL or as base64 data.

        Args:
            image: The image to edit. An http(s) URL or base64 data or a data URI, 65536 to 33177600 pixels,
                at most 26214399 bytes.
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

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    @overload
    def edit(
        self,
        *,
        image: FileInput,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, file.

        An edit whose image is given as a file.

        Args:
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

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    def edit(self, **fields: Any) -> EditImageFile:
        """Edit an image by a prompt.

        Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
        an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
        one is asked for.

        The overloads list what each form of the request takes.
        """
        return self._client.call(edit_image.OPERATION, fields)


class AsyncImage:
    """Edit an image."""

    def __init__(self, client: AsyncVenice) -> None:
        self._client = client

    @overload
    async def edit(
        self,
        *,
        image: str,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, JSON.

        An edit whose image is given by URL or as base64 data.

        Args:
            image: The image to edit. An http(s) URL or base64 data or a data URI, 65536 to 33177600 pixels,
                at most 26214399 bytes.
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

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    @overload
    async def edit(
        self,
        *,
        image: FileInput,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, file.

        An edit whose image is given as a file.

        Args:
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

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    async def edit(self, **fields: Any) -> EditImageFile:
        """Edit an image by a prompt.

        Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
        an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
        one is asked for.

        The overloads list what each form of the request takes.
        """
        return await self._client.call(edit_image.OPERATION, fields)
