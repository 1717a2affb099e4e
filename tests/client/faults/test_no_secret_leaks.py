"""A hunt for secrets: whatever fails, no key and no signature is seen, stored or sent to others."""

from __future__ import annotations

import asyncio
import base64
import copy
import logging
import sys
from typing import TYPE_CHECKING

import pytest

from generated_client.powertokens import PowerTokens

from .calls import MAKING_IMAGES, READING, WAYS
from .failing_paths import FAILING, answered, echo
from .hunt import Hunt
from .marks import KEY, Secrets
from .scripts import CALLS_THAT_COST, CALLS_THAT_READ
from .trial import Trial

if TYPE_CHECKING:
    from pathlib import Path

    from .calls import Kind, Way
    from .failing_paths import Failing
    from .scripts import Script
    from .stage import Stage


@pytest.fixture
def secrets() -> Secrets:
    """The secrets, of which some come to be while a call is made."""
    return Secrets()


@pytest.fixture
def hunt(secrets: Secrets, capsys: pytest.CaptureFixture[str]) -> Hunt:
    """A search for them."""
    return Hunt(secrets, capsys)


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FAILING)
def test_what_fails_shows_no_secret(name: str, way: Way, tmp_path: Path, hunt: Hunt) -> None:
    with hunt.watching():
        asyncio.run(_tried(FAILING[name], Trial(way, tmp_path, hunt.secrets), hunt))
    hunt.files(tmp_path)

    assert not hunt.found


async def _tried(failing: Failing, trial: Trial, hunt: Hunt) -> None:
    try:
        with pytest.raises(Exception) as caught:  # noqa: PT011 - which it is, other tests say
            await failing(trial)
        hunt.error(caught.value)
        for shown in trial.shown:
            hunt.thing(repr(shown), f"repr of {type(shown).__name__}")
            hunt.thing(repr(copy.copy(shown)), f"repr of a copy of {type(shown).__name__}")
        for server in trial.elsewhere:
            hunt.thing(server.counts.received, "what another host received")
    finally:
        await trial.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("kind", "script"),
    [(MAKING_IMAGES, script) for script in CALLS_THAT_COST.values()]
    + [(READING, script) for script in CALLS_THAT_READ.values()],
    ids=[*CALLS_THAT_COST, *(f"reading: {fault}" for fault in CALLS_THAT_READ)],
)
def test_no_fault_of_the_network_shows_a_secret(kind: Kind, script: Script, way: Way, stage: Stage, hunt: Hunt) -> None:
    with hunt.watching():
        ending = stage.play(script, kind, way, api_key=KEY)
        if ending.error is not None:
            hunt.error(ending.error)
        hunt.thing(ending.result, "the result")

    assert not hunt.found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [200, 401])
@pytest.mark.parametrize("header", ["X_Request_Id", "Location", "WWW_Authenticate", "Content_Type", "Set_Cookie"])
def test_an_answer_that_repeats_the_key_in_a_header_leaves_no_trace_of_it(
    header: str, status: int, way: Way, tmp_path: Path, hunt: Hunt
) -> None:
    # What httpcore logs at DEBUG isn't searched here: it logs all headers that an API sends.
    asyncio.run(
        _tried(
            answered(echo(status, "<p>no</p>", "text/html", **{header: "a/@"})),
            Trial(way, tmp_path, hunt.secrets),
            hunt,
        )
    )

    assert not hunt.found


def test_the_hunt_finds_what_is_there(hunt: Hunt) -> None:
    error = ValueError("plain")
    error.__cause__ = LookupError(KEY.encode())
    error.extra = [{"deep": (KEY,)}]  # type: ignore[attr-defined]
    with hunt.watching():
        sys.stdout.write(f"Bearer {KEY}")
        logging.getLogger("httpcore").debug("sent %r", [KEY])
    hunt.error(error)
    assert {"stdout", "log of httpcore at DEBUG", "str of __cause__ of the exception"} <= set(hunt.found)
    assert any(place.endswith(".extra[0]['deep'][0]") for place in hunt.found)


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_hunt_finds_what_is_encoded(before: str, secrets: Secrets) -> None:
    assert secrets.in_text(base64.b64encode(f"{before}{KEY}{before}".encode()).decode())
    assert not secrets.in_text(base64.b64encode(before.encode() * 99).decode())


@pytest.mark.parametrize("address", [f"https://user:{KEY}@host.example", f"https://host.example/?key={KEY}"])
def test_a_key_in_an_address_is_not_quoted(address: str) -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        PowerTokens(KEY, base_url=address)
    assert KEY not in repr(caught.value)
