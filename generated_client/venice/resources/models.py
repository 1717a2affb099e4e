"""The models, with their prices and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .._runtime.types import UNSET, Unset
from ..api.models import list_models
from ..models.model_list import ModelList

if TYPE_CHECKING:
    from ..client import AsyncVenice, Venice


class Models:
    """The models, with their prices and limits."""

    def __init__(self, client: Venice) -> None:
        self._client = client

    def list(
        self,
        *,
        type: Literal["inpaint"] | str | Unset = UNSET,
    ) -> ModelList:
        """List the models, with their prices and limits.

        Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

        Args:
            type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

        Returns:
            The models.

        Raises:
            ImageClientError: See the tree in `errors`.
        """
        return self._client.call(
            list_models.OPERATION,
            {
                "type": type,
            },
        )


class AsyncModels:
    """The models, with their prices and limits."""

    def __init__(self, client: AsyncVenice) -> None:
        self._client = client

    async def list(
        self,
        *,
        type: Literal["inpaint"] | str | Unset = UNSET,
    ) -> ModelList:
        """List the models, with their prices and limits.

        Tells each model's price, the length of prompt it takes, and the ratios and resolutions it knows.

        Args:
            type: Only the models of this type; `inpaint` for those that edit images. Known: inpaint.

        Returns:
            The models.

        Raises:
            ImageClientError: See the tree in `errors`.
        """
        return await self._client.call(
            list_models.OPERATION,
            {
                "type": type,
            },
        )
