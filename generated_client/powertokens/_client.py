"""The clients: PowerTokens and its asynchronous twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import httpx

from . import _resources
from ._runtime.client import AsyncClient, SyncClient
from ._runtime.credentials import (
    Credential,
    bearer,
    checked,
)
from ._version import __version__

_BASE_URL = "https://api.powertokens.ai"
_BASE_URL_VARIABLE = "POWERTOKENS_BASE_URL"
_USER_AGENT = f"powertokens-python/{__version__} (spec 1.0.0)"


class PowerTokens(SyncClient):
    """Text to image and image editing with Alibaba's Qwen and Wan models.

    A gateway in front of the model provider's native API. Two request shapes share each URL: the prompt shape,
    flat and in the manner of OpenAI's images API, and the messages shape, in the manner of the native API.

    Args:
        api_key: The API key, or a function that returns it, asked anew for each attempt. Absent, the
            environment variable POWERTOKENS_API_KEY is read.
        base_url: Where the API is. Absent, the environment variable POWERTOKENS_BASE_URL is read, then
            https://api.powertokens.ai is taken.
        timeout: Seconds, or httpx.Timeout, for each wait. Absent, 5 s to connect, and 300 s to read, long enough for
            an image.
        deadline: Seconds that a call may take in all, its repeats and pauses included; None for any time.
        max_retries: How often an attempt is repeated that surely was not carried out: never connected, 429 or 503.
        retry_lost_answers: Whether a request is repeated whose answer was lost. It may be billed twice.
        validate: Whether requests are judged before they are sent.
        http_client: An httpx client to send with; it is not closed. What it signs in with counts where no credentials
            of this client do.

    Raises:
        ValueError: An argument isn't as it must be.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        base_url: str | None = None,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | None = 600,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        validate: bool = True,
        http_client: httpx.Client | None = None,
    ) -> None:
        credentials = _credentials(api_key)
        del api_key  # so that no traceback with variables shows a secret
        super().__init__(
            base_url=base_url,
            default_base_url=_BASE_URL,
            base_url_variable=_BASE_URL_VARIABLE,
            credentials=checked(credentials),
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            retry_lost_answers=retry_lost_answers,
            validate=validate,
            http_client=http_client,
            user_agent=_USER_AGENT,
        )

    @cached_property
    def images(self) -> _resources.Images:
        """Make and edit images."""
        return _resources.Images(self)


class AsyncPowerTokens(AsyncClient):
    """Text to image and image editing with Alibaba's Qwen and Wan models.

    A gateway in front of the model provider's native API. Two request shapes share each URL: the prompt shape,
    flat and in the manner of OpenAI's images API, and the messages shape, in the manner of the native API.

    Every call is awaited; otherwise it is as PowerTokens.

    Args:
        api_key: The API key, or a function that returns it, asked anew for each attempt. Absent, the
            environment variable POWERTOKENS_API_KEY is read.
        base_url: Where the API is. Absent, the environment variable POWERTOKENS_BASE_URL is read, then
            https://api.powertokens.ai is taken.
        timeout: Seconds, or httpx.Timeout, for each wait. Absent, 5 s to connect, and 300 s to read, long enough for
            an image.
        deadline: Seconds that a call may take in all, its repeats and pauses included; None for any time.
        max_retries: How often an attempt is repeated that surely was not carried out: never connected, 429 or 503.
        retry_lost_answers: Whether a request is repeated whose answer was lost. It may be billed twice.
        validate: Whether requests are judged before they are sent.
        http_client: An httpx client to send with; it is not closed. What it signs in with counts where no credentials
            of this client do.

    Raises:
        ValueError: An argument isn't as it must be.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        base_url: str | None = None,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | None = 600,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        validate: bool = True,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        credentials = _credentials(api_key)
        del api_key  # so that no traceback with variables shows a secret
        super().__init__(
            base_url=base_url,
            default_base_url=_BASE_URL,
            base_url_variable=_BASE_URL_VARIABLE,
            credentials=checked(credentials),
            timeout=timeout,
            deadline=deadline,
            max_retries=max_retries,
            retry_lost_answers=retry_lost_answers,
            validate=validate,
            http_client=http_client,
            user_agent=_USER_AGENT,
        )

    @cached_property
    def images(self) -> _resources.AsyncImages:
        """Make and edit images."""
        return _resources.AsyncImages(self)


def _credentials(
    api_key: str | Callable[[], str] | None,
) -> Mapping[str, Credential]:
    """The credentials that the client has, and those that it might have had, by the security scheme's name."""
    return {
        "bearerAuth": bearer(api_key, argument="api_key", variable="POWERTOKENS_API_KEY"),
    }
