"""`generateImages`: what the client knows of it, and the functions that call it."""

from __future__ import annotations

from .._client import AsyncPowerTokens, PowerTokens
from .._runtime.client import awaited, blocking
from .._runtime.operation import Operation, Shape
from .._runtime.response import Response
from ..models._error import Error
from ..models._generate_images_messages import GenerateImagesMessages
from ..models._generate_images_prompt import GenerateImagesPrompt
from ..models._images_response import ImagesResponse

OPERATION: Operation[ImagesResponse] = Operation(
    id="generateImages",
    method="POST",
    path="/v1/images/generations",
    shapes=(
        Shape(GenerateImagesMessages, "application/json", present="input"),
        Shape(GenerateImagesPrompt, "application/json"),
    ),
    answers={
        "200": {
            "application/json": ImagesResponse,
        },
        "400": {
            "application/json": Error,
        },
        "401": {
            "application/json": Error,
        },
        "413": {
            "application/json": Error,
        },
        "429": {
            "application/json": Error,
        },
        "500": {
            "application/json": Error,
        },
        "502": {
            "application/json": Error,
        },
        "503": {
            "application/json": Error,
        },
    },
    security=(("bearerAuth",),),
    called="client.images.generate",
)


def sync_detailed(
    *,
    client: PowerTokens,
    body: GenerateImagesMessages | GenerateImagesPrompt,
) -> Response[ImagesResponse]:
    """Make images from a text.

    Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
    A body that has `input` is read as the messages shape.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The answer, with its status and headers.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return blocking(client).send_detailed(OPERATION, body)


def sync(
    *,
    client: PowerTokens,
    body: GenerateImagesMessages | GenerateImagesPrompt,
) -> ImagesResponse:
    """Make images from a text.

    Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
    A body that has `input` is read as the messages shape.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The images, as links or as base64 data.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return blocking(client).send(OPERATION, body)


async def asyncio_detailed(
    *,
    client: AsyncPowerTokens,
    body: GenerateImagesMessages | GenerateImagesPrompt,
) -> Response[ImagesResponse]:
    """Make images from a text.

    Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
    A body that has `input` is read as the messages shape.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The answer, with its status and headers.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return await awaited(client).send_detailed(OPERATION, body)


async def asyncio(
    *,
    client: AsyncPowerTokens,
    body: GenerateImagesMessages | GenerateImagesPrompt,
) -> ImagesResponse:
    """Make images from a text.

    Takes the prompt shape (qwen-image-2.0-pro, wan2.7-image-pro) or the messages shape (wan2.7-image-pro).
    A body that has `input` is read as the messages shape.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The images, as links or as base64 data.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return await awaited(client).send(OPERATION, body)
