"""What a client's attributes are made of."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from .images import AsyncImages, Images
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "AsyncImages": "images",
            "Images": "images",
        },
    )

__all__ = (
    "AsyncImages",
    "Images",
)
