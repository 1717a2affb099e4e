"""What of a package can be reached without an underscore: its modules, their names, and the members of its clients."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_LANGUAGE = frozenset({"annotations", "TYPE_CHECKING"})
"""Names that every module may have: a future import, and what hides imports for type checkers."""


def public_modules(package: ModuleType) -> dict[str, ModuleType]:
    """Every module of a package whose path holds no underscore, by its path below the package; itself is ""."""
    found = {"": package}
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        path = each.name.removeprefix(f"{package.__name__}.")
        if not any(part.startswith("_") for part in path.split(".")):
            found[path] = importlib.import_module(each.name)
    return found


def names(module: ModuleType) -> list[str]:
    """The public names of a module; what is imported late counts as well."""
    return sorted(name for name in dir(module) if not name.startswith("_") and name not in _LANGUAGE)


def listing(package: ModuleType, *clients: str) -> list[str]:
    """Every public name, dotted, in order.

    Args:
        package: A generated package.
        clients: Its client classes, whose members and resources are listed too.
    """
    found = [
        ".".join(filter(None, (path, name)))
        for path, module in public_modules(package).items()
        for name in names(module)
    ]
    for client in clients:
        found += [f"{client}.{name}" for name in _members(getattr(package, client)("key"))]
    return sorted(found)


def _members(client: Any) -> Iterator[str]:
    """The members of a client, and those of its resources."""
    for name in _public(client):
        yield name
        member = getattr(client, name)
        if not inspect.isroutine(member):
            yield from (f"{name}.{below}" for below in _public(member))
            yield from (f"{name}.with_raw_response.{below}" for below in _public(member.with_raw_response))


def _public(thing: object) -> list[str]:
    return [name for name in dir(thing) if not name.startswith("_")]
