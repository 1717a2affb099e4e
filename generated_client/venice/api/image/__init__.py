"""The operations of `image`."""

from typing import TYPE_CHECKING

from ..._runtime.late import late as _late

if TYPE_CHECKING:
    from . import edit_image
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "edit_image": "edit_image",
        },
    )

__all__ = ("edit_image",)
