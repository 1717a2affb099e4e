"""What the project's own client, and a client called in-process, make of faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from generated_client.powertokens import PowerTokens, errors
from generator.mock import DEFAULT_KEY, create_app, transport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generator.mock import RunningMock
    from generator.mock.handle import MockControl

BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}


@pytest.fixture
def client(served: RunningMock) -> Iterator[PowerTokens]:
    with PowerTokens(api_key=served.key, base_url=served.url) as client:
        yield client


def generate(client: PowerTokens) -> object:
    return client.images.generate(model="qwen-image-2.0-pro", prompt="p", size="512*512")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("unauthorized", errors.Unauthorized),
        ("payment-required", errors.PaymentRequired),
        ("server-error", errors.ServerError),
        ("bad-gateway", errors.ServerError),
        ("bad-gateway-html", errors.ServerError),
        ("gateway-timeout", errors.ServerError),
        ("reset", errors.AnswerLost),
        ("reset-after", errors.AnswerLost),
        ("reset=20", errors.AnswerLost),
        ("hang-up", errors.AnswerLost),
        ("truncated", errors.AnswerLost),
        ("truncated-chunked", errors.AnswerLost),
        ("garbage", errors.AnswerLost),
        ("bad-json", errors.AnswerUnreadable),
        ("empty", errors.AnswerUnreadable),
    ],
)
def test_a_fault_is_a_typed_error_and_never_paid_twice(
    client: PowerTokens, mock: MockControl, fault: str, error: type[Exception]
) -> None:
    mock.faults.add(fault)
    with pytest.raises(error):
        generate(client)
    assert [attempt.operation for attempt in mock.attempts()] == ["generateImages"]


def test_an_answer_that_never_comes(served: RunningMock, mock: MockControl) -> None:
    mock.faults.fail_next("timeout")
    with PowerTokens(api_key=served.key, base_url=served.url, timeout=0.2) as client, pytest.raises(errors.AnswerLost):
        generate(client)
    assert len(mock.attempts()) == 1


@pytest.mark.parametrize(
    "fault", ["unknown-enum", "unknown-field", "slow delay=0.01 bytes-per-second=100000", "chunked"]
)
def test_what_a_good_client_lives_with(client: PowerTokens, mock: MockControl, fault: str) -> None:
    mock.faults.add(fault)
    generate(client)
    (attempt,) = mock.attempts()
    assert (attempt.status, attempt.outcome) == (200, "answered")


def test_the_server_sees_how_long_the_client_waited(client: PowerTokens, mock: MockControl) -> None:
    mock.faults.fail_next("rate-limit", times=2, retry_after=0.1)
    generate(client)
    attempts = mock.attempts()
    assert [attempt.status for attempt in attempts] == [429, 429, 200]
    assert all(attempt.pause is not None and attempt.pause >= 0.09 for attempt in attempts[1:])


def test_a_link_that_has_expired(client: PowerTokens, mock: MockControl, tmp_path: Path) -> None:
    mock.faults.fail_next("expired-url")
    result = client.images.generate(model="qwen-image-2.0-pro", prompt="p", response_format="url")
    with pytest.raises(errors.DownloadFailed):
        result.save(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("reset", httpx.ReadError),
        ("reset-after", httpx.ReadError),
        ("hang-up", httpx.RemoteProtocolError),
        ("truncated", httpx.RemoteProtocolError),
        ("garbage", httpx.RemoteProtocolError),
    ],
)
def test_in_process_a_lost_connection_is_the_error_that_a_socket_gives(fault: str, error: type[Exception]) -> None:
    app = create_app()
    app.state.mock.faults.add(fault)
    headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
    with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
        with pytest.raises(error):
            client.post("/v1/images/generations", json=BODY)
        assert client.post("/v1/images/generations", json=BODY).status_code == 200
    assert len(app.state.mock.attempts()) == 2


def test_in_process_without_the_transport_it_is_pythons_own_error() -> None:
    app = create_app()
    app.state.mock.faults.add("reset", "truncated", "server-error")

    async def call() -> None:
        way = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=way, base_url="http://mock") as client:
            for error in (ConnectionResetError, ConnectionAbortedError):
                with pytest.raises(error):
                    await client.post("/v1/images/generations", json=BODY)
            assert (await client.post("/v1/images/generations", json=BODY)).status_code == 500

    asyncio.run(call())
