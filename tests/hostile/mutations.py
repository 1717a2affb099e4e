"""Puts what doesn't belong there at places of a document that was right."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .texts import Dice

Json = Any
T = TypeVar("T")

_ONE_IN = 3
"""How many documents have something that doesn't belong there: in a document where all is odd, little is generated."""
_DEEP = 150


def mutated(dice: Dice, data: T) -> T:
    """A copy, with a few places that hold something else, have another name, or are gone; mostly none.

    Args:
        dice: Decides.
        data: Some part of a document.
    """
    if not dice.chance(_ONE_IN):
        return data
    changed = copy.deepcopy(data)
    for _ in range(dice.choice((1, 2, 4))):
        holders = list(_holders(changed))
        if holders:
            _mutate(dice, dice.choice(holders), changed)
    return changed


def _mutate(dice: Dice, holder: Json, whole: Json) -> None:
    key = dice.choice(list(holder) if isinstance(holder, dict) else list(range(len(holder))))
    change = dice.choice(("junk", "junk", "text", "gone", "rename", "wrap", "move"))
    if change == "junk":
        holder[key] = dice.junk()
    elif change == "text":
        holder[key] = dice.text()
    elif change == "gone":
        del holder[key]
    elif change == "rename" and isinstance(holder, dict):
        holder[dice.text()] = holder.pop(key)
    elif change == "wrap":
        for _ in range(dice.choice((1, 2, _DEEP))):
            holder[key] = dice.choice(([holder[key]], {"allOf": [holder[key]]}, {"items": holder[key]}))
    else:
        holder[key] = copy.deepcopy(dice.choice(list(_holders(whole))))


def _holders(data: Json) -> Iterator[Json]:
    if isinstance(data, dict | list):
        if data:
            yield cast("Json", data)
        for child in data.values() if isinstance(data, dict) else data:
            yield from _holders(child)
