"""Make and edit images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import Any, Literal, overload

from .._client import AsyncPowerTokens, PowerTokens
from .._operations.edit_images import OPERATION as EDIT_IMAGES
from .._operations.generate_images import OPERATION as GENERATE_IMAGES
from .._runtime.forms import of_all_forms
from .._runtime.many import AsyncOutcomes, Outcomes, amany, many
from .._runtime.raw_response import adetailed, detailed, detailing
from .._runtime.types import UNSET, FileInput, Unset
from ..models._edit_images_messages import EditImagesMessages
from ..models._edit_images_messages_model import EditImagesMessagesModel
from ..models._edit_images_multipart import EditImagesMultipart
from ..models._edit_images_prompt import EditImagesPrompt
from ..models._extra import Extra
from ..models._generate_images_messages import GenerateImagesMessages
from ..models._generate_images_messages_model import GenerateImagesMessagesModel
from ..models._generate_images_prompt import GenerateImagesPrompt
from ..models._image_input import ImageInput
from ..models._image_model import ImageModel
from ..models._images_response import ImagesResponse
from ..models._palette_color import PaletteColor
from ..models._response_format import ResponseFormat
from ..models._text_input import TextInput


class Images:
    """Make and edit images."""

    def __init__(self, client: PowerTokens) -> None:
        self._client = client

    @overload
    def generate(
        self,
        *,
        model: GenerateImagesMessagesModel,
        input: TextInput | Mapping[str, Any],
        response_format: ResponseFormat | Unset = UNSET,
        size: str | Unset = UNSET,
        n: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        thinking_mode: bool | Unset = UNSET,
        enable_sequential: bool | Unset = UNSET,
        color_palette: Sequence[PaletteColor | Mapping[str, Any]]
        | Iterator[PaletteColor | Mapping[str, Any]]
        | Unset = UNSET,
        seed: int | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Text to image, messages shape.

        Images from one user message, for wan2.7-image-pro.

        Args:
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
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, wan2.7-image-pro; PowerTokens, public OpenAPI description; No
        document, the custom of HTTP services.
        """

    @overload
    def generate(
        self,
        *,
        model: ImageModel,
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Text to image, prompt shape.

        Images from a text, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
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
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, qwen-image-2.0-pro.
        """

    @of_all_forms
    def generate(self, **fields: Any) -> ImagesResponse:
        """Make images from a text.

        Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
        A body that has `input` is read as the messages shape.

        It takes 2 forms of a request, each of which has an overload.
        """
        return self._client.call(GENERATE_IMAGES, fields)

    def generate_many(
        self,
        requests: Iterable[GenerateImagesMessages | GenerateImagesPrompt | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> Outcomes[ImagesResponse]:
        """Many calls of `generate` at once.

        Each request has its outcome. A failure is one too, and the other calls go on; only after an error that every
        further request would meet, such as a missing key or an empty balance, nothing more is sent, and it is raised
        in the end. However the iteration ends, what is under way is waited for, since it is paid for.

        Args:
            requests: What each call sends: a model, or the arguments of `generate` by name. It may be a
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
            GENERATE_IMAGES,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @overload
    def edit(
        self,
        *,
        model: EditImagesMessagesModel,
        input: ImageInput | Mapping[str, Any],
        response_format: ResponseFormat | Unset = UNSET,
        size: str | Unset = UNSET,
        n: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        seed: int | Unset = UNSET,
        bbox_list: Sequence[Sequence[Sequence[int]]] | Iterator[Sequence[Sequence[int]]] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, messages shape.

        Images edited or fused by one user message, for wan2.7-image-pro.

        Args:
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, wan2.7-image-pro; PowerTokens, public OpenAPI description; No
        document, the custom of HTTP services.
        """

    @overload
    def edit(
        self,
        *,
        model: ImageModel,
        prompt: str,
        image: str | FileInput | Sequence[str | FileInput] | Iterator[str | FileInput] | Unset = UNSET,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        extra: Extra | Mapping[str, Any] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape.

        One image edited, or several fused, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
            model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
                wan2.7-image-pro.
            prompt: The effect wanted, in Chinese or English. At most 800 characters.
            image: The image to edit, or several to fuse, in order. At least 1 item; an http(s) URL or
                base64 data or a data URI or a file, sent as base64 data.
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; No document, the custom of HTTP services.
        """

    @overload
    def edit(
        self,
        *,
        model: ImageModel,
        image: FileInput | Sequence[FileInput] | Iterator[FileInput],
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        seed: int | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["multipart/form-data"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape with files.

        The prompt shape of image edit, with the images as files.

        Args:
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; PowerTokens, public OpenAPI description.
        """

    @of_all_forms
    def edit(self, **fields: Any) -> ImagesResponse:
        """Edit an image, or fuse several.

        Takes the prompt shape as JSON or as multipart form data (qwen-image-2.0-pro, wan2.7-image-pro), or the
        messages shape as JSON (wan2.7-image-pro). A body that has `input` is read as the messages shape.

        It takes 3 forms of a request, each of which has an overload.
        """
        return self._client.call(EDIT_IMAGES, fields)

    def edit_many(
        self,
        requests: Iterable[EditImagesMessages | EditImagesPrompt | EditImagesMultipart | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> Outcomes[ImagesResponse]:
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
            EDIT_IMAGES,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @cached_property
    def with_raw_response(self) -> ImagesWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return ImagesWithRawResponse(self._client)


class ImagesWithRawResponse:
    """The methods of `Images`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: PowerTokens) -> None:
        plain = Images(detailing(client))
        self.generate = detailed(plain.generate)
        self.edit = detailed(plain.edit)


class AsyncImages:
    """Make and edit images."""

    def __init__(self, client: AsyncPowerTokens) -> None:
        self._client = client

    @overload
    async def generate(
        self,
        *,
        model: GenerateImagesMessagesModel,
        input: TextInput | Mapping[str, Any],
        response_format: ResponseFormat | Unset = UNSET,
        size: str | Unset = UNSET,
        n: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        thinking_mode: bool | Unset = UNSET,
        enable_sequential: bool | Unset = UNSET,
        color_palette: Sequence[PaletteColor | Mapping[str, Any]]
        | Iterator[PaletteColor | Mapping[str, Any]]
        | Unset = UNSET,
        seed: int | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Text to image, messages shape.

        Images from one user message, for wan2.7-image-pro.

        Args:
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
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, wan2.7-image-pro; PowerTokens, public OpenAPI description; No
        document, the custom of HTTP services.
        """

    @overload
    async def generate(
        self,
        *,
        model: ImageModel,
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Text to image, prompt shape.

        Images from a text, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
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
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, qwen-image-2.0-pro.
        """

    @of_all_forms
    async def generate(self, **fields: Any) -> ImagesResponse:
        """Make images from a text.

        Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
        A body that has `input` is read as the messages shape.

        It takes 2 forms of a request, each of which has an overload.
        """
        return await self._client.call(GENERATE_IMAGES, fields)

    def generate_many(
        self,
        requests: Iterable[GenerateImagesMessages | GenerateImagesPrompt | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> AsyncOutcomes[ImagesResponse]:
        """Many calls of `generate` at once.

        Each request has its outcome. A failure is one too, and the other calls go on; only after an error that every
        further request would meet, such as a missing key or an empty balance, nothing more is sent, and it is raised
        in the end. However the iteration ends, what is under way is waited for, since it is paid for.

        Args:
            requests: What each call sends: a model, or the arguments of `generate` by name. It may be a
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
            GENERATE_IMAGES,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @overload
    async def edit(
        self,
        *,
        model: EditImagesMessagesModel,
        input: ImageInput | Mapping[str, Any],
        response_format: ResponseFormat | Unset = UNSET,
        size: str | Unset = UNSET,
        n: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        seed: int | Unset = UNSET,
        bbox_list: Sequence[Sequence[Sequence[int]]] | Iterator[Sequence[Sequence[int]]] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, messages shape.

        Images edited or fused by one user message, for wan2.7-image-pro.

        Args:
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, wan2.7-image-pro; PowerTokens, public OpenAPI description; No
        document, the custom of HTTP services.
        """

    @overload
    async def edit(
        self,
        *,
        model: ImageModel,
        prompt: str,
        image: str | FileInput | Sequence[str | FileInput] | Iterator[str | FileInput] | Unset = UNSET,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        extra: Extra | Mapping[str, Any] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["application/json"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape.

        One image edited, or several fused, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
            model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
                wan2.7-image-pro.
            prompt: The effect wanted, in Chinese or English. At most 800 characters.
            image: The image to edit, or several to fuse, in order. At least 1 item; an http(s) URL or
                base64 data or a data URI or a file, sent as base64 data.
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; No document, the custom of HTTP services.
        """

    @overload
    async def edit(
        self,
        *,
        model: ImageModel,
        image: FileInput | Sequence[FileInput] | Iterator[FileInput],
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        seed: int | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
        content_type: Literal["multipart/form-data"] | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape with files.

        The prompt shape of image edit, with the images as files.

        Args:
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
            content_type: The media type to send. Absent, it is chosen by what is given: files go as multipart form
                data.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; PowerTokens, public OpenAPI description.
        """

    @of_all_forms
    async def edit(self, **fields: Any) -> ImagesResponse:
        """Edit an image, or fuse several.

        Takes the prompt shape as JSON or as multipart form data (qwen-image-2.0-pro, wan2.7-image-pro), or the
        messages shape as JSON (wan2.7-image-pro). A body that has `input` is read as the messages shape.

        It takes 3 forms of a request, each of which has an overload.
        """
        return await self._client.call(EDIT_IMAGES, fields)

    def edit_many(
        self,
        requests: Iterable[EditImagesMessages | EditImagesPrompt | EditImagesMultipart | Mapping[str, Any]],
        *,
        concurrency: int = 8,
        folder: str | PathLike[str] | None = None,
        retry_lost_answers: bool = False,
    ) -> AsyncOutcomes[ImagesResponse]:
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
            EDIT_IMAGES,
            requests,
            concurrency=concurrency,
            folder=folder,
            retry_lost_answers=retry_lost_answers,
        )

    @cached_property
    def with_raw_response(self) -> AsyncImagesWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return AsyncImagesWithRawResponse(self._client)


class AsyncImagesWithRawResponse:
    """The methods of `AsyncImages`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: AsyncPowerTokens) -> None:
        plain = AsyncImages(detailing(client))
        self.generate = adetailed(plain.generate)
        self.edit = adetailed(plain.edit)
