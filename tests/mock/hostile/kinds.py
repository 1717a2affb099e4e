"""All kinds of hostile requests, by name. Each makes one request from a source of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.mock.hostile import addresses, control, form_bodies, framing, json_bodies, pictures

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from types import ModuleType

    from tests.mock.hostile.attack import Attack

_MODULES: Final = (json_bodies, form_bodies, pictures, framing, addresses, control)
_PARTS: Final = frozenset({"field", "file", "form", "head", "posted"})


def _kinds(module: ModuleType) -> dict[str, Callable[[Random], Attack]]:
    """The public functions of a module that make attacks."""
    name = module.__name__.rpartition(".")[2]
    made = {key: value for key, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__}
    return {
        f"{name}: {key.replace('_', ' ')}": value
        for key, value in made.items()
        if not key.startswith("_") and key not in _PARTS
    }


KINDS: Final[dict[str, Callable[[Random], Attack]]] = {
    name: kind for module in _MODULES for name, kind in _kinds(module).items()
}
