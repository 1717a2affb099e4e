"""A failure of this program's own, in words that hold nothing of what was sent or came."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_OWN = "generator."


def failure_in_words(error: BaseException) -> str:
    """What failed and where; what an exception says may hold a credential.

    Args:
        error: An exception that nobody reckoned with.
    """
    places = [(_module(frame), line) for frame, line in traceback.walk_tb(error.__traceback__)]
    # What stands deepest in this project, not in what it uses.
    own = [place for place in places if place[0].startswith(_OWN)]
    where = "".join(f", at {module}:{line}" for module, line in (own or places)[-1:])
    return f"This program failed, not the gateway: {type(error).__name__}{where}"


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
