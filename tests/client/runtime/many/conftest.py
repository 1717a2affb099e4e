"""A gateway for the tests of many calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime.steps import Pause

from .gateway import Gateway

if TYPE_CHECKING:
    from generator.client.runtime.operation import Operation


@pytest.fixture(params=["sync", "asyncio"])
def gateway(request: pytest.FixtureRequest, make: Operation[Any], monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """A gateway, called in each way."""
    return _reached(Gateway(make, request.param), monkeypatch)


@pytest.fixture
def blocking(make: Operation[Any], monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """A gateway that is called by blocking clients."""
    return _reached(Gateway(make, "sync"), monkeypatch)


@pytest.fixture
def awaited(make: Operation[Any], monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """A gateway that is called by asynchronous clients."""
    return _reached(Gateway(make, "asyncio"), monkeypatch)


def _reached(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    """The gateway, to which links lead too; no pause is waited for."""

    async def ado(_: Pause) -> None:
        return

    monkeypatch.setattr(Pause, "do", lambda _: None)
    monkeypatch.setattr(Pause, "ado", ado)
    web = httpx.MockTransport(gateway.link)
    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: web.handle_request(request))
    monkeypatch.setattr(
        httpx.AsyncHTTPTransport, "handle_async_request", lambda _, request: web.handle_async_request(request)
    )
    return gateway
