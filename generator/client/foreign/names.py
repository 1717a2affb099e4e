"""Python names of fields and parameters, no two of which are one."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from generator.client.names import python_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_TAKEN: Final = frozenset(("field", "blocking", "awaited", "kw_only"))
"""Names that generated code uses where fields and arguments stand."""
_OF_ATTRS: Final = frozenset(("validator", "converter", "factory"))


def attribute(name: str) -> str:
    """The Python name of one field, whatever stands beside it."""
    found = unicodedata.normalize("NFKC", python_name(unicodedata.normalize("NFKC", name)))
    if not found.isidentifier() or found.startswith("_"):
        letters = "".join(c for c in found if f"a{c}".isidentifier()).lstrip("_")
        found = f"field_{letters}".rstrip("_")
    return f"{found}_" if found in _TAKEN else found


def attributes(names: Iterable[str], taken: Iterable[str] = ()) -> Mapping[str, str]:
    """The Python names of fields that stand side by side, by their names in the API.

    Those that would be one are told apart by numbers; the one that is written as Python writes it keeps its name.

    Args:
        names: The fields.
        taken: Names that none may have.
    """
    ordered = list(dict.fromkeys(names))
    wanted = {name: attribute(name) for name in ordered}
    wanted = {name: apart(own, wanted.values()) for name, own in wanted.items()}
    used = set(taken)
    found: dict[str, str] = {}
    for name in sorted(ordered, key=lambda name: wanted[name] != name):
        chosen, number = wanted[name], 1
        while chosen in used:
            number += 1
            chosen = f"{wanted[name].rstrip('_')}_{number}"
        used.add(chosen)
        found[name] = chosen
    return {name: found[name] for name in ordered}


def apart(name: str, beside: Collection[str]) -> str:
    """A name that attrs doesn't make of another field's: to it, what checks `kind` is called as `validator_kind` is.

    Args:
        name: The Python name of a field.
        beside: Those of all fields of its class.
    """
    prefix, _, rest = name.partition("_")
    return f"{name}_" if prefix in _OF_ATTRS and rest in beside else name
