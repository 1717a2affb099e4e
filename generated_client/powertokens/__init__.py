"""Text to image and image editing with Alibaba's Qwen and Wan models.

A gateway in front of the model provider's native API. Two request shapes share each URL: the prompt shape,
flat and in the manner of OpenAI's images API, and the messages shape, in the manner of the native API.

Generated from powertokens.yaml, version 1.0.0. Do not edit: change the spec and generate again.
"""

from typing import TYPE_CHECKING

from . import errors, models
from ._client import AsyncPowerTokens, PowerTokens
from ._runtime.late import late as _late
from ._runtime.types import UNSET, FileInput, Unset
from ._version import __version__

if TYPE_CHECKING:
    from . import api, types
    from ._runtime.response import Response
else:
    __getattr__, __dir__ = _late(__name__, {"Response": "_runtime.response", "api": "api", "types": "types"})

__all__ = (
    "UNSET",
    "AsyncPowerTokens",
    "FileInput",
    "PowerTokens",
    "Response",
    "Unset",
    "__version__",
    "api",
    "errors",
    "models",
    "types",
)
