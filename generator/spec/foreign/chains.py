"""Components that lead to each other in chains so long that Python could not import their modules one from another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.spec.foreign.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.model import Json

LONGEST: Final = 100
"""The longest chain: Python's limit of recursion lets some 150 modules import each other. Public documents need 30."""


def ends_of_chains(start: Iterable[str], components: Mapping[str, Json]) -> list[str]:
    """The components that stand at the end of the longest chains that can be, and lead on.

    Args:
        start: Where to begin: what operations refer to.
        components: All components.
    """
    seen: set[str] = set()
    found: list[str] = []
    for root in start:
        if root in seen:
            continue
        seen.add(root)
        waiting = [iter(_below(root, components))]
        while waiting:
            name = next((each for each in waiting[-1] if each not in seen), None)
            if name is None:
                waiting.pop()
                continue
            seen.add(name)
            below = _below(name, components)
            if below and len(waiting) >= LONGEST:
                found.append(name)
            else:
                waiting.append(iter(below))
    return found


def _below(name: str, components: Mapping[str, Json]) -> list[str]:
    return sorted(set(references(components[name])))
