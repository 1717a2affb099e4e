"""The clients: Venice and its asynchronous twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import httpx

from . import _resources
from ._runtime.client import AsyncClient, SyncClient
from ._runtime.credentials import (
    Credential,
    WalletLike,
    bearer,
    checked,
    wallet_proof,
)
from ._version import __version__

_BASE_URL = "https://api.venice.ai"
_BASE_URL_VARIABLE = "VENICE_BASE_URL"
_USER_AGENT = f"venice-python/{__version__} (spec 1.0.0)"


class Venice(SyncClient):
    """Image editing with many models, paid by account or by wallet.

    Edits one image by a prompt. The answer is the image itself. A caller shows an API key, or signs in with a
    wallet and pays from its x402 balance.

    Args:
        api_key: The API key, or a function that returns it, asked anew for each attempt. Absent, the
            environment variable VENICE_API_KEY is read.
        wallet: A wallet that signs in for each request in the header SIGN-IN-WITH-X: an account of
            eth-account, or a function that returns the header's value.
        legacy_wallet: A wallet that signs in for each request in the header X-Sign-In-With-X: an account of
            eth-account, or a function that returns the header's value.
        base_url: Where the API is. Absent, the environment variable VENICE_BASE_URL is read, then
            https://api.venice.ai is taken.
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
        CredentialsMissing: What is given is no wallet, or eth-account isn't installed, which signs with it.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        wallet: WalletLike | None = None,
        legacy_wallet: WalletLike | None = None,
        base_url: str | None = None,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | None = 600,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        validate: bool = True,
        http_client: httpx.Client | None = None,
    ) -> None:
        credentials = _credentials(api_key, wallet, legacy_wallet)
        del api_key, wallet, legacy_wallet  # so that no traceback with variables shows a secret
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
    def image(self) -> _resources.Image:
        """Edit an image."""
        return _resources.Image(self)

    @cached_property
    def models(self) -> _resources.Models:
        """The models, with their prices and limits."""
        return _resources.Models(self)


class AsyncVenice(AsyncClient):
    """Image editing with many models, paid by account or by wallet.

    Edits one image by a prompt. The answer is the image itself. A caller shows an API key, or signs in with a
    wallet and pays from its x402 balance.

    Every call is awaited; otherwise it is as Venice.

    Args:
        api_key: The API key, or a function that returns it, asked anew for each attempt. Absent, the
            environment variable VENICE_API_KEY is read.
        wallet: A wallet that signs in for each request in the header SIGN-IN-WITH-X: an account of
            eth-account, or a function that returns the header's value.
        legacy_wallet: A wallet that signs in for each request in the header X-Sign-In-With-X: an account of
            eth-account, or a function that returns the header's value.
        base_url: Where the API is. Absent, the environment variable VENICE_BASE_URL is read, then
            https://api.venice.ai is taken.
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
        CredentialsMissing: What is given is no wallet, or eth-account isn't installed, which signs with it.
    """

    def __init__(
        self,
        api_key: str | Callable[[], str] | None = None,
        *,
        wallet: WalletLike | None = None,
        legacy_wallet: WalletLike | None = None,
        base_url: str | None = None,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | None = 600,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        validate: bool = True,
        http_client: httpx.AsyncClient | None = None,
    ) -> None:
        credentials = _credentials(api_key, wallet, legacy_wallet)
        del api_key, wallet, legacy_wallet  # so that no traceback with variables shows a secret
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
    def image(self) -> _resources.AsyncImage:
        """Edit an image."""
        return _resources.AsyncImage(self)

    @cached_property
    def models(self) -> _resources.AsyncModels:
        """The models, with their prices and limits."""
        return _resources.AsyncModels(self)


def _credentials(
    api_key: str | Callable[[], str] | None,
    wallet: WalletLike | None,
    legacy_wallet: WalletLike | None,
) -> Mapping[str, Credential]:
    """The credentials that the client has, and those that it might have had, by the security scheme's name."""
    return {
        "bearerAuth": bearer(api_key, argument="api_key", variable="VENICE_API_KEY"),
        "signInWithX": wallet_proof("SIGN-IN-WITH-X", wallet, argument="wallet"),
        "legacySignInWithX": wallet_proof("X-Sign-In-With-X", legacy_wallet, argument="legacy_wallet"),
    }
