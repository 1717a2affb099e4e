"""Faults that follow each other, and those that no table tells of: never two images for one call."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest

from generated_client.powertokens.errors import ImageClientError

from . import acts
from .calls import MAKING_IMAGES, WAYS
from .scripted_server import ScriptedServer
from .scripts import CALLS_THAT_COST, Script, endless, script
from .stage import KEY, awaited

if TYPE_CHECKING:
    from .calls import Way
    from .scripted_server import Act
    from .stage import Stage

_REPEATED: Final = {
    "429": acts.answered(429, Retry_After="0"),
    "503": acts.answered(503),
    "307": acts.answered(307, Location="/elsewhere"),
    "429 whose body never ends": acts.dripping(acts.head(429, Content_Length="100000"), b".", made=False),
    "307 whose body never ends": acts.dripping(
        acts.head(307, Location="/elsewhere", Content_Length="100000"), b".", made=False
    ),
}
_FOLLOWING: Final = {
    fault: each.acts[0]
    for fault, each in CALLS_THAT_COST.items()
    if each.place == "server" and each.acts and not (each.big or each.warm or each.waits < each.deadline)
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("first", _REPEATED)
def test_what_follows_a_repeated_attempt_is_not_repeated_if_it_may_be_billed(
    first: str, way: Way, stage: Stage
) -> None:
    for fault, act in _FOLLOWING.items():
        following = CALLS_THAT_COST[fault]
        both = Script((_REPEATED[first], act, acts.done()), deadline=min(following.deadline, 3.0))
        ending = stage.play(both, MAKING_IMAGES, way)
        assert ending.images <= 1, fault
        assert isinstance(ending.error, ImageClientError | None), fault
        assert (ending.result is None) != (ending.error is None), fault
        assert ending.seconds < both.deadline + 1, fault


@pytest.mark.parametrize("way", WAYS)
def test_a_413_that_a_reset_overtakes_ends_in_either(way: Way, stage: Stage) -> None:
    ending = stage.play(script(acts.refused_early(by_reset=True), big=True), MAKING_IMAGES, way)
    assert type(ending.error).__name__ in {"BodyTooLarge", "AnswerLost"}, ending.error
    assert stage.sent == 1


@pytest.mark.parametrize("way", WAYS)
def test_a_deadline_holds_on_a_connection_that_was_made_without_one(way: Way) -> None:
    slow = acts.dripping(acts.head(200, Content_Type="application/json", Content_Length="100000"), b" ")
    with ScriptedServer([acts.done(), slow]) as server:
        seconds, error = asyncio.run(_after_a_call_without_deadline(f"http://127.0.0.1:{server.port}", way))
    assert type(error).__name__ == "AnswerLost"
    assert seconds < 1.3
    assert server.counts.requests == 2


async def _after_a_call_without_deadline(address: str, way: Way) -> tuple[float, Exception]:
    client = MAKING_IMAGES.new_client(way, api_key=KEY, base_url=address, timeout=httpx.Timeout(5.0), deadline=None)
    await awaited(MAKING_IMAGES.call(client, big=False))
    start = time.monotonic()
    with pytest.raises(ImageClientError) as caught:
        await awaited(MAKING_IMAGES.call(client.with_options(deadline=0.3), big=False))
    seconds = time.monotonic() - start
    await awaited(client.close())
    return seconds, caught.value


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("most", [0, 1, 5])
def test_max_retries_is_how_often_an_attempt_is_repeated(most: int, way: Way) -> None:
    async def attempts(server: ScriptedServer) -> Any:
        address = f"http://127.0.0.1:{server.port}"
        client = MAKING_IMAGES.new_client(way, api_key=KEY, base_url=address, max_retries=most)
        with pytest.raises(ImageClientError) as caught:
            await awaited(MAKING_IMAGES.call(client, big=False))
        await awaited(client.close())
        return caught.value

    again: Act = acts.answered(429, Retry_After="0")
    with ScriptedServer([again]) as server:
        error = asyncio.run(attempts(server))
    assert server.counts.requests == most + 1
    assert error.request.attempts == most + 1


@pytest.mark.parametrize("way", WAYS)
def test_the_deadline_counts_for_all_attempts_together(way: Way, stage: Stage) -> None:
    drips = endless(*[acts.answered(503)] * 2, acts.dripping(b"HTTP/1.1 200 OK\r\nX: ", b"."))
    ending = stage.play(drips, MAKING_IMAGES, way)
    assert isinstance(ending.error, ImageClientError)
    assert ending.seconds < drips.deadline + 1
