"""What TLS connections trust: read once for a process, since reading takes longer than a whole call."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    import ssl


@cache
def ssl_context() -> ssl.SSLContext:
    """The context that httpx makes by default, with what the environment says of it at the first call."""
    return httpx.create_ssl_context()
