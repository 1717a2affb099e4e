"""The record, in a folder, of what became of many requests, so that a later run sends none of them a second time.

It is one file of JSON lines. A line tells all about one request, and replaces the line about it before. It is on disk
before what comes after it is done: "sending" before the request is sent, "saved" after its images are in their places.
A process that is killed leaves at most half a line at the end, which the next one cuts off.

The requests themselves are not in it, but their digests; no key is, and no image. Links to images are.
"""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import json
import os
import re
import sys
import threading
from enum import StrEnum
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Final

from attrs import asdict, field, frozen
from attrs.validators import instance_of

from .errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LEDGER: Final = "ledger.jsonl"
"""The file's name."""

_HEAD: Final = {"ledger": 1}  # the first line; another number would be another form
_NUMBERED: Final = re.compile(r"(\d{4,})(?:-\d+)?\.\w+")


class State(StrEnum):
    """How far a request came."""

    SENDING = "sending"
    """It is about to be sent. If this is the last that is known of it, it may have been carried out and billed."""
    FAILED = "failed"
    """It was surely not carried out."""
    LOST = "lost"
    """It was sent, but its answer was not seen, or not understood."""
    ANSWERED = "answered"
    """Its answer came; its images are not all saved."""
    SAVED = "saved"
    """Its answer came, and its images are saved."""


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """Names of files, none of which leads out of the folder."""
    if any(PurePath(name).name != name for name in names):
        raise ValueError("a file must be in the folder")
    return tuple(names)


@frozen
class Entry:
    """What is known of one request.

    Attributes:
        request: Its fingerprint.
        nth: Which of the requests with this fingerprint it is, from 1; each of them is wanted, and billed.
        number: What its files are called by.
        state: How far it came.
        kind: The name of the class that reads its answer; "" for none.
        answer: Its answer as JSON, without images.
        files: The names of its files in the folder, in the order of the images.
        why: What went wrong, in one word.
    """

    request: str = field(validator=instance_of(str))
    nth: int = field(validator=instance_of(int))
    number: int = field(validator=instance_of(int))
    state: State = field(default=State.SENDING, converter=State)
    kind: str = field(default="", validator=instance_of(str))
    answer: Any = field(default=None, repr=False)
    files: tuple[str, ...] = field(default=(), converter=_names)
    why: str = field(default="", validator=instance_of(str))

    @property
    def name(self) -> str:
        """What its files are called, without what tells several apart."""
        return f"{self.number:04d}"


class Ledger:
    """A ledger that is open, by this process alone.

    Args:
        folder: Where it is. Missing folders are made.

    Raises:
        FileProblem: It can't be read or written, or another process has it open.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / LEDGER
        self._turns = threading.Lock()
        self._entries: dict[tuple[str, int], Entry] = {}
        self._size = 0  # bytes, of whole lines
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._stream: IO[bytes] = self._path.open("a+b", buffering=0)
        except OSError as error:
            raise _problem(self._path, error) from error
        try:
            self._read()
            self._taken = self._numbers()
            self._highest = max(self._taken, default=0)
        except OSError as error:
            self._stream.close()
            raise _problem(self._path, error) from error
        except BaseException:
            self._stream.close()
            raise

    def find(self, request: str, nth: int) -> Entry | None:
        """What is known of a request from before; None for nothing.

        Args:
            request: Its fingerprint.
            nth: Which of those that are the same it is.
        """
        return self._entries.pop((request, nth), None)  # it is asked for once, and an endless run must not grow

    def new(self, request: str, nth: int, index: int) -> Entry:
        """An entry for a request that nothing is known of, not yet written. No other file is called by its number.

        Args:
            request: Its fingerprint.
            nth: Which of those that are the same it is.
            index: Its place among the requests, which gives the number if that is free.
        """
        number = index + 1
        if number in self._taken:
            number = self._highest + 1
        self._taken.add(number)
        self._highest = max(self._highest, number)
        return Entry(request, nth, number)

    def write(self, entry: Entry) -> None:
        """Write down how far a request came. When this returns, it is on disk, and so are the files that it names.

        Args:
            entry: All that is known of it.

        Raises:
            FileProblem: It can't be written.
        """
        for name in entry.files:
            path = self.folder / name
            try:
                _flush(path)
            except OSError as error:
                raise _problem(path, error) from error
        self._append(asdict(entry))

    def close(self) -> None:
        """Close it, so that another process may go on with it."""
        with self._turns:
            self._stream.close()

    def _append(self, content: Mapping[str, Any]) -> None:
        line = _line(content)
        with self._turns:
            try:
                _write(self._stream, line)
                os.fsync(self._stream.fileno())
            except (OSError, ValueError) as error:  # ValueError: it is closed
                self._cut()
                raise _problem(self._path, error) from error
            self._size += len(line)

    def _cut(self) -> None:
        """Cut off what a failed write left; no line may follow on half a line."""
        try:
            self._stream.truncate(self._size)
        except (OSError, ValueError):
            self._stream.close()

    def _read(self) -> None:
        """Read what is there; cut off half a line at the end."""
        if not _lock(self._stream):
            raise FileProblem(str(self._path), "is in use by another run; wait for its end, or take another folder")
        with self._path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.endswith(b"\n") and (number > 1 or _line(_HEAD).startswith(line)):
                    self._stream.truncate(self._size)
                    break
                self._take(number, line)
                self._size += len(line)
        if not self._size:
            self._append(_HEAD)
            _flush(self.folder)

    def _take(self, number: int, line: bytes) -> None:
        try:
            content = json.loads(line)
            if number == 1:
                known = content == _HEAD
            else:
                entry = Entry(**content)
                self._entries[entry.request, entry.nth] = entry
                known = True
        except (ValueError, TypeError):
            known = False
        if not known:
            # To pass it over could be to send, and to pay for, a request a second time.
            raise FileProblem(
                str(self._path),
                f"line {number} can't be read; mend or remove that line, or take another folder. What a removed line "
                "tells of is sent, and billed, again",
            )

    def _numbers(self) -> set[int]:
        """The numbers that files are called by, those of others in the folder included."""
        found = (_NUMBERED.fullmatch(path.name) for path in self.folder.iterdir())
        return {entry.number for entry in self._entries.values()} | {int(match[1]) for match in found if match}


def _line(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode() + b"\n"


def _write(stream: IO[bytes], line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[stream.write(rest) :]


def _flush(path: Path) -> None:
    """See that a file, or what a folder lists, outlasts a loss of power."""
    if sys.platform == "win32":
        return  # it flushes no file that is opened for reading
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(stream: IO[bytes]) -> bool:
    """Lock a file until it is closed, or its process ends in whatever way. Tells whether no other has it locked."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - each system has but one of them

            stream.seek(_BEYOND)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - as above

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


_BEYOND: Final = 0x7FFF_0000  # bytes; what is locked can't be read by others on Windows, so it is none of the content


def _problem(path: Path, error: Exception) -> FileProblem:
    why = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return FileProblem(str(path), f"can't be read or written ({why})")
