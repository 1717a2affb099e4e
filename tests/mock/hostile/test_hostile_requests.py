"""Whatever arrives, the mock answers: never a 500, never a hang, the right error, and the next good request."""

from __future__ import annotations

import asyncio
import json
import os
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.contract.bodies import junk
from tests.mock.hostile.attack import EDITS, GENERATIONS, VENICE, posted
from tests.mock.hostile.judging import complaint, good_request_complaint
from tests.mock.hostile.kinds import KINDS
from tests.mock.hostile.wire import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Json
    from tests.mock.hostile.attack import Attack
    from tests.mock.served import ServedMock

_DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_TOTAL = 20_000 if _DEEP else 640
_EACH = -(-_TOTAL // len(KINDS))
_AT_ONCE = 8


@pytest.mark.deep
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind(mock: ServedMock, kind: str) -> None:
    random = Random(kind)  # noqa: S311  # the same requests each time
    attacks = (KINDS[kind](random) for _ in range(_EACH))
    found = asyncio.run(_complaints(mock, attacks))
    assert not found, "\n".join(found[:5])


@pytest.mark.deep
@settings(
    max_examples=1000 if _DEEP else 60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(body=junk())
def test_any_json_anywhere(mock: ServedMock, body: Json) -> None:
    content = json.dumps(body).encode()
    attacks = iter([posted(path, content) for path in (GENERATIONS, EDITS, VENICE)])
    assert asyncio.run(_complaints(mock, attacks)) == []


async def _complaints(mock: ServedMock, attacks: Iterator[Attack]) -> list[str]:
    """What is wrong with the answers."""
    found: list[str] = []
    while together := list(islice(attacks, _AT_ONCE)):
        found += [said for said in await asyncio.gather(*(_attacked(mock, attack) for attack in together)) if said]
        if said := await good_request_complaint(mock):
            found.append(said)
    return found


async def _attacked(mock: ServedMock, attack: Attack) -> str:
    async with Connection(mock) as connection:
        try:
            answer = await connection.exchange(attack)
        except TimeoutError:
            return f"no answer to {attack}"
        said = complaint(attack, answer)
        if not said and attack.keeps and answer.headers.get("connection") != "close":
            said = await good_request_complaint(mock, connection)
    return f"{said}: {answer} to {attack}" if said else ""
