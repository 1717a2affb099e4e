"""Packages whose specs are no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client.output import orphans as unnamed
from generator.release.lock import LockError, read_lock

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def orphans(output: Path, kept: Collection[str]) -> list[Path]:
    """The generated packages of specs that are no more.

    Args:
        output: The folder that holds the packages.
        kept: The names of the packages that stay.

    Returns:
        Their folders. A folder that isn't a generated package is none, nor is a package whose spec was named by itself.
    """
    return [folder for folder in unnamed(output, kept) if not _has_source(folder)]


def _has_source(folder: Path) -> bool:
    try:
        return bool(read_lock(folder).source)
    except LockError:
        return False
