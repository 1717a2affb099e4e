"""Hashes of files and folders, the same however a checkout ends its lines."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from generator.digest import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LEFT_BY_TOOLS: Final = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
"""Folders that stand in a package without belonging to it."""


class UnreadableError(Exception):
    """A file can't be read."""


def digest_of_file(path: Path | str) -> str:
    """The hash of a file; what is no file, a link or a pipe, has one that no file has, and isn't opened.

    Raises:
        UnreadableError: It can't be read.
    """
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode):
            return f"no file: {stat.filemode(mode)[0]}"
        with open(path, "rb") as file:  # noqa: PTH123  the same
            return digest(file.read())
    except OSError as error:
        raise UnreadableError(
            f"{path} can't be read: {error.strerror}. Check that it is there, and your rights."
        ) from error


def digests(folder: Path) -> dict[str, str]:
    """The hash of every file below a folder, by its path there; none if there is no such folder.

    Args:
        folder: The folder. What tools leave there isn't counted.
    """
    return {name: digest_of_file(path) for name, path in sorted(_files(str(folder), ""))}


def combined(parts: Mapping[str, str]) -> str:
    """One hash of several, each with its name, in whatever order they come."""
    return digest("".join(f"{name}\0{parts[name]}\n" for name in sorted(parts)).encode())


def _files(folder: str, below: str) -> Iterator[tuple[str, str]]:
    if not os.path.isdir(folder):  # noqa: PTH112  the same
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in LEFT_BY_TOOLS:
                    yield from _files(entry.path, f"{below}{entry.name}/")
            else:
                yield f"{below}{entry.name}", entry.path
