"""The search: never wrong about the right gateway, within its money, the same for the same seed, in processes too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.conformance.allowance import KEPT
from generator.conformance.case import Expectation
from generator.conformance.events import Event, Searching
from generator.conformance.search import ExamplesError, WorkerLostError, open_examples, search
from generator.conformance.settings import Settings

from .gateways import contract_of, searched, wired

if TYPE_CHECKING:
    from pathlib import Path

    from .gateways import Body, Searched

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
SEEDS = range(20 if DEEP else 2)
REQUESTS = 1500 if DEEP else 120


def digests(found: Searched) -> list[bytes]:
    return [exchange.request.digest() for _, exchange in found.wired.exchanges]


@pytest.mark.deep
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["powertokens", "venice"])
def test_nothing_is_found_in_the_right_gateway(name: str, seed: int) -> None:
    right = searched(name, requests=REQUESTS, seed=seed)
    assert not right.found.findings, [(finding.rule, finding.note) for finding in right.found.findings]
    assert right.found.ended is None
    answered = {(what, exchange.answer.status // 100) for what, exchange in right.wired.exchanges}
    assert answered <= {(Expectation.CARRIED_OUT, 2), (Expectation.REFUSED, 4), (Expectation.OPEN, 4)}


def test_the_same_seed_sends_the_same_requests_and_another_seed_others() -> None:
    first, again, other = (searched("powertokens", requests=60, seed=seed) for seed in (3, 3, 4))
    assert digests(first) == digests(again)
    assert set(digests(first)) != set(digests(other))
    assert len(set(digests(first))) == 60, "a request was sent twice"


def test_most_of_what_is_sent_costs_nothing() -> None:
    plenty = searched("powertokens", requests=150, operation="editImages")
    assert 0 < plenty.wired.billed < 150 / 3


def test_no_more_is_billed_than_may_be() -> None:
    assert searched("powertokens", requests=100, may_be_billed=13).wired.billed == 13 - KEPT
    assert searched("venice", requests=60, may_be_billed=0).wired.billed == 0


def _takes_everything(_: httpx.Request, body: Body) -> httpx.Response:
    del body
    return httpx.Response(200, json={"data": []})


def test_of_a_gateway_that_takes_everything_little_is_asked_for_each_find() -> None:
    taken = searched("powertokens", _takes_everything, requests=300, operation="generateImages")
    assert len(taken.found.findings) > 5
    assert taken.wired.billed < 30 * len(taken.found.findings)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_an_outage_is_no_find(status: int) -> None:
    def out(_: httpx.Request, body: Body) -> httpx.Response | None:
        return httpx.Response(status) if len(str(body)) % 3 else None

    assert not searched("powertokens", out, requests=80).found.findings


def test_a_failure_that_does_not_come_again_is_no_find() -> None:
    seen: set[bytes] = set()

    def fails_at_first(request: httpx.Request, _: Body) -> httpx.Response | None:
        first = request.content not in seen
        seen.add(request.content)
        return httpx.Response(500) if first else None

    assert not searched("powertokens", fails_at_first, requests=80).found.findings


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_gateway_that_answers_everything_so_tells_nothing(status: int) -> None:
    def broken(_: httpx.Request, body: Body) -> httpx.Response:
        del body
        return httpx.Response(status)

    assert not searched("powertokens", broken, requests=60, operation="generateImages").found.findings


def test_what_the_sending_raises_ends_the_search() -> None:
    class StopError(Exception):
        pass

    with wired() as way:

        def exchange(*arguments: Any) -> Any:
            if len(way.exchanges) == 30:
                raise StopError
            return way.exchange(*arguments)

        settings = Settings(base_url="http://gateway.test", fuzz_requests=100)
        found = search(contract_of("venice"), settings, exchange, may_bill=way.may_bill, observe=lambda _: None)
    assert isinstance(found.ended, StopError)
    assert len(way.exchanges) == 30


def test_it_ends_when_its_time_is_over() -> None:
    told: list[Event] = []
    with wired() as way:
        settings = Settings(base_url="http://gateway.test", fuzz_seconds=1.0)
        found = search(contract_of("venice"), settings, way.exchange, may_bill=way.may_bill, observe=told.append)
    assert found.requests == len(way.exchanges) > 0
    assert isinstance(told[-1], Searching)
    assert 0 < told[-1].requests <= found.requests
    assert "--seed 0" in found.words


def test_without_time_and_requests_nothing_is_sent() -> None:
    assert searched("venice", requests=0).found.requests == 0


class TestExamples:
    def test_what_was_found_is_tried_first_the_next_time(self, tmp_path: Path) -> None:
        def wrong(_: httpx.Request, body: Body) -> Body | None:
            wraps = isinstance(body.get("n"), int) and body["n"] > 2**31
            return {**body, "n": 1} if wraps else None

        place = str(tmp_path / "examples")
        first = searched("powertokens", wrong, requests=350, operation="generateImages", examples=place)
        assert first.rules
        again = searched("powertokens", wrong, requests=30, seed=77, operation="generateImages", examples=place)
        assert set(again.rules) & set(first.rules)
        without = searched("powertokens", wrong, requests=30, seed=77, operation="generateImages")
        assert not without.rules

    def test_a_place_that_cannot_be_used_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(ExamplesError, match="Name another folder"):
            open_examples(str(tmp_path / "file" / "below"))

    def test_redis_without_its_client_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sys  # noqa: PLC0415  only to take the module away

        monkeypatch.setitem(sys.modules, "redis", None)
        with pytest.raises(ExamplesError, match=r"pip install 'hypothesis\[redis\]'"):
            open_examples("redis://127.0.0.1:1/0")


class TestProcesses:
    def test_two_processes_share_requests_and_send_the_same_each_time(self) -> None:
        once, again = (searched("venice", requests=121, seed=2, workers=2) for _ in range(2))
        assert once.found.requests == 121
        assert sorted(digests(once)) == sorted(digests(again))
        assert not once.found.findings

    def test_what_the_sending_raises_ends_all(self) -> None:
        with wired() as way:

            def exchange(*arguments: Any) -> Any:
                if len(way.exchanges) >= 20:
                    raise ConnectionAbortedError("the run is to end")
                return way.exchange(*arguments)

            settings = Settings(base_url="http://gateway.test", fuzz_requests=500, workers=2)
            found = search(contract_of("venice"), settings, exchange, may_bill=way.may_bill, observe=lambda _: None)
        assert isinstance(found.ended, ConnectionAbortedError)
        assert not isinstance(found.ended, WorkerLostError)
