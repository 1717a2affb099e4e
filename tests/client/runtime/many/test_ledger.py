"""The record of many calls, as it stands on disk."""

from __future__ import annotations

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

from generator.client.runtime import ledger
from generator.client.runtime.errors import FileProblem
from generator.client.runtime.ledger import LEDGER, Entry, Ledger, State

_MARK = "ab" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose ledger has one entry."""
    opened = Ledger(tmp_path)
    opened.write(Entry(_MARK, 1, 1, State.ANSWERED, "Pictures", {"data": []}))
    opened.close()
    return tmp_path


def found(folder: Path) -> Entry | None:
    opened = Ledger(folder)
    try:
        return opened.find(_MARK, 1)
    finally:
        opened.close()


def test_what_was_written_is_found(folder: Path) -> None:
    assert found(folder) == Entry(_MARK, 1, 1, State.ANSWERED, "Pictures", {"data": []})


def test_the_last_line_about_a_request_counts(folder: Path) -> None:
    (folder / "0001-1.png").write_bytes(b"x")
    opened = Ledger(folder)
    opened.write(Entry(_MARK, 1, 1, State.SAVED, files=("0001-1.png",)))
    opened.close()
    assert found(folder) == Entry(_MARK, 1, 1, State.SAVED, files=("0001-1.png",))


def test_equal_requests_are_told_apart(folder: Path) -> None:
    opened = Ledger(folder)
    assert opened.find(_MARK, 2) is None
    assert opened.find(_MARK, 1) is not None
    opened.close()


@pytest.mark.parametrize("kept", [1, 10, -1])
def test_half_a_line_at_the_end_is_cut_off(folder: Path, kept: int) -> None:
    path = folder / LEDGER
    whole = path.read_bytes()
    line = json.dumps(attrs.asdict(Entry(_MARK, 2, 2))).encode()
    path.write_bytes(whole + line[:kept])
    assert found(folder) is not None
    assert path.read_bytes() == whole


def test_half_a_first_line_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_bytes(b'{"led')
    assert found(tmp_path) is None
    assert (tmp_path / LEDGER).read_bytes() == b'{"ledger":1}\n'


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"{}\n",
        b"no JSON\n",
        b"\xff\n",
        b'["a"]\n',
        b'{"request": "a", "nth": 1, "number": 1, "state": "unheard of"}\n',
        b'{"request": "a", "nth": "1", "number": 1}\n',
        b'{"request": "a", "nth": 1, "number": 1, "files": ["../../etc/passwd"]}\n',
        b'{"request": "a", "nth": 1, "number": 1, "more": 1}\n',
    ],
)
def test_a_line_that_can_not_be_read_is_told_and_nothing_changed(folder: Path, line: bytes) -> None:
    path = folder / LEDGER
    content = path.read_bytes() + line + path.read_bytes().splitlines(keepends=True)[1]
    path.write_bytes(content)
    with pytest.raises(FileProblem, match="line 3 can't be read"):
        Ledger(folder)
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"something of mine", b"something of mine\n", b'{"ledger":2}\n', b"null\n"])
def test_a_file_that_is_no_ledger_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LEDGER).write_bytes(content)
    with pytest.raises(FileProblem, match="line 1 can't be read"):
        Ledger(tmp_path)
    assert (tmp_path / LEDGER).read_bytes() == content


def test_a_write_that_fails_leaves_no_half_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(stream: Any, line: bytes) -> None:
        stream.write(line[:20])
        raise OSError(errno.ENOSPC, "No space left on device")

    opened = Ledger(folder)
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "_write", full)
        with pytest.raises(FileProblem, match="No space left") as caught:
            opened.write(Entry(_MARK, 2, 2))
    assert isinstance(caught.value.__cause__, OSError)
    opened.write(Entry(_MARK, 3, 3))
    opened.close()
    again = Ledger(folder)
    assert again.find(_MARK, 2) is None
    assert again.find(_MARK, 3) is not None
    again.close()


def test_a_ledger_that_is_closed_takes_nothing(folder: Path) -> None:
    opened = Ledger(folder)
    opened.close()
    opened.close()
    with pytest.raises(FileProblem):
        opened.write(Entry(_MARK, 2, 2))


def test_only_one_has_it_open(folder: Path) -> None:
    opened = Ledger(folder)
    with pytest.raises(FileProblem, match="in use by another run"):
        Ledger(folder)
    opened.write(Entry(_MARK, 2, 2))
    opened.close()
    Ledger(folder).close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a descriptor tells its file")
def test_files_are_on_disk_before_the_line_that_names_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = folder / "0001-1.png"
    image.write_bytes(b"x")
    flushed: list[str] = []
    fsync = os.fsync

    def flush(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    opened = Ledger(folder)
    monkeypatch.setattr(os, "fsync", flush)
    opened.write(Entry(_MARK, 1, 1, State.SAVED, files=("0001-1.png",)))
    opened.close()
    assert flushed == ["0001-1.png", LEDGER]


def test_numbers_are_those_of_the_requests_where_they_are_free(folder: Path) -> None:
    for name in ("0005-1.png", "0006.jpg", "00x7.png", "12.png"):
        (folder / name).write_bytes(b"")
    opened = Ledger(folder)
    numbers = [opened.new(_MARK, 2, index).number for index in (0, 1, 4, 5, 6, 11)]
    opened.close()
    assert numbers == [7, 2, 8, 9, 10, 12]
    assert Entry(_MARK, 1, 12).name == "0012"
