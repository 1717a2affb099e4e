"""Make and edit images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from .._runtime.types import UNSET, FileInput, Unset
from ..api.images import edit_images, generate_images
from ..models.edit_images_messages_model import EditImagesMessagesModel
from ..models.extra import Extra
from ..models.generate_images_messages_model import GenerateImagesMessagesModel
from ..models.image_input import ImageInput
from ..models.image_model import ImageModel
from ..models.images_response import ImagesResponse
from ..models.palette_color import PaletteColor
from ..models.response_format import ResponseFormat
from ..models.text_input import TextInput

if TYPE_CHECKING:
    from ..client import AsyncPowerTokens, PowerTokens


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
        color_palette: Sequence[PaletteColor | Mapping[str, Any]] | Unset = UNSET,
        seed: int | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, qwen-image-2.0-pro.
        """

    def generate(self, **fields: Any) -> ImagesResponse:
        """Make images from a text.

        Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
        A body that has `input` is read as the messages shape.

        The overloads list what each form of the request takes.
        """
        return self._client.call(generate_images.OPERATION, fields)

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
        bbox_list: Sequence[Sequence[Sequence[int]]] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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
        image: str | Sequence[str] | Unset = UNSET,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        extra: Extra | Mapping[str, Any] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape.

        One image edited, or several fused, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
            model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
                wan2.7-image-pro.
            prompt: The effect wanted, in Chinese or English. At most 800 characters.
            image: The image to edit, or several to fuse, in order. An http(s) URL or base64 data or a data
                URI.
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
        image: FileInput | Sequence[FileInput],
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        seed: int | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; PowerTokens, public OpenAPI description.
        """

    def edit(self, **fields: Any) -> ImagesResponse:
        """Edit an image, or fuse several.

        Takes the prompt shape as JSON or as multipart form data (qwen-image-2.0-pro, wan2.7-image-pro), or the
        messages shape as JSON (wan2.7-image-pro). A body that has `input` is read as the messages shape.

        The overloads list what each form of the request takes.
        """
        return self._client.call(edit_images.OPERATION, fields)


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
        color_palette: Sequence[PaletteColor | Mapping[str, Any]] | Unset = UNSET,
        seed: int | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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

        Returns:
            The images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, text to image, qwen-image-2.0-pro.
        """

    async def generate(self, **fields: Any) -> ImagesResponse:
        """Make images from a text.

        Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
        A body that has `input` is read as the messages shape.

        The overloads list what each form of the request takes.
        """
        return await self._client.call(generate_images.OPERATION, fields)

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
        bbox_list: Sequence[Sequence[Sequence[int]]] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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
        image: str | Sequence[str] | Unset = UNSET,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        seed: int | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        extra: Extra | Mapping[str, Any] | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
    ) -> ImagesResponse:
        """Image edit, prompt shape.

        One image edited, or several fused, for qwen-image-2.0-pro and wan2.7-image-pro.

        Args:
            model: The image model. The prompt shape knows both. One of qwen-image-2.0-pro,
                wan2.7-image-pro.
            prompt: The effect wanted, in Chinese or English. At most 800 characters.
            image: The image to edit, or several to fuse, in order. An http(s) URL or base64 data or a data
                URI.
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
        image: FileInput | Sequence[FileInput],
        prompt: str,
        n: int | Unset = UNSET,
        size: str | Unset = UNSET,
        response_format: ResponseFormat | Unset = UNSET,
        watermark: bool | Unset = UNSET,
        seed: int | Unset = UNSET,
        prompt_extend: bool | Unset = UNSET,
        negative_prompt: str | Unset = UNSET,
        additional_properties: Mapping[str, Any] | Unset = UNSET,
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

        Returns:
            The edited images, as links or as base64 data.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.

        Source: PowerTokens, image edit, qwen-image-2.0-pro; PowerTokens, public OpenAPI description.
        """

    async def edit(self, **fields: Any) -> ImagesResponse:
        """Edit an image, or fuse several.

        Takes the prompt shape as JSON or as multipart form data (qwen-image-2.0-pro, wan2.7-image-pro), or the
        messages shape as JSON (wan2.7-image-pro). A body that has `input` is read as the messages shape.

        The overloads list what each form of the request takes.
        """
        return await self._client.call(edit_images.OPERATION, fields)
