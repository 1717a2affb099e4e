"""One module an operation, by resource, in the manner of openapi-python-client."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from . import image, models
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "image": "image",
            "models": "models",
        },
    )

__all__ = (
    "image",
    "models",
)
