"""List the models, with their prices and limits."""

from ..._operations.list_models import (
    OPERATION,
    asyncio,
    asyncio_detailed,
    sync,
    sync_detailed,
)

__all__ = ("OPERATION", "asyncio", "asyncio_detailed", "sync", "sync_detailed")
