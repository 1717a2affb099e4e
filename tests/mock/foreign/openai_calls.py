"""openai-python's calls of images, blocking and awaited, behind one face."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import openai

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from openai.types import ImagesResponse

    from generator.mock import RunningMock

MODEL: Final = "qwen-image-2.0-pro"
WAYS: Final = ("sync", "async")


class Images:
    """The images of openai-python's client, called in one of `WAYS`."""

    def __init__(self, gateway: RunningMock, way: str, **options: Any) -> None:
        """Prepare.

        Args:
            gateway: The mock.
            way: How the client is called.
            options: The client's own, beside base URL and key.
        """
        self._options = {"api_key": gateway.key, "base_url": f"{gateway.url}/v1", "max_retries": 0, **options}
        self._way = way

    def generate(self, **arguments: Any) -> ImagesResponse:
        """Make images from a text."""
        return self._call(
            lambda client: client.images.generate(**_with_defaults(arguments)),
            lambda client: client.images.generate(**_with_defaults(arguments)),
        )

    def edit(self, **arguments: Any) -> ImagesResponse:
        """Edit images."""
        return self._call(
            lambda client: client.images.edit(**_with_defaults(arguments)),
            lambda client: client.images.edit(**_with_defaults(arguments)),
        )

    def _call(
        self,
        blocking: Callable[[openai.OpenAI], ImagesResponse],
        awaited: Callable[[openai.AsyncOpenAI], Awaitable[ImagesResponse]],
    ) -> ImagesResponse:
        if self._way == "sync":
            with openai.OpenAI(**self._options) as client:
                return blocking(client)

        async def call() -> ImagesResponse:
            async with openai.AsyncOpenAI(**self._options) as client:
                return await awaited(client)

        return asyncio.run(call())


def _with_defaults(arguments: dict[str, Any]) -> dict[str, Any]:
    return {"model": MODEL, "prompt": "A cute orange cat"} | arguments


def upstream(answer: ImagesResponse) -> dict[str, Any]:
    """The request that a gateway would have sent to the model provider, as the answer's metadata shows it."""
    extra = answer.model_extra or {}
    request: dict[str, Any] = extra["metadata"]["request"]
    return request
