"""Puts a generated tree into place: only what changed is written, what is stale goes, nothing is left half-written."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MARKER = "py.typed"
"""A file that every generated package has: a folder without it was not generated, and is not overwritten."""
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
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise OutputError(f"{folder} holds files, but no generated package. Name another folder, or empty this one.")
    nearest = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{nearest} can't be written. Mend its permissions, or name another folder.")


def replace_tree(new: Path, folder: Path) -> list[Path]:
    """Make a folder equal to a newly generated tree.

    Args:
        new: The generated tree, complete and formatted.
        folder: Where it goes.

    Returns:
        The files that were written or removed, in order.

    Raises:
        OutputError: A file can't be written; files not yet reached are as they were.
    """
    wanted = {path.relative_to(new): path for path in sorted(new.rglob("*")) if path.is_file()}
    present = {p.relative_to(folder): p for p in folder.rglob("*") if p.is_file() and _COMPILED not in p.parts}
    touched: list[Path] = []
    try:
        for relative, source in wanted.items():
            if _write(source.read_bytes(), folder / relative):
                touched.append(folder / relative)
        for relative, stale in sorted(present.items()):
            if relative not in wanted:
                stale.unlink()
                touched.append(stale)
        _remove_empty_folders(folder)
    except OSError as error:
        raise OutputError(f"{error.filename or folder} can't be written: {error.strerror}.") from error
    return touched


def remove_orphans(output: Path, kept: Collection[str]) -> list[Path]:
    """Remove the generated packages of specs that are no more.

    Args:
        output: The folder that holds the packages.
        kept: The names of the packages that stay.

    Returns:
        The folders that were removed. A folder that isn't a generated package stays.
    """
    marked = (path.parent for path in sorted(output.glob(f"*/{MARKER}")))
    orphans = [folder for folder in marked if folder.name not in kept and (folder / RUNTIME).is_dir()]
    for folder in orphans:
        shutil.rmtree(folder)
    return orphans


def _write(content: bytes, target: Path) -> bool:
    """Write a file whole or not at all; False if it already had this content."""
    if target.is_file() and target.read_bytes() == content:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    try:
        aside.write_bytes(content)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return True


def _remove_empty_folders(folder: Path) -> None:
    """Remove folders that hold nothing, or only what Python compiled: such a one could still be imported."""
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if path.name != _COMPILED and all(child.name == _COMPILED for child in path.iterdir()):
            shutil.rmtree(path)
