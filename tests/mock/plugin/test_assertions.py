"""Assertions about faults that nothing met, fields that nobody knows, and fields that a test misspells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock.journal.journal_filter import InvalidFilterError
from generator.mock.testing import ImageGateway, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.mock import RunningMock
    from generator.spec import Contract


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[RunningMock, Sequence[Contract]]]:
    with serving() as served:
        yield served


@pytest.fixture
def gateway(served: tuple[RunningMock, Sequence[Contract]]) -> ImageGateway:
    return ImageGateway(*served)


def generate(gateway: ImageGateway, **fields: object) -> httpx.Response:
    body = {"model": "qwen-image-2.0-pro", "prompt": "A cat", **fields}
    headers = {"Authorization": f"Bearer {gateway.key}"}
    return httpx.post(f"{gateway.url}/v1/images/generations", json=body, headers=headers)


def test_faults_that_nothing_met_are_told(gateway: ImageGateway) -> None:
    gateway.assert_faults_used()
    gateway.fail_next("rate-limit", times=2)
    gateway.fail_next(status=503, operation="editImages", times="always")
    generate(gateway)
    with pytest.raises(AssertionError) as caught:
        gateway.assert_faults_used()
    lines = str(caught.value).splitlines()
    assert lines[0] == "Faults are still to come:"
    assert '"rate-limit"' in lines[1]
    assert lines[1].endswith(": 1 more expected")
    assert lines[2].endswith(": never used")
    assert lines[3] == "What came in:"


def test_faults_that_were_used(gateway: ImageGateway) -> None:
    gateway.fail_next("rate-limit")
    gateway.fail_next(status=503, times="always")
    assert [generate(gateway).status_code for _ in range(3)] == [429, 503, 503]
    gateway.assert_faults_used()


def test_remarks_are_told(gateway: ImageGateway) -> None:
    generate(gateway)
    gateway.assert_no_remarks()
    generate(gateway, colour="red")
    gateway.assert_nothing_refused()
    with pytest.raises(AssertionError) as caught:
        gateway.assert_no_remarks()
    told = str(caught.value)
    assert told.startswith("There are remarks on 1 of 2 requests:\n2. POST")
    assert "    remark: colour: no document knows this field" in told
    assert "remark: colour" in gateway.report()


@pytest.mark.parametrize(
    ("times", "fields", "words"),
    [
        (1, {"prompt": "A dog"}, 'requested twice, but not with prompt="A dog"; expected once.'),
        (2, {"n": 2}, "requested twice, once of them with n=2; expected twice."),
        (1, {"prompt": "A cat"}, 'requested twice, each time with prompt="A cat"; expected once.'),
        (1, {}, "requested twice, expected once."),
    ],
)
def test_a_wrong_count_is_told_in_words(
    gateway: ImageGateway, times: int, fields: dict[str, object], words: str
) -> None:
    generate(gateway)
    generate(gateway, n=2)
    with pytest.raises(AssertionError) as caught:
        gateway.assert_requested("generateImages", times=times, **fields)
    assert str(caught.value).splitlines()[0] == f"generateImages: {words}"


def test_a_misspelt_field_is_no_field_that_never_came(gateway: ImageGateway) -> None:
    generate(gateway, colour="red")
    gateway.assert_requested("generateImages", colour="red")
    with pytest.raises(ValueError, match=r"no field 'promt'\. Did you mean prompt\?"):
        gateway.assert_requested("generateImages", times=0, promt="A cat")
    with pytest.raises(ValueError, match=r"no field 'zzz'\. It has .*prompt"):
        gateway.assert_requested("generateImages", times=0, zzz=1)


def test_requests_of_an_operation_that_there_is_not(gateway: ImageGateway) -> None:
    with pytest.raises(InvalidFilterError, match="no operation 'generateImage'"):
        gateway.requests(operation="generateImage")
    generate(gateway, n=70)
    assert len(gateway.requests(status="4xx", refused=True)) == 1
