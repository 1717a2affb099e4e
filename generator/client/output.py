"""Puts a generated tree into place: only what changed is written, what is stale goes, nothing is left half-written."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.client.swap import staging, swap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

MARKER = "py.typed"
"""A file that every generated package has: a folder without it was not generated, and is not overwritten."""
LOCK = "contract.lock.json"
"""A package's lock file: what it was generated from and with."""
RUNTIME = "_runtime"
"""The folder of a generated package that holds what all of them have in common."""

_COMPILED = "__pycache__"


class OutputError(Exception):
    """The output can't be written."""


def check_writable(folder: Path) -> None:
    """Refuse a folder that can't be written, or that holds something else, before any work is done.

    Args:
        folder: The package's folder, there or not.

    Raises:
        OutputError: It can't be written, or is not a generated package.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file. Name a folder for the package.")
    if folder.is_dir() and any(folder.iterdir()) and not any((folder / name).exists() for name in (MARKER, LOCK)):
        raise OutputError(f"{folder} holds files, but no generated package. Name another folder, or empty this one.")
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{nearest} can't be written. Mend its permissions, or name another folder.")


def replace_tree(new: Path, folder: Path) -> list[Path]:
    """Make a folder equal to a newly generated tree; see `replace_trees`."""
    return replace_trees({folder: new}, folder.parent)


def replace_trees(
    trees: Mapping[Path, Path],
    beside: Path,
    gone: Sequence[Path] = (),
    files: Mapping[Path, Path | None] = MappingProxyType({}),
) -> list[Path]:
    """Make folders equal to newly generated trees: all of them, or none.

    Args:
        trees: By the folder that it is for, a generated tree, complete and formatted, on the same file system. What
            differs is moved out of it.
        beside: The folder that holds the packages.
        gone: Folders of generated packages that go.
        files: By the file that it is for, a generated one; None if it goes.

    Returns:
        The files that were written or removed, in order, then the folders that went.

    Raises:
        OutputError: A file can't be written. All are as they were.
    """
    with writing(beside):
        changes: dict[Path, Path | None] = {}
        touched: list[Path] = []
        for folder, new in trees.items():
            differing = _changes(new, folder)
            touched += differing
            changes |= differing if folder.exists() else {folder: new}
        differing = _changed_files(files)
        touched += differing
        changes |= differing | dict.fromkeys(gone)
        if changes:
            with staging(beside) as stage:
                swap(changes, stage, lambda: _tidy(trees, files))
        else:
            _tidy(trees, files)
    return [*touched, *gone]


def replace_file(path: Path, content: bytes) -> list[Path]:
    """Give a file a content, whole or not at all.

    Args:
        path: The file, in a folder that is there.
        content: What it is to hold.

    Returns:
        The file, if it was written; nothing if it was right.

    Raises:
        OutputError: It can't be written. It is as it was.
    """
    with writing(path):
        if path.is_file() and same_text(path.read_bytes(), content):
            return []
        with staging(path.parent) as stage:
            new, kept = stage / "new", stage / "kept"
            new.write_bytes(content)
            kept.mkdir()
            swap({path: new}, kept)
    return [path]


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Tell in words what can't be written.

    Args:
        place: What is meant where the system doesn't say.

    Raises:
        OutputError: Something can't be written.
    """
    try:
        yield
    except OSError as error:
        what = error.filename2 or error.filename or place
        message = f"{what} can't be written: {error.strerror}. Nothing was changed. Mend its rights, or move it away."
        raise OutputError(message) from error


def orphans(output: Path, kept: Collection[str]) -> list[Path]:
    """The generated packages of specs that are no more.

    Args:
        output: The folder that holds the packages.
        kept: The names of the packages that stay.

    Returns:
        Their folders. A folder that isn't a generated package is none.
    """
    marked = (path.parent for path in sorted(output.glob(f"*/{MARKER}")))
    return [folder for folder in marked if folder.name not in kept and (folder / RUNTIME).is_dir()]


def same_text(one: bytes, other: bytes) -> bool:
    """Whether two files are the same, however a checkout ends their lines."""
    return one == other or one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def _changes(new: Path, folder: Path) -> dict[Path, Path | None]:
    wanted, present = _files(new), _files(folder)
    changed = _changed_files({folder / name: path for name, path in wanted.items()})
    return changed | {path: None for name, path in present.items() if name not in wanted}


def _changed_files(files: Mapping[Path, Path | None]) -> dict[Path, Path | None]:
    return {path: new for path, new in files.items() if not _is_right(path, new)}


def _is_right(path: Path, new: Path | None) -> bool:
    is_file = path.is_file() and not path.is_symlink()
    if new is None:
        return not os.path.lexists(path) or (path.is_dir() and not path.is_symlink())
    return is_file and same_text(path.read_bytes(), new.read_bytes())


def _files(folder: Path) -> dict[Path, Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return {path.relative_to(folder): path for path in found if _COMPILED not in path.relative_to(folder).parts}


def _tidy(trees: Iterable[Path], files: Iterable[Path]) -> None:
    for folder in {*trees, *(path.parent for path in files)}:
        _remove_empty_folders(folder)


def _remove_empty_folders(folder: Path) -> None:
    """Remove folders that hold nothing, or only what Python compiled: such a one could still be imported."""
    below = sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True)
    for path in (*below, folder) if folder.is_dir() else ():
        if path.name != _COMPILED and all(child.name == _COMPILED for child in path.iterdir()):
            shutil.rmtree(path, ignore_errors=True)
