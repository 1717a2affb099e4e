"""Which of a spec's conditions contain each other, so that a rule that moved from one to another is judged right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Condition, Json


def implies(one: Condition | None, other: Condition | None) -> bool:
    """Whether a rule that holds under `other` holds wherever `one` does. False where it can't be told.

    Args:
        one: A condition; None for always.
        other: Another.
    """
    if other is None:
        return True
    if one is None or one.negated is not other.negated:
        return False
    narrow, wide = (other.schema, one.schema) if one.negated else (one.schema, other.schema)
    return _contains(wide, narrow)


def _contains(wide: Mapping[str, Json], narrow: Mapping[str, Json]) -> bool:
    """Whether every request that fits the one `if` fits the other."""
    if not set(wide.get("required", ())) <= set(narrow.get("required", ())):
        return False
    inner = narrow.get("properties", {})
    return all(
        name in inner and _values_fit(inner[name], constraint)
        for name, constraint in wide.get("properties", {}).items()
    )


def _values_fit(narrow: Mapping[str, Json], wide: Mapping[str, Json]) -> bool:
    if narrow == wide:
        return True
    some, all_ = _values(narrow), _values(wide)
    return some is not None and all_ is not None and some <= all_


def _values(constraint: Mapping[str, Json]) -> set[str] | None:
    """The values that a constraint names; None where it doesn't list them."""
    if "const" in constraint:
        return {json.dumps(constraint["const"])}
    return {json.dumps(value) for value in constraint["enum"]} if "enum" in constraint else None
