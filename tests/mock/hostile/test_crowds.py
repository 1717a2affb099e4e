"""Large bodies, slow senders and many at once: each is answered, and nobody waits for them."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import AsyncExitStack
from random import Random
from typing import TYPE_CHECKING

import pytest

from generator.spec.boundary.png import padded, png
from tests.mock.hostile.attack import EDITS, GENERATIONS, VENICE, Attack, head, posted
from tests.mock.hostile.form_bodies import field, file
from tests.mock.hostile.judging import complaint, good_request_complaint
from tests.mock.hostile.kinds import KINDS
from tests.mock.hostile.wire import Connection

if TYPE_CHECKING:
    from tests.mock.served import ServedMock

_REFUSED = frozenset({400})
_TOO_LARGE = frozenset({413})
_TAKEN = frozenset({200})
_FORM = "multipart/form-data; boundary=B"
_GOOD = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "p"}).encode()
_MODEL = field("model", b"qwen-image-2.0-pro") + field("prompt", b"p")


def _large() -> dict[str, Attack]:
    """Bodies of some 30 million bytes, and one beyond what is read."""
    image = padded(png(512, 512), 30_000_000)
    as_text = json.dumps(
        {"image": base64.b64encode(padded(png(512, 512), 21_000_000)).decode(), "prompt": "p"}
    ).encode()
    framing = {"Content-Type": "application/json", "Content-Length": 50_000_000}
    return {
        "text": posted(GENERATIONS, json.dumps({"model": "m", "prompt": "p" * 30_000_000}).encode(), statuses=_REFUSED),
        "image as text": posted(VENICE, as_text, statuses=_TAKEN),
        "file beyond the limit": posted(VENICE, _MODEL + file("image", image) + b"--B--\r\n", _FORM, _REFUSED),
        "file": posted(EDITS, _MODEL + file("image", image) + b"--B--\r\n", _FORM, _TAKEN),
        "many fields": posted(
            GENERATIONS, json.dumps({str(i): i for i in range(1_500_000)}).encode(), statuses=_REFUSED
        ),
        "spaces": posted(GENERATIONS, b" " * 30_000_000, statuses=_REFUSED),
        "zeros": posted(EDITS, bytes(30_000_000), _FORM, _REFUSED),
        "too large by its length": Attack(head("POST", EDITS, framing), _TOO_LARGE, EDITS, hangs_up=True, keeps=False),
    }


@pytest.mark.parametrize("name", ["first", "second"])
def test_large_bodies_at_once(mock: ServedMock, name: str) -> None:
    attacks = _large()
    half = [*attacks][:4] if name == "first" else [*attacks][4:]

    async def all_of_them() -> list[str]:
        answers = [_answered(mock, attacks[one]) for one in half]
        return [said for said in await asyncio.gather(*answers, good_request_complaint(mock)) if said]

    assert asyncio.run(all_of_them()) == []


def test_a_body_in_chunks_that_never_end_is_refused_when_it_is_too_large(mock: ServedMock) -> None:
    framing = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    attack = Attack(head("POST", EDITS, framing) + chunk * 45, _TOO_LARGE, EDITS, keeps=False)
    assert asyncio.run(_answered(mock, attack)) == ""


def test_slow_senders_keep_nobody_waiting(mock: ServedMock) -> None:
    """Senders in the middle of head or body stay connected; others are served; then they finish, and are served."""
    sent = posted(GENERATIONS, _GOOD).sent

    async def scene() -> list[str]:
        async with AsyncExitStack() as stack:
            slow = [await stack.enter_async_context(Connection(mock)) for _ in range(96)]
            stops = [1 + index * (len(sent) - 2) // len(slow) for index in range(len(slow))]
            for connection, stop in zip(slow, stops, strict=True):
                await connection.send(sent[:stop])
            found = [await good_request_complaint(mock) for _ in range(5)]
            for connection, stop in zip(slow, stops, strict=True):
                await connection.send(sent[stop:-1])
            for connection in slow:
                await connection.send(sent[-1:])
            answers = await asyncio.gather(*(connection.read() for connection in slow))
        return [said for said in found if said] + [str(answer) for answer in answers if answer.status != 200]

    assert asyncio.run(scene()) == []


def test_a_body_byte_by_byte(mock: ServedMock) -> None:
    async def scene() -> int:
        async with Connection(mock) as connection:
            for byte in posted(GENERATIONS, _GOOD).sent:
                await connection.send(bytes([byte]))
            return (await connection.read()).status

    assert asyncio.run(scene()) == 200


def test_256_at_once(mock: ServedMock) -> None:
    """Good and hostile ones together; every one is answered as if it were alone."""
    random = Random(256)  # noqa: S311  # the same requests each time
    light = [kind for name, kind in KINDS.items() if not name.startswith("pictures: ")]
    attacks = [random.choice(light)(random) for _ in range(128)]
    attacks += [posted(GENERATIONS, _GOOD, statuses=_TAKEN) for _ in range(128)]
    random.shuffle(attacks)

    async def crowd() -> list[str]:
        return [said for said in await asyncio.gather(*(_answered(mock, attack) for attack in attacks)) if said]

    assert asyncio.run(crowd()) == []


def test_requests_in_a_row_whose_sender_hangs_up(mock: ServedMock) -> None:
    """Their answers have nowhere to go; that is no failure of the mock, and its log, read at the end, tells of none."""
    good = posted(GENERATIONS, _GOOD, statuses=_TAKEN).sent
    attack = Attack(good * 20 + good[:-5], _TAKEN, hangs_up=True, keeps=False)

    async def crowd() -> list[str]:
        return [said for said in await asyncio.gather(*(_answered(mock, attack) for _ in range(32))) if said]

    assert asyncio.run(crowd()) == []


async def _answered(mock: ServedMock, attack: Attack) -> str:
    """What is wrong with the answer to an attack; "" for a right one."""
    async with Connection(mock) as connection:
        try:
            said = complaint(attack, await connection.exchange(attack))
        except TimeoutError:
            said = "no answer"
        return f"{said} to {attack.sent[:200]!r}" if said else ""
