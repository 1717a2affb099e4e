"""A database that processes and threads share, that comes back after damage, and costs little."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest

from generator.mock.storage.database import Database
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "CREATE TABLE IF NOT EXISTS t(value);"


def database(folder: Path, version: int = 1) -> Database:
    return Database(folder / "a.db", SCHEMA, version)


def count(one: Database) -> int:
    return int(one.execute("SELECT count(*) FROM t")[0][0])


def write_many(folder: Path, times: int) -> None:
    one = database(folder)
    for _ in range(times):
        with one.transaction() as connection:
            held = connection.execute("SELECT count(*) FROM t").fetchone()[0]
            connection.execute("INSERT INTO t VALUES(?)", (held,))
    one.close()


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    one = database(tmp_path)

    def fail_between() -> None:
        with one.transaction() as connection:
            connection.execute("INSERT INTO t VALUES(1)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_between()
    assert count(one) == 0
    one.close()


def test_the_generation_tells_of_every_write_by_anybody(tmp_path: Path) -> None:
    one, other = database(tmp_path), database(tmp_path)
    before = one.generation()
    assert count(one) == 0
    assert one.generation() == before
    other.execute("INSERT INTO t VALUES(1)")
    after = one.generation()
    assert after != before
    one.execute("INSERT INTO t VALUES(1)")
    assert one.generation() != after
    one.close()
    other.close()


def test_processes_and_threads_write_in_turn(tmp_path: Path) -> None:
    one = database(tmp_path)
    assert count(one) == 0
    spawned = [multiprocessing.get_context("spawn").Process(target=write_many, args=(tmp_path, 200)) for _ in range(2)]
    threads = [threading.Thread(target=write_many, args=(tmp_path, 200)) for _ in range(2)]
    for process in spawned:
        process.start()
    for thread in threads:
        thread.start()
    for process in spawned:
        process.join()
    for thread in threads:
        thread.join()
    # Each value is how many there were before: none is there twice if writers never met.
    assert [value for (value,) in one.execute("SELECT value FROM t ORDER BY rowid")] == list(range(800))
    one.close()


@pytest.mark.parametrize("content", [b"this is no database, but a text " * 200, b"\xff" * 5000])
def test_a_file_that_is_no_database_is_set_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    (tmp_path / "a.db").write_bytes(content)
    one = database(tmp_path)
    assert count(one) == 0
    assert "can't be read" in caplog.text
    (aside,) = tmp_path.glob("a.db.aside-*")
    assert aside.read_bytes() == content
    one.close()


def test_damage_inside_is_found_by_a_check(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one = database(tmp_path)
    for number in range(2000):
        one.execute("INSERT INTO t VALUES(?)", (f"{number:04}" * 20,))
    one.close()
    path = tmp_path / "a.db"
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 4096 * 10] = b"\x55" * 4096 * 10
    path.write_bytes(content)
    damaged = database(tmp_path)
    damaged.check()
    assert "is damaged" in caplog.text
    assert count(damaged) == 0
    damaged.close()


def test_a_sound_file_passes_the_check(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    one = database(tmp_path)
    one.execute("INSERT INTO t VALUES(1)")
    one.check()
    assert count(one) == 1
    assert caplog.text == ""
    one.close()


def test_a_file_of_another_version_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    old = database(tmp_path, version=1)
    old.execute("INSERT INTO t VALUES(1)")
    old.close()
    new = database(tmp_path, version=2)
    assert count(new) == 0
    assert "another version" in caplog.text
    new.close()


def test_a_wrong_statement_is_no_lock_to_wait_for(tmp_path: Path) -> None:
    one = database(tmp_path)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        one.execute("SELECT * FROM missing")
    one.close()


def test_a_temporary_folder_goes_with_the_state_and_a_given_one_stays(tmp_path: Path) -> None:
    temporary, kept = State.open(), State.open(tmp_path / "kept")
    for state in (temporary, kept):
        state.control.execute("SELECT 1")
        assert (state.folder / "control.db").exists()
        state.close()
        state.close()
    assert not temporary.folder.exists()
    assert (tmp_path / "kept" / "control.db").exists()


def test_a_state_that_is_forgotten_cleans_up(tmp_path: Path) -> None:
    state = State.open()
    state.journal.execute("SELECT 1")
    folder = state.folder
    del state
    assert not folder.exists()
    assert tmp_path.exists()
