"""A value to try at the place of a rule, and what is known of that place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json, Level, Rule

Side = Literal["good", "bad"]
"""Whether a body keeps the rule or breaks it."""


@frozen
class Probe:
    """A value to try at a rule's place.

    Attributes:
        side: What it is meant to be.
        value: The value; `samples.ABSENT` to take away what is there.
        note: What it is, e.g. "7" or "801 Chinese characters".
        level: How certain it is that the value is to be taken or refused, where that differs from the rule's level.
        near: Whether it lies next to the bound, so that it is an ordinary value where the rule does not apply.
    """

    side: Side
    value: Json
    note: str
    level: Level | None = None
    near: bool = True


@frozen
class Spot:
    """What is known of a rule's place.

    Attributes:
        rule: The rule.
        schema: What the shape says of the value there, conditions apart.
        sample: A value that keeps that schema; the documents' own where they give one.
        known: More such values, as far as the spec tells them.
        elsewhere: Values that the same property may have in the operation's other shapes.
        is_text: Whether values go as text, as they do in a form, so that only text which is not to be read as the
            wanted type is of another type.
        image_url: Where an image can be fetched; None if nowhere.
    """

    rule: Rule
    schema: Mapping[str, Json]
    sample: Json
    known: tuple[Json, ...]
    elsewhere: tuple[Json, ...]
    is_text: bool
    image_url: str | None


def good(value: Json, note: str = "", level: Level | None = None) -> Probe:
    """A value that keeps its rule."""
    return Probe("good", value, note or shown(value), level)


def bad(value: Json, note: str = "", level: Level | None = None) -> Probe:
    """A value that breaks its rule."""
    return Probe("bad", value, note or shown(value), level)


def shown(value: Json, longest: int = 60) -> str:
    """A value as a note tells it: as JSON, each part cut short; a file by its size.

    Args:
        value: The value.
        longest: How much to tell, in characters.
    """
    if isinstance(value, bytes):
        return f"a file of {len(value)} bytes"
    if isinstance(value, list):
        text = f"[{', '.join(shown(item, longest) for item in value)}]"
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {shown(item, longest)}" for key, item in value.items()) + "}"
    else:
        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[:longest]}…"
