"""What a client's attributes are made of."""

from typing import TYPE_CHECKING

from .._runtime.late import late as _late

if TYPE_CHECKING:
    from .image import AsyncImage, Image
    from .models import AsyncModels, Models
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "AsyncImage": "image",
            "AsyncModels": "models",
            "Image": "image",
            "Models": "models",
        },
    )

__all__ = (
    "AsyncImage",
    "AsyncModels",
    "Image",
    "Models",
)
