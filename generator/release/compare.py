"""Compares files with what would be generated in their place."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from generator.client.output import LOCK
from generator.release.hashing import digest_of_file, digests

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path


@frozen
class Drift:
    """One file that is not what would be generated.

    Attributes:
        path: The file.
        kind: "missing" if it isn't there and should be, "extra" if it is there and shouldn't be, else "changed".
        difference: For a changed text file, the lines of the unified diff from what is there to what should be.
    """

    path: Path
    kind: Literal["missing", "extra", "changed"]
    difference: tuple[str, ...] = ()


def compare_folders(folder: Path, built: Path) -> Iterator[Drift]:
    """Compare a package with one that was just built.

    Args:
        folder: The package's folder, there or not.
        built: The folder of what was just built.

    Returns:
        The files that differ, in the order of their paths. The lock file isn't compared: what it says is told in words.
    """
    there, wanted = digests(folder), digests(built)
    for name in sorted(there.keys() | wanted.keys()):
        path = folder / name
        if name == LOCK:
            continue
        if name not in there:
            yield Drift(path, "missing")
        elif name not in wanted:
            yield Drift(path, "extra")
        elif there[name] != wanted[name]:
            yield Drift(path, "changed", _difference(path, (built / name).read_bytes()))


def compare_tests(output: Path, built: Path, before: Collection[str], now: Collection[str]) -> Iterator[Drift]:
    """Compare the tests beside a package with those that were just built. What else is in their folder isn't compared.

    Args:
        output: The folder that holds the packages.
        built: The folder of what was just built.
        before: The files of the tests by the lock file that is there.
        now: Those by the lock file that was just built.
    """
    for name in sorted({*before, *now}):
        path = output / name
        if name not in now:
            yield from [Drift(path, "extra")] if path.is_file() else []
        elif not path.is_file():
            yield Drift(path, "missing")
        elif digest_of_file(path) != digest_of_file(built / name):
            yield Drift(path, "changed", _difference(path, (built / name).read_bytes()))


def compare_text(path: Path, wanted: str) -> Iterator[Drift]:
    """Compare one file with the text that it should hold.

    Args:
        path: The file, there or not.
        wanted: The text.
    """
    if not path.is_file():
        yield Drift(path, "missing")
    elif path.read_bytes().replace(b"\r\n", b"\n") != wanted.encode():
        yield Drift(path, "changed", _difference(path, wanted.encode()))


def _difference(path: Path, wanted: bytes) -> tuple[str, ...]:
    if path.is_symlink() or not path.is_file():
        return ()
    try:
        old, new = (content.decode().splitlines() for content in (path.read_bytes(), wanted))
    except UnicodeDecodeError:
        return ()
    return tuple(difflib.unified_diff(old, new, f"{path} (there)", f"{path} (generated)", lineterm=""))
