"""`editImage`: what the client knows of it, and the functions that call it."""

from __future__ import annotations

from .._client import AsyncVenice, Venice
from .._runtime.client import awaited, blocking
from .._runtime.operation import Operation, Shape
from .._runtime.response import Response
from ..models._detailed_error import DetailedError
from ..models._edit_image_file import EditImageFile
from ..models._edit_image_json import EditImageJson
from ..models._edit_image_multipart import EditImageMultipart
from ..models._error import Error
from ..models._payment_required import PaymentRequired

OPERATION: Operation[EditImageFile] = Operation(
    id="editImage",
    method="POST",
    path="/api/v1/image/edit",
    shapes=(
        Shape(EditImageJson, "application/json"),
        Shape(EditImageMultipart, "multipart/form-data"),
    ),
    answers={
        "200": {
            "image/png": EditImageFile,
            "image/jpeg": EditImageFile,
            "image/webp": EditImageFile,
        },
        "400": {
            "application/json": DetailedError,
        },
        "401": {
            "application/json": Error,
        },
        "402": {
            "application/json": PaymentRequired,
        },
        "415": {
            "application/json": Error,
        },
        "429": {
            "application/json": Error,
        },
        "500": {
            "application/json": Error,
        },
        "503": {
            "application/json": Error,
        },
    },
    security=(
        ("bearerAuth",),
        ("signInWithX",),
        ("legacySignInWithX",),
    ),
    called="client.image.edit",
)


def sync_detailed(
    *,
    client: Venice,
    body: EditImageJson | EditImageMultipart,
) -> Response[EditImageFile]:
    """Edit an image by a prompt.

    Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
    an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
    one is asked for.

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
    client: Venice,
    body: EditImageJson | EditImageMultipart,
) -> EditImageFile:
    """Edit an image by a prompt.

    Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
    an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
    one is asked for.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The edited image.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return blocking(client).send(OPERATION, body)


async def asyncio_detailed(
    *,
    client: AsyncVenice,
    body: EditImageJson | EditImageMultipart,
) -> Response[EditImageFile]:
    """Edit an image by a prompt.

    Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
    an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
    one is asked for.

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
    client: AsyncVenice,
    body: EditImageJson | EditImageMultipart,
) -> EditImageFile:
    """Edit an image by a prompt.

    Also called inpaint. The image is sent as a file (multipart form data), or in JSON as base64 data or as
    an http(s) URL. Models whose sizes come in tiers take the aspect ratio that fits the input best, unless
    one is asked for.

    Args:
        client: The client that sends the request.
        body: The request. Its class says how it is sent.

    Returns:
        The edited image.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return await awaited(client).send(OPERATION, body)
