"""Makes the httpx clients that images are fetched with. They know no credentials."""

from __future__ import annotations

import httpx

from .tls import ssl_context


def new_client() -> httpx.Client:
    """An httpx client for downloads."""
    return httpx.Client(verify=ssl_context())


def new_async_client() -> httpx.AsyncClient:
    """The asynchronous twin of `new_client`."""
    return httpx.AsyncClient(verify=ssl_context())
