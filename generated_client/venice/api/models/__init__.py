"""The operations of `models`."""

from typing import TYPE_CHECKING

from ..._runtime.late import late as _late

if TYPE_CHECKING:
    from . import list_models
else:
    __getattr__, __dir__ = _late(
        __name__,
        {
            "list_models": "list_models",
        },
    )

__all__ = ("list_models",)
