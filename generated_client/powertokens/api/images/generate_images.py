"""Make images from a text."""

from ..._operations.generate_images import (
    OPERATION,
    asyncio,
    asyncio_detailed,
    sync,
    sync_detailed,
)

__all__ = ("OPERATION", "asyncio", "asyncio_detailed", "sync", "sync_detailed")
