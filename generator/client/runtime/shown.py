"""How much of an answer's body errors show."""

from __future__ import annotations

from typing import Final

SHOWN: Final = 500
"""Characters of a body that are shown."""

HEAD: Final = 4 * SHOWN + 4
"""Bytes that are kept of a body that can't be read: enough for as many characters, and to see that there are more."""
