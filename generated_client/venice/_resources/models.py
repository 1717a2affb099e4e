"""The models, with their prices and limits."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from .._client import AsyncVenice, Venice
from .._operations.list_models import OPERATION as LIST_MODELS
from .._runtime.raw_response import adetailed, detailed, detailing
from .._runtime.types import UNSET, Unset
from ..models._model_list import ModelList


class Models:
    """The models, with their prices and limits."""

    def __init__(self, client: Venice) -> None:
        self._client = client

    def list(
        self,
        *,
        type: Literal["inpaint"] | str | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ModelList:
        """List the models, with their prices and limits.

        Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

        Args:
            type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The models.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.
        """
        return self._client.call(
            LIST_MODELS,
            {
                "type": type,
                "validate": validate,
            },
        )

    @cached_property
    def with_raw_response(self) -> ModelsWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return ModelsWithRawResponse(self._client)


class ModelsWithRawResponse:
    """The methods of `Models`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: Venice) -> None:
        plain = Models(detailing(client))
        self.list = detailed(plain.list)


class AsyncModels:
    """The models, with their prices and limits."""

    def __init__(self, client: AsyncVenice) -> None:
        self._client = client

    async def list(
        self,
        *,
        type: Literal["inpaint"] | str | Unset = UNSET,
        validate: bool | Unset = UNSET,
    ) -> ModelList:
        """List the models, with their prices and limits.

        Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

        Args:
            type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.
            validate: False sends what is said, unjudged. Absent, it is as the client is set.

        Returns:
            The models.

        Raises:
            RequestRefused: The request breaks rules, all of which are listed. It was not sent.
            ImageClientError: See the tree in `errors`.
        """
        return await self._client.call(
            LIST_MODELS,
            {
                "type": type,
                "validate": validate,
            },
        )

    @cached_property
    def with_raw_response(self) -> AsyncModelsWithRawResponse:
        """The same methods, which answer with status, headers and bytes, the model as their `parsed`."""
        return AsyncModelsWithRawResponse(self._client)


class AsyncModelsWithRawResponse:
    """The methods of `AsyncModels`, each of which returns a `Response` with status, headers and bytes.

    Its `parsed` is what the plain method returns.
    """

    def __init__(self, client: AsyncVenice) -> None:
        plain = AsyncModels(detailing(client))
        self.list = adetailed(plain.list)
