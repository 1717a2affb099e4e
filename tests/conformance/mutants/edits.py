"""What a wrong gateway makes of a value: each edit leaves alone what it has no business with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.conformance.mutants.values import ABSENT, places, value_at, with_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_SIDES = re.compile(r"([0-9]+)\*([0-9]+)")


def edited(body: Any, edits: Sequence[Mapping[str, Any]]) -> Any:
    """A body after edits.

    Args:
        body: The decoded body.
        edits: One after the other, each ``at`` (a JSON Pointer, with ``*`` for each item), ``do`` (the edit's name) and
            ``to`` (what it takes).
    """
    for edit in edits:
        for place in places(body, edit["at"]):
            new = EDITS[edit["do"]](value_at(body, place), edit.get("to"))
            if new is not LEFT_ALONE:
                body = with_value(body, place, new)
    return body


LEFT_ALONE: Any = object()
"""What an edit gives for a value that it doesn't change."""


def _number_from_text(value: Any, _: Any) -> Any:
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value) else LEFT_ALONE


def _boolean_from_text(value: Any, _: Any) -> Any:
    known = {"true": True, "false": False}
    return known.get(value.lower(), LEFT_ALONE) if isinstance(value, str) else LEFT_ALONE


def _boolean_from_number(value: Any, _: Any) -> Any:
    return bool(value) if isinstance(value, int) and not isinstance(value, bool) and value in {0, 1} else LEFT_ALONE


def _number_from_boolean(value: Any, _: Any) -> Any:
    return int(value) if isinstance(value, bool) else LEFT_ALONE


def _whole(value: Any, _: Any) -> Any:
    return int(value) if isinstance(value, float) else LEFT_ALONE


def _text_from_number(value: Any, _: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else LEFT_ALONE


def _text_from_anything(value: Any, _: Any) -> Any:
    return LEFT_ALONE if value is ABSENT or isinstance(value, str) else str(value)


def _cut(value: Any, length: int) -> Any:
    return value[:length] if isinstance(value, str | list) else LEFT_ALONE


def _clamp(value: Any, bounds: Sequence[int]) -> Any:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return min(max(value, bounds[0]), bounds[1]) if is_number else LEFT_ALONE


def _plus(value: Any, more: int) -> Any:
    return value + more if isinstance(value, int) and not isinstance(value, bool) else LEFT_ALONE


def _replace(value: Any, pattern_and_new: Sequence[str]) -> Any:
    pattern, new = pattern_and_new
    return re.sub(pattern, new, value) if isinstance(value, str) else LEFT_ALONE


def _swap_sides(value: Any, _: Any) -> Any:
    return _SIDES.sub(r"\2*\1", value) if isinstance(value, str) else LEFT_ALONE


def _round_sides(value: Any, step: int) -> Any:
    if not isinstance(value, str) or not (sides := _SIDES.fullmatch(value)):
        return LEFT_ALONE
    return "*".join(str(max(step, int(side) // step * step)) for side in sides.groups())


def _in_32_bits(value: Any, _: Any) -> Any:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value % 2**32 if is_number and value >= 2**32 else LEFT_ALONE


def _pixels_in_32_bits(value: Any, bounds: Sequence[int]) -> Any:
    """A size that is taken, in place of one whose pixels are within bounds if they are counted in 32 bits."""
    if not isinstance(value, str) or not (sides := _SIDES.fullmatch(value)):
        return LEFT_ALONE
    pixels = int(sides[1]) * int(sides[2])
    return "1024*1024" if pixels >= 2**32 and bounds[0] <= pixels % 2**32 <= bounds[1] else LEFT_ALONE


def _text_of_items(value: Any, _: Any) -> Any:
    return value[0] if isinstance(value, list) and len(value) == 1 else LEFT_ALONE


def _in_list(value: Any, _: Any) -> Any:
    return LEFT_ALONE if value is ABSENT or isinstance(value, list) else [value]


def _twice(value: Any, _: Any) -> Any:
    return [*value, value[-1]] if isinstance(value, list) and value else LEFT_ALONE


def _without_last(value: Any, _: Any) -> Any:
    return value[:-1] if isinstance(value, list) and len(value) > 1 else LEFT_ALONE


def _nothing_of(of: Any, _: Any) -> Any:
    return LEFT_ALONE if of is not None else ABSENT


def _known(value: Any, known: Sequence[str]) -> Any:
    return {name: each for name, each in value.items() if name in known} if isinstance(value, dict) else LEFT_ALONE


EDITS: Mapping[str, Callable[[Any, Any], Any]] = {
    "set": lambda _, to: to,
    "change": lambda value, to: LEFT_ALONE if value is ABSENT else to,
    "fill": lambda value, to: to if value is ABSENT else LEFT_ALONE,
    "drop": lambda _, __: ABSENT,
    "drop-null": _nothing_of,
    "number-from-text": _number_from_text,
    "number-from-boolean": _number_from_boolean,
    "boolean-from-text": _boolean_from_text,
    "boolean-from-number": _boolean_from_number,
    "whole": _whole,
    "text-from-number": _text_from_number,
    "text-from-anything": _text_from_anything,
    "in-32-bits": _in_32_bits,
    "pixels-in-32-bits": _pixels_in_32_bits,
    "text-of-items": _text_of_items,
    "in-list": _in_list,
    "cut": _cut,
    "clamp": _clamp,
    "plus": _plus,
    "replace": _replace,
    "swap-sides": _swap_sides,
    "round-sides": _round_sides,
    "twice": _twice,
    "without-last": _without_last,
    "lower": lambda value, _: value.lower() if isinstance(value, str) else LEFT_ALONE,
    "only": _known,
}
"""By name: what becomes of a value, given what the edit takes."""
