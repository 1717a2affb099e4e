"""`listModels`: what the client knows of it, and the functions that call it."""

from __future__ import annotations

from typing import Literal

from .._client import AsyncVenice, Venice
from .._runtime.client import awaited, blocking
from .._runtime.operation import Operation
from .._runtime.response import Response
from .._runtime.types import UNSET, Unset
from ..models._error import Error
from ..models._list_models_parameters import ListModelsParameters
from ..models._model_list import ModelList

OPERATION: Operation[ModelList] = Operation(
    id="listModels",
    method="GET",
    path="/api/v1/models",
    answers={
        "200": {
            "application/json": ModelList,
        },
        "401": {
            "application/json": Error,
        },
        "429": {
            "application/json": Error,
        },
        "500": {
            "application/json": Error,
        },
    },
    security=(
        (),
        ("bearerAuth",),
    ),
    parameters=ListModelsParameters,
    called="client.models.list",
)


def sync_detailed(
    *,
    client: Venice,
    type: Literal["inpaint"] | str | Unset = UNSET,
) -> Response[ModelList]:
    """List the models, with their prices and limits.

    Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

    Args:
        client: The client that sends the request.
        type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

    Returns:
        The answer, with its status and headers.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return blocking(client).send_detailed(
        OPERATION,
        parameters=ListModelsParameters(
            type=type,
        ),
    )


def sync(
    *,
    client: Venice,
    type: Literal["inpaint"] | str | Unset = UNSET,
) -> ModelList:
    """List the models, with their prices and limits.

    Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

    Args:
        client: The client that sends the request.
        type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

    Returns:
        The models.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return blocking(client).send(
        OPERATION,
        parameters=ListModelsParameters(
            type=type,
        ),
    )


async def asyncio_detailed(
    *,
    client: AsyncVenice,
    type: Literal["inpaint"] | str | Unset = UNSET,
) -> Response[ModelList]:
    """List the models, with their prices and limits.

    Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

    Args:
        client: The client that sends the request.
        type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

    Returns:
        The answer, with its status and headers.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return await awaited(client).send_detailed(
        OPERATION,
        parameters=ListModelsParameters(
            type=type,
        ),
    )


async def asyncio(
    *,
    client: AsyncVenice,
    type: Literal["inpaint"] | str | Unset = UNSET,
) -> ModelList:
    """List the models, with their prices and limits.

    Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

    Args:
        client: The client that sends the request.
        type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

    Returns:
        The models.

    Raises:
        ImageClientError: See the tree in `errors`.
        TypeError: The client is of the other kind, or of another API.
    """
    return await awaited(client).send(
        OPERATION,
        parameters=ListModelsParameters(
            type=type,
        ),
    )
