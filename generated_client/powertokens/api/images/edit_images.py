"""Edit an image, or fuse several."""

from ..._operations.edit_images import (
    OPERATION,
    asyncio,
    asyncio_detailed,
    sync,
    sync_detailed,
)

__all__ = ("OPERATION", "asyncio", "asyncio_detailed", "sync", "sync_detailed")
