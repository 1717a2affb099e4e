"""openai-python takes the mock's errors for what they are: its own classes, with code, type, field and request id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import openai
import pytest

from .openai_calls import WAYS, Images

if TYPE_CHECKING:
    from generator.mock import RunningMock


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Blocking and awaited."""
    return str(request.param)


def _raised(images: Images, **arguments: Any) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as caught:
        images.generate(**arguments)
    return caught.value


def test_a_broken_rule(gateway: RunningMock, way: str) -> None:
    error = _raised(Images(gateway, way), n=7)
    assert type(error) is openai.BadRequestError
    assert (error.param, error.code, error.type) == ("n", "bad_request_body", "invalid_request_error")
    assert "must be at most 6" in error.message
    assert re.fullmatch("[0-9a-f]{32}", error.request_id or "")
    assert f"(request id: {error.request_id})" in error.message


def test_a_wrong_key(gateway: RunningMock, way: str) -> None:
    error = _raised(Images(gateway, way, api_key="another"))
    assert type(error) is openai.AuthenticationError
    assert (error.code, error.type) == ("access_denied", "authentication_error")
    assert "another" not in str(error.body)


def test_a_path_that_is_not_there(gateway: RunningMock, way: str) -> None:
    error = _raised(Images(gateway, way, base_url=gateway.url))
    assert type(error) is openai.NotFoundError


def test_a_body_that_is_too_large(gateway: RunningMock, way: str) -> None:
    with pytest.raises(openai.APIStatusError) as caught:
        Images(gateway, way).edit(image=bytes(41_000_000))
    assert (caught.value.status_code, caught.value.code) == (413, "read_request_body_failed")


FAULTS = {
    429: (openai.RateLimitError, "insufficient_user_quota"),
    500: (openai.InternalServerError, "gen_relay_info_failed"),
    502: (openai.InternalServerError, "bad_response_status_code"),
    503: (openai.InternalServerError, "get_channel_failed"),
}


@pytest.mark.parametrize("status", FAULTS)
def test_a_fault_on_request(gateway: RunningMock, way: str, status: int) -> None:
    error = _raised(Images(gateway, way), extra_headers={"X-Mock-Fault": f"status={status}"})
    assert error.status_code == status
    assert (type(error), error.code) == FAULTS[status]


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long openai-python would have waited before each repetition, in seconds. It doesn't wait."""
    kept: list[float] = []
    decide = openai._base_client.BaseClient._calculate_retry_timeout

    def decided(*arguments: Any, **options: Any) -> float:
        kept.append(decide(*arguments, **options))
        return 0.0

    monkeypatch.setattr(openai._base_client.BaseClient, "_calculate_retry_timeout", decided)
    return kept


def test_openai_waits_as_long_as_retry_after_asks(gateway: RunningMock, way: str, pauses: list[float]) -> None:
    images = Images(gateway, way, max_retries=2)
    error = _raised(images, extra_headers={"X-Mock-Fault": "status=429 retry-after=7"})
    assert type(error) is openai.RateLimitError
    assert error.response.headers["Retry-After"] == "7"
    assert pauses == [7.0, 7.0]


def test_a_page_of_html_in_place_of_json(gateway: RunningMock, way: str) -> None:
    error = _raised(Images(gateway, way), extra_headers={"X-Mock-Fault": "bad-gateway-html"})
    assert type(error) is openai.InternalServerError
    assert error.status_code == 502
    assert "<html" in error.response.text.lower()


def test_a_connection_that_is_reset(gateway: RunningMock, way: str) -> None:
    with pytest.raises(openai.APIConnectionError):
        Images(gateway, way).generate(extra_headers={"X-Mock-Fault": "reset=before"})


def test_a_connection_that_is_reset_is_retried(gateway: RunningMock, way: str, pauses: list[float]) -> None:
    with pytest.raises(openai.APIConnectionError):
        Images(gateway, way, max_retries=1).generate(extra_headers={"X-Mock-Fault": "reset=before"})
    assert len(pauses) == 1
