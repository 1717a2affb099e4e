"""Edit an image by a prompt."""

from ..._operations.edit_image import (
    OPERATION,
    asyncio,
    asyncio_detailed,
    sync,
    sync_detailed,
)

__all__ = ("OPERATION", "asyncio", "asyncio_detailed", "sync", "sync_detailed")
