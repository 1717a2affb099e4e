"""Several processes take money from the same balances, and each proof of a wallet once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.mock.served import KEY, served
from tests.mock.signing import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mock.served import ServedMock

BODY = {"image": "https://example.com/a.png", "prompt": "p", "model": "qwen-edit", "output_format": "jpeg"}


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedMock]:
    folder: Path = tmp_path_factory.mktemp("money")
    with served(folder, "--workers", "2", "--balance", "0.40") as mock:
        yield mock


def edits(mock: ServedMock, headers: dict[str, str], count: int) -> list[httpx.Response]:
    """The answers to so many edits at the same time, each on a connection of its own."""

    def edit(_: int) -> httpx.Response:
        return httpx.post(f"{mock.url}/api/v1/image/edit", json=BODY, headers=headers, timeout=60)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(edit, range(count)))


def test_a_balance_is_spent_once(mock: ServedMock) -> None:
    answers = edits(mock, {"Authorization": f"Bearer {KEY}"}, 16)
    assert Counter(answer.status_code for answer in answers) == {200: 10, 402: 6}
    left = {answer.headers["x-balance-remaining"] for answer in answers if answer.status_code == 200}
    assert left == {f"0.{cents:02}" for cents in range(0, 40, 4)}
    (account,) = httpx.get(f"{mock.url}/_mock/balance").json()["accounts"]
    assert account["usd"] == "0.00"


def test_a_proof_opens_once(mock: ServedMock) -> None:
    answers = edits(mock, fresh(), 8)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 401: 7}
