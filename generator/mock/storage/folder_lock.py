"""Keeps a second mock from a folder that one is running on: both would take the other's faults and trim its images."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FILE: Final = "running.lock"


class FolderTakenError(Exception):
    """A mock runs on this folder; the message says what to do."""


@contextmanager
def only_one(folder: Path | None) -> Iterator[None]:
    """Hold a folder for the length of a `with` block. The system lets go of it when the process ends in any way.

    Args:
        folder: The folder, which is made if need be; None for a temporary one, which nobody else knows.

    Raises:
        FolderTakenError: Another mock holds it.
        OSError: The folder can't be written.
    """
    if folder is None or sys.platform == "win32":  # where the system has no such locks
        yield
        return
    import fcntl  # noqa: PLC0415  # there is none on Windows

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _FILE).open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTakenError(
                f"A mock is already running on the folder {folder}. Stop it, choose another folder, or have one mock "
                "serve with more processes: --workers 4."
            ) from None
        yield
