"""What is said where the mock can't write into its folder."""

from __future__ import annotations

import logging
import sqlite3
from typing import Final

_log = logging.getLogger(__name__)

NOT_WRITTEN: Final = "The mock can't write its journal; its log says why."
"""What a caller is told whose request can't be written down."""

_ADVICE: Final = "Make room on the disk, or start the mock with another --folder, or a smaller --max-disk."


def is_unwritten(error: Exception) -> bool:
    """Whether an error says that the mock can't write; an image that can't be read is an `OSError` without a number."""
    return isinstance(error, sqlite3.Error) or (isinstance(error, OSError) and error.errno is not None)


def cant_keep(error: Exception) -> str:
    """What a caller is told whose request can't be kept as it must be."""
    return f"The mock can't keep this request: {_why(error)}. {_ADVICE}"


def log_unwritten(error: Exception) -> None:
    """Log that a request, or what belongs to it, can't be written, and why."""
    _log.error("The mock can't write into its folder: %s. %s", _why(error), _ADVICE)


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
