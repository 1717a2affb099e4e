"""By what a file is known again: its hash, the same however a checkout ends its lines, or what is in its place."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def digest(content: bytes) -> str:
    """The hash of a text, SHA-256 in hexadecimal digits.

    Args:
        content: The text as bytes.
    """
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def state_of(path: Path, folder: Path | None = None) -> str:
    """The hash of a file, whatever links lead to it; else what is in its place, which no hash equals.

    Args:
        path: The file, there or not.
        folder: The folder that it must stand in, resolved; what is outside isn't read. None if it may be anywhere.
    """
    try:
        real = path.resolve()
        if folder is not None and not real.is_relative_to(folder):
            return "outside"
        if not real.exists():
            return "absent"
        return digest(real.read_bytes()) if real.is_file() else "no file"
    except (OSError, ValueError, RuntimeError):  # no rights, no path at all, or links that lead round in a circle
        return "unreadable"
