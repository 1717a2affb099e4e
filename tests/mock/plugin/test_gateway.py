"""What a test is handed: the gateway as new, and assertions that show what came in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from generator.mock import DEFAULT_KEY
from generator.mock.testing import ImageGateway, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.mock import RunningMock
    from generator.spec import Contract

GENERATIONS = "/v1/images/generations"
MODEL = "qwen-image-2.0-pro"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[RunningMock, Sequence[Contract]]]:
    with serving(seed=3, balance="1.00") as served:
        yield served


@pytest.fixture
def gateway(served: tuple[RunningMock, Sequence[Contract]]) -> Iterator[ImageGateway]:
    gateway = ImageGateway(*served)
    yield gateway
    gateway.close()


@pytest.fixture
def client(gateway: ImageGateway) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {gateway.key}"}
    with httpx.Client(transport=gateway.transport, base_url=gateway.url, headers=headers) as client:
        yield client


def _generate(client: httpx.Client, **fields: object) -> httpx.Response:
    return client.post(GENERATIONS, json={"model": MODEL, "prompt": "A cat", **fields})


def test_each_test_begins_anew(served: tuple[RunningMock, Sequence[Contract]]) -> None:
    before = ImageGateway(*served)
    headers = {"Authorization": f"Bearer {before.key}"}
    assert httpx.get(f"{before.url}/api/v1/models", headers=headers).is_success
    before.fail_next("server-error")
    before.clock.move(3600)
    before.balances.set(0, key=before.key)
    after = ImageGateway(*served)
    assert after.requests() == ()
    assert after.faults.steps() == ()
    assert after.clock.offset == 0
    assert after.balances.of(key=after.key) == 1
    after.assert_nothing_refused()
    after.assert_paid(0)
    assert after.report() == "Nothing came in."


def test_the_environment_is_what_the_specs_name(gateway: ImageGateway) -> None:
    assert gateway.env() == {
        "POWERTOKENS_BASE_URL": gateway.url,
        "POWERTOKENS_API_KEY": gateway.key,
        "VENICE_BASE_URL": gateway.url,
        "VENICE_API_KEY": gateway.key,
    }
    assert gateway.key not in repr(gateway)
    assert gateway.key != DEFAULT_KEY


def test_links_that_were_given_in_process_lead_to_the_same_images_over_the_network(client: httpx.Client) -> None:
    url = _generate(client).json()["data"][0]["url"]
    assert client.get(url).content == httpx.get(url).content


def test_requests_and_attempts_are_those_of_the_test(gateway: ImageGateway, client: httpx.Client) -> None:
    gateway.fail_next("rate-limit", retry_after=0)
    assert _generate(client).status_code == 429
    assert _generate(client).is_success
    assert [entry.status for entry in gateway.requests()] == [429, 200]
    assert [entry.status for entry in gateway.requests(status=200, operation="generateImages")] == [200]
    assert [attempt.fault for attempt in gateway.attempts("generateImages")] == ["rate-limit", ""]
    gateway.assert_requested("generateImages", times=2, prompt="A cat")
    gateway.assert_paid(1)
    gateway.assert_nothing_refused()


def test_what_was_requested_is_handed_out(gateway: ImageGateway, client: httpx.Client) -> None:
    _generate(client, n=2)
    (entry,) = gateway.assert_requested("generateImages", n=2)
    assert entry.upstream is not None
    gateway.assert_requested("editImages", times=0)
    gateway.assert_requested("generateImages", times=0, n=3)
    gateway.assert_paid(2)


def test_a_file_is_expected_by_its_content(gateway: ImageGateway, client: httpx.Client) -> None:
    memory = io.BytesIO()
    Image.new("RGB", (64, 64), "orange").save(memory, "PNG")
    files = {"image": ("cat.png", memory.getvalue(), "image/png")}
    data = {"model": MODEL, "prompt": "Make it night", "n": "2"}
    assert client.post("/v1/images/edits", data=data, files=files).is_success
    gateway.assert_requested("editImages", image=[memory.getvalue()], n=2)
    gateway.assert_requested("editImages", times=0, image=[b"another"])


def test_a_wrong_count_tells_what_differs_and_what_came(gateway: ImageGateway, client: httpx.Client) -> None:
    _generate(client, n=1)
    with pytest.raises(AssertionError) as caught:
        gateway.assert_requested("generateImages", n=2, seed=7)
    first, second, third, *rest = str(caught.value).splitlines()
    assert first == "generateImages: requested once, but not with n=2, seed=7; expected once."
    assert second == "Request 1 differs: n is 1, expected 2; seed is absent, expected 7."
    assert third == "What came in:"
    assert rest[0].startswith(f"1. POST {GENERATIONS} generateImages -> 200, answered, ")
    assert rest[1].startswith('    sent: {"model": ')
    assert rest[2].startswith("    image: /_mock/images/")


def test_a_refused_request_tells_why(gateway: ImageGateway, client: httpx.Client) -> None:
    _generate(client)
    assert _generate(client, n=9).status_code == 400
    assert client.get("/nothing").status_code == 404
    with pytest.raises(AssertionError) as caught:
        gateway.assert_nothing_refused()
    told = str(caught.value)
    assert told.startswith("2 of 3 requests were refused:\n2. POST")
    assert "refused: n: must be at most 6 (generateImages/prompt/n/maximum, PowerTokens, " in told
    assert "3. GET /nothing -> 404" in told
    assert "1. POST" not in told


def test_the_images_of_a_lost_answer_are_paid(gateway: ImageGateway, client: httpx.Client) -> None:
    gateway.fail_next("reset-after")
    with pytest.raises(httpx.ReadError):
        _generate(client, n=2)
    gateway.assert_paid(2)
    with pytest.raises(AssertionError, match=r"Images were made: 2, expected: 1\.") as caught:
        gateway.assert_paid(1)
    assert '    fault: {"name": "reset-after"' in str(caught.value)


def test_an_operation_that_there_is_not_is_no_operation_that_was_never_requested(gateway: ImageGateway) -> None:
    with pytest.raises(ValueError, match=r"no operation 'generateImage'\. There are generateImages, editImages"):
        gateway.assert_requested("generateImage", times=0)


def test_a_report_is_bounded(gateway: ImageGateway, client: httpx.Client) -> None:
    for _ in range(31):
        _generate(client, n=1, prompt="A cat " * 130)
    lines = gateway.report().splitlines()
    assert lines[0] == "(1 before these)"
    assert lines[1].startswith("2. POST")
    assert lines[-3].startswith("31. POST")
    assert max(map(len, lines)) < 400


def test_no_message_shows_the_key(gateway: ImageGateway, client: httpx.Client) -> None:
    _generate(client, n=9, prompt=f"my key is {gateway.key}")
    client.get(f"/nothing?key={gateway.key}")
    assert gateway.key not in str(gateway.requests()[1].path)
    with pytest.raises(AssertionError) as caught:
        gateway.assert_nothing_refused()
    assert f"Bearer {gateway.key}" not in str(caught.value)
