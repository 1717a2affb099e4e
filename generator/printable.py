"""Text of a spec for a terminal: what one would obey, or what turns or hides other text, is written as an escape."""

from __future__ import annotations

import json
import re
from typing import Final

HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Signs that are no text: controls of terminals and of the direction of text, halves of characters, and the like."""


def printable(text: str) -> str:
    """Text that any terminal shows as it stands.

    Args:
        text: Any text.

    Returns:
        The same, each hidden sign as Python writes it. Lines and tabs stay.
    """
    return HIDDEN.sub(lambda sign: ascii(sign[0])[1:-1], text)


def printable_json(value: object) -> str:
    """A value as JSON, readable by programs and fit for any terminal.

    Args:
        value: What JSON can say.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return HIDDEN.sub(lambda sign: json.dumps(sign[0])[1:-1], text)
