"""The operations of `images`."""

from typing import TYPE_CHECKING

from ..._runtime.late import late as _late

if TYPE_CHECKING:
    from . import edit_images, generate_images
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "edit_images": "edit_images",
            "generate_images": "generate_images",
        },
    )

__all__ = (
    "edit_images",
    "generate_images",
)
