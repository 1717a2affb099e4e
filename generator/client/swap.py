"""Puts files in the place of others: all of them or none."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from generator.client.interrupts import held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PREFIX: Final = ".image-contract-"
_LEFT_BEHIND: Final = 3600.0
"""Seconds after which a folder of ours can't be in use any more: whoever made it was killed."""
_NO_LINKS: Final = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def staging(beside: Path) -> Iterator[Path]:
    """Make a folder to prepare files in, on the file system of where they go; it goes in the end.

    Args:
        beside: The folder that they go to, made if it isn't there; if it is empty in the end, it goes as well.
    """
    made: list[Path] = []
    stage: Path | None = None
    try:
        with held_back():
            made = _make_folder(beside)
            _remove_left_behind(beside)
            stage = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=beside))
        yield stage
    finally:
        with held_back():
            if stage is not None:
                shutil.rmtree(stage, ignore_errors=True)
            _remove_empty(made)


def swap(changes: Mapping[Path, Path | None], stage: Path, tidy: Callable[[], None] = lambda: None) -> None:
    """Move files and folders into place and remove others, all or none, while Ctrl-C is held back.

    Args:
        changes: For each place the file that goes there, or the folder if nothing is there; None removes what is there.
        stage: An empty folder for what was there, on the same file system.
        tidy: Is called once all are changed.

    Raises:
        OSError: One of them can't be changed. All are as they were.
        KeyboardInterrupt: The user gave up. All are as they were, or all are changed.
    """
    with held_back() as came:
        moves = [_Move(target, new, stage / str(index)) for index, (target, new) in enumerate(changes.items())]
        if not came:
            _carry_out(moves)
            tidy()


def _remove_left_behind(folder: Path) -> None:
    """Remove what a killed run has left in a folder."""
    for path in folder.glob(f"{_PREFIX}*"):
        if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
            shutil.rmtree(path, ignore_errors=True)


class _Move:
    """One place, what goes there, and where what was there is kept meanwhile."""

    def __init__(self, target: Path, new: Path | None, kept: Path) -> None:
        self._target, self._new, self._kept = target, new, kept
        self._is_replaced = new is not None and os.path.lexists(target)
        self._made: list[Path] = []
        if self._is_replaced and not target.is_dir():
            _keep(target, kept)

    def do(self) -> None:
        """Put the new one in place, or take the old one away."""
        if self._new is None:
            self._target.replace(self._kept)
            return
        self._made = _make_folder(self._target.parent)
        try:
            self._new.replace(self._target)
        except OSError:
            _remove_empty(self._made)
            raise

    def undo(self) -> None:
        """Put the old one back, or take the new one away."""
        if self._new is None or self._is_replaced:
            self._kept.replace(self._target)
        else:
            self._target.replace(self._new)
        _remove_empty(self._made)


def _carry_out(moves: list[_Move]) -> None:
    done: list[_Move] = []
    try:
        for move in moves:
            move.do()
            done.append(move)
    except OSError:
        for move in reversed(done):
            move.undo()
        raise


def _keep(path: Path, kept: Path) -> None:
    """Keep a file under a second name, so that its own is never without one."""
    try:
        os.link(path, kept, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(path, kept, follow_symlinks=False)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder with those above it; those that weren't there, the lowest first."""
    missing = list(_missing(folder))
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _missing(folder: Path) -> Iterator[Path]:
    for path in (folder, *folder.parents):
        if path.exists():
            return
        yield path


def _remove_empty(folders: list[Path]) -> None:
    for folder in folders:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
