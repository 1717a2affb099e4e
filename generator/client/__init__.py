"""From a contract to a Python package: typed, validated, attrs and httpx alone.

Each name is imported when it is first asked for: whoever needs only where the output goes doesn't wait for the library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generator.client.emit import build, generate
    from generator.client.formatting import FormatterError
    from generator.client.output import OutputError
    from generator.client.validators import UnhonouredRuleError

__all__ = ["FormatterError", "OutputError", "UnhonouredRuleError", "build", "generate"]

_HOMES = {
    "FormatterError": "formatting",
    "OutputError": "output",
    "UnhonouredRuleError": "validators",
    "build": "emit",
    "generate": "emit",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
