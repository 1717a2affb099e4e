"""Draws in threads, so that other requests are answered meanwhile, and few at a time, so that memory stays bounded."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

# An input image of the most pixels that are allowed takes 100 MB while it is decoded. More threads than processors
# would draw nothing sooner.
_THREADS: Final = ThreadPoolExecutor(max(2, os.cpu_count() or 1), thread_name_prefix="drawing")


async def in_drawing_thread(work: Callable[[], T]) -> T:
    """What a function returns that draws.

    Args:
        work: The function. It waits for its turn while others draw.
    """
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work)
