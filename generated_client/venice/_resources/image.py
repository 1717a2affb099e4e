"""Edit an image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from os import PathLike
from typing import Any, Literal, overload

from .._client import AsyncVenice, Venice
from .._operations.edit_image import OPERATION as EDIT_IMAGE
from .._runtime.forms import of_all_forms
from .._runtime.many import AsyncOutcomes, Outcomes, amany, many
from .._runtime.raw_response import adetailed, detailed, detailing
from .._runtime.types import UNSET, FileInput, Unset
from ..models._aspect_ratio import AspectRatio
from ..models._edit_image_file import EditImageFile
from ..models._edit_image_json import EditImageJson
from ..models._edit_image_multipart import EditImageMultipart
from ..models._model import Model
from ..models._model_id import ModelId
from ..models._output_format import OutputFormat
from ..models._quality import Quality
from ..models._resolution import Resolution


class Image:
    """Edit an image."""

    def __init__(self, client: Venice) -> None:
        self._client = client

    @overload
    def edit(
        self,
        *,
        image: str | FileInput,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, JSON.

        An edit whose image is given by URL or as base64 data.

        Args:
            image: The image to edit. An http(s) URL or base64 data or a data URI or a file, sent as base64
                data, 65536 to 33177600 pixels, at most 26214399 bytes.
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

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
        content_type: Literal["multipart/form-data"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    @of_all_forms
    def edit(self, **fields: Any) -> EditImageFile:
        """Edit an image by a prompt.

        Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
        an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
        one is asked for.

        It takes 2 forms of a request, each of which has an overload.
        """
        return self._client.call(EDIT_IMAGE, fields)

    def edit_many(
        self,
        requests: Iterable[EditImageJson | EditImageMultipart | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> Outcomes[EditImageFile]:
        """Many calls of `edit` at once.

        Each request has its outcome. A failure is one too, and the other calls go on; only after an error that every
        further request would meet, such as a missing key or an empty balance, nothing more is sent, and it is raised
        in the end. However the iteration ends, what is under way is waited for, since it is paid for.

        Args:
            requests: What each call sends: a model, or the arguments of `edit` by name. It may be a
                generator, which is read as calls become free.
            concurrency: How many calls are under way at once.
            folder: Where images are saved, beside a record of what was done: a later run with the same folder goes on
                where this one ended, and doesn't send again what was sent. Absent, nothing is saved.
            retry_lost_answers: Whether a request is sent again whose answer was lost. It may be billed twice.

        Returns:
            The outcomes, as they are ready: to be iterated, or first entered with `with`. Nothing is sent
            before the first is asked for.

        Raises:
            ValueError: The concurrency isn't at least 1.
        """
        return many(
            self._client,
            EDIT_IMAGE,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @cached_property
    def with_raw_response(self) -> ImageWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return ImageWithRawResponse(self._client)


class ImageWithRawResponse:
    """The methods of `Image`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: Venice) -> None:
        plain = Image(detailing(client))
        self.edit = detailed(plain.edit)


class AsyncImage:
    """Edit an image."""

    def __init__(self, client: AsyncVenice) -> None:
        self._client = client

    @overload
    async def edit(
        self,
        *,
        image: str | FileInput,
        prompt: str,
        aspect_ratio: AspectRatio | Unset = UNSET,
        resolution: Resolution | Unset = UNSET,
        model: Model | Unset = UNSET,
        model_id: ModelId | Unset = UNSET,
        output_format: OutputFormat | Unset = UNSET,
        quality: Quality | Unset = UNSET,
        safe_mode: bool | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> EditImageFile:
        """Image edit, JSON.

        An edit whose image is given by URL or as base64 data.

        Args:
            image: The image to edit. An http(s) URL or base64 data or a data URI or a file, sent as base64
                data, 65536 to 33177600 pixels, at most 26214399 bytes.
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

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
        content_type: Literal["multipart/form-data"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited image.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: Venice, public OpenAPI description; Venice, image edit.
        """

    @of_all_forms
    async def edit(self, **fields: Any) -> EditImageFile:
        """Edit an image by a prompt.

        Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
        an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
        one is asked for.

        It takes 2 forms of a request, each of which has an overload.
        """
        return await self._client.call(EDIT_IMAGE, fields)

    def edit_many(
        self,
        requests: Iterable[EditImageJson | EditImageMultipart | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> AsyncOutcomes[EditImageFile]:
        """Many calls of `edit` at once.

        Each request has its outcome. A failure is one too, and the other calls go on; only after an error that every
        further request would meet, such as a missing key or an empty balance, nothing more is sent, and it is raised
        in the end. However the iteration ends, what is under way is waited for, since it is paid for.

        Args:
            requests: What each call sends: a model, or the arguments of `edit` by name. It may be a
                generator, which is read as calls become free.
            concurrency: How many calls are under way at once.
            folder: Where images are saved, beside a record of what was done: a later run with the same folder goes on
                where this one ended, and doesn't send again what was sent. Absent, nothing is saved.
            retry_lost_answers: Whether a request is sent again whose answer was lost. It may be billed twice.

        Returns:
            The outcomes, as they are ready: to be iterated, or first entered with `async with`. Nothing is sent
            before the first is asked for.

        Raises:
            ValueError: The concurrency isn't at least 1.
        """
        return amany(
            self._client,
            EDIT_IMAGE,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @cached_property
    def with_raw_response(self) -> AsyncImageWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return AsyncImageWithRawResponse(self._client)


class AsyncImageWithRawResponse:
    """The methods of `AsyncImage`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: AsyncVenice) -> None:
        plain = AsyncImage(detailing(client))
        self.edit = adetailed(plain.edit)
