"""Fetches what the links of answers lead to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.conformance.pictures import read_picture

if TYPE_CHECKING:
    from collections.abc import Callable

    Once = Callable[[str, int], "Fetched | None"]
    """Fetches what stands at a URL once, up to so many bytes; None if nothing is there."""
    Fetch = Callable[[str], "Fetched | None"]
    """The same, as often as it takes, and all of it unless it is very long."""

MOST: Final = 32 * 1024 * 1024
"""How many bytes of an image are fetched: more than a PNG of 4K has, unless it is noise."""
ENOUGH: Final = 64 * 1024
"""How many bytes of an image tell its format and, nearly always, its size."""
_PAUSES: Final = (0.5, 1.0)
"""How long to wait before a link is tried again, in seconds: a storage may need a moment to have what was put there."""
_DEAD: Final = 3
"""After so many links that stay dead, each is tried once."""


@frozen
class Fetched:
    """What stood at a URL.

    Attributes:
        data: Its bytes, or the first of them.
        is_all: Whether no more was to be had, because it ended there.
        is_broken: Whether the connection ended before the answer's own length was there.
    """

    data: bytes
    is_all: bool = True
    is_broken: bool = False


class Links:
    """Fetches what links lead to, from several threads.

    Args:
        once: Fetches once.
        sleep: Waits so many seconds.
    """

    def __init__(self, once: Once, sleep: Callable[[float], None] = time.sleep) -> None:
        self._once = once
        self._sleep = sleep
        self._dead = 0

    def fetch(self, url: str) -> Fetched | None:
        """Fetch what stands at a URL, without credentials.

        What breaks off is an accident of the network the first time; what breaks off each time is all that there is.

        Args:
            url: An absolute URL.

        Returns:
            What stands there; None if it is nothing, or what came was too little to tell.
        """
        found = self._once(url, MOST)
        for pause in _PAUSES if self._dead < _DEAD else ():
            if found is not None and not found.is_broken:
                break
            self._sleep(pause)
            found = self._once(url, MOST) or found
        if found is None or (found.is_broken and read_picture(found.data) is None):
            self._dead += 1
            return None
        return found
