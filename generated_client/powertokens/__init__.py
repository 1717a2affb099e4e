"""Text to image and image editing with Alibaba's Qwen and Wan models.

A gateway in front of the model provider's native API. Two request shapes share each URL: the prompt shape,
flat and in the manner of OpenAI's images API, and the messages shape, in the manner of the native API.

Generated from powertokens.yaml, version 1.0.0. Do not edit: change the spec and generate again.
"""

from . import errors, models
from ._runtime.types import UNSET, FileInput, Response, Unset
from ._version import __version__
from .client import AsyncPowerTokens, PowerTokens

__all__ = (
    "UNSET",
    "AsyncPowerTokens",
    "FileInput",
    "PowerTokens",
    "Response",
    "Unset",
    "__version__",
    "errors",
    "models",
)
