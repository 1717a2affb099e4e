"""Image editing with many models, paid by account or by wallet.

Edits one image by a prompt. The answer is the image itself. A caller shows an API key, or signs in with a
wallet and pays from its x402 balance.

Generated from venice.yaml, version 1.0.0. Do not edit: change the spec and generate again.
"""

from . import errors, models
from ._runtime.types import UNSET, FileInput, Response, Unset
from ._version import __version__
from .client import AsyncVenice, Venice

__all__ = (
    "UNSET",
    "AsyncVenice",
    "FileInput",
    "Response",
    "Unset",
    "Venice",
    "__version__",
    "errors",
    "models",
)
