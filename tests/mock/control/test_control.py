"""Facts are read anew when somebody has written, which is looked for once in a turn of the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from generator.mock.control.control import Control
from generator.mock.storage.database import Database
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[Control, Control]]:
    """The controls of two that share a folder."""
    states = [State.open(tmp_path), State.open(tmp_path)]
    yield Control(states[0].control), Control(states[1].control)
    for state in states:
        state.close()


def test_what_another_worker_writes_is_known_at_once_outside_of_an_event_loop(
    workers: tuple[Control, Control],
) -> None:
    here, other = workers
    for value in range(3):
        other.tell("x", value)
        assert here.fact("x") == value


def test_what_another_worker_writes_is_known_to_what_is_handled_later(workers: tuple[Control, Control]) -> None:
    here, other = workers

    async def scene() -> list[object]:
        seen = []
        for value in range(3):
            here.fact("x")  # somebody has looked in this turn
            other.tell("x", value)
            await asyncio.sleep(0)
            seen.append(here.fact("x"))
        return seen

    assert asyncio.run(scene()) == [0, 1, 2]


def test_what_is_written_here_is_known_at_once(workers: tuple[Control, Control]) -> None:
    here, _ = workers

    async def scene() -> list[object]:
        seen = []
        for value in range(3):
            here.tell("x", value)
            seen.append(here.fact("x"))
        return seen

    assert asyncio.run(scene()) == [0, 1, 2]


def test_others_are_looked_for_once_in_a_turn(
    workers: tuple[Control, Control], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _ = workers
    looks: list[int] = []
    generation = Database.generation

    def counted(database: Database) -> tuple[int, int]:
        looks.append(1)
        return generation(database)

    monkeypatch.setattr(Database, "generation", counted)

    async def scene() -> None:
        for _ in range(10):
            here.fact("x")

    asyncio.run(scene())
    assert len(looks) == 1
