"""Requests of one moment are written together, and each is written before it is answered."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from generator.mock.journal.entry import Entry
from generator.mock.journal.journal import Journal
from generator.mock.storage.group_commit import GroupCommit
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.mock.journal.raw_entry import RawEntry


class Counting(Journal):
    """A journal that counts how it is written."""

    sizes: list[int]

    def record_all(self, entries: Sequence[Entry | RawEntry]) -> None:
        self.sizes.append(len(entries))
        super().record_all(entries)


@contextmanager
def counting(folder: Path) -> Iterator[Counting]:
    state = State.open(folder)
    journal = Counting(state.journal)
    journal.sizes = []
    yield journal
    state.close()


def entry(name: str) -> Entry:
    return Entry(id=name, method="GET", path="/")


async def record(commits: GroupCommit, journal: Journal, name: str) -> bool:
    """Whether the entry is there at the moment that it is said to be."""
    await commits.record(entry(name))
    return journal.entry(name) is not None


def test_those_of_one_turn_are_one_transaction(tmp_path: Path) -> None:
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)

        async def all_at_once() -> list[bool]:
            return await asyncio.gather(*(record(commits, journal, str(number)) for number in range(8)))

        for _ in range(2):
            assert asyncio.run(all_at_once()) == [True] * 8
        assert journal.sizes == [8, 8]
        seqs = [found.seq for found in journal.entries()]
        assert seqs == sorted(set(seqs))


def test_a_failure_is_told_to_all_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)
        journal._database.execute("CREATE TRIGGER no BEFORE INSERT ON requests BEGIN SELECT raise(ABORT, 'full'); END")

        async def fail() -> None:
            found = await asyncio.gather(*(commits.record(entry(name)) for name in "ab"), return_exceptions=True)
            assert [type(error) for error in found] == [sqlite3.IntegrityError] * 2

        asyncio.run(fail())
        journal._database.execute("DROP TRIGGER no")
        assert asyncio.run(record(commits, journal, "c"))
        assert [found.id for found in journal.entries()] == ["c"]


def test_what_cannot_be_written_of_one_does_not_fail_the_others(tmp_path: Path) -> None:
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)
        journal._database.execute(
            "CREATE TRIGGER no BEFORE INSERT ON requests WHEN new.id = 'b' BEGIN SELECT raise(ABORT, 'full'); END"
        )

        async def three() -> list[object]:
            return await asyncio.gather(*(commits.record(entry(name)) for name in "abc"), return_exceptions=True)

        found = asyncio.run(three())
        assert [type(error) for error in found] == [type(None), sqlite3.IntegrityError, type(None)]
        assert [one.id for one in journal.entries()] == ["a", "c"]


def test_a_caller_that_gives_up_takes_no_other_along(tmp_path: Path) -> None:
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)

        async def one_gives_up() -> bool:
            gone = asyncio.create_task(record(commits, journal, "gone"))
            other = asyncio.create_task(record(commits, journal, "other"))
            asyncio.get_running_loop().call_soon(gone.cancel)
            with pytest.raises(asyncio.CancelledError):
                await gone
            return await other

        assert asyncio.run(one_gives_up())


def test_those_that_come_turn_after_turn_are_one_transaction(tmp_path: Path) -> None:
    """As many connections' requests do, which are read one after the other."""
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)

        async def one_after_the_other() -> list[bool]:
            tasks = []
            for number in range(4):
                tasks.append(asyncio.create_task(record(commits, journal, str(number))))
                await asyncio.sleep(0)  # to the loop's next turn
            return await asyncio.gather(*tasks)

        assert asyncio.run(one_after_the_other()) == [True] * 4
        assert journal.sizes == [4]


def test_the_first_does_not_wait_for_ever(tmp_path: Path) -> None:
    with counting(tmp_path) as journal:
        commits = GroupCommit(journal)

        async def many() -> bool:
            first = asyncio.create_task(record(commits, journal, "first"))
            others: list[asyncio.Task[bool]] = []
            while not first.done():
                others.append(asyncio.create_task(record(commits, journal, str(len(others)))))
                await asyncio.sleep(0)
            await asyncio.gather(*others)
            return first.result()

        assert asyncio.run(many())
        assert max(journal.sizes) <= 65
