"""Image editing with many models, paid by account or by wallet.

Edits one image by a prompt. The answer is the image itself. A caller shows an API key, or signs in with a
wallet and pays from its x402 balance.

Generated from venice.yaml, version 1.0.0. Do not edit: change the spec and generate again.
"""

from typing import TYPE_CHECKING

from . import errors, models
from ._client import AsyncVenice, Venice
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
    "AsyncVenice",
    "FileInput",
    "Response",
    "Unset",
    "Venice",
    "__version__",
    "api",
    "errors",
    "models",
    "types",
)
