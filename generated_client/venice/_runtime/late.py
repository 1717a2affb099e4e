"""Names of a module that are imported when they are first asked for (PEP 562), so that a package imports fast."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def late(
    module: str, homes: Mapping[str, str], *, package: str = ""
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """A module's ``__getattr__`` and ``__dir__``.

    Args:
        module: The module's name.
        homes: By name, the module of the package that defines it; a name that is its own home is a module.
        package: The package's name; "" if the module is the package.

    Returns:
        Both functions. What was asked for once is an ordinary attribute from then on.
    """

    def get(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name, obj=sys.modules[module])
        defining = import_module(f"{package or module}.{home}")
        value = defining if home == name else getattr(defining, name)
        setattr(sys.modules[module], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *homes})

    return get, names
