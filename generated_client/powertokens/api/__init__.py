"""One module an operation, by resource, in the manner of openapi-python-client."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from . import images
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "images": "images",
        },
    )

__all__ = ("images",)
