"""The behaviours that no keyword states, as data: see ``behaviours.yaml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from attrs import frozen

from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

About = Literal["operation", "shape", "field", "credential", "answer"]


@frozen
class Behaviour:
    """What a gateway does that no keyword of a spec states.

    Attributes:
        id: The last part of its rules' ids.
        about: What the rest of those ids names.
        level: How certain it is: a `Level`, or "source" for as certain as what it rests on.
        words: What must be.
        good: What keeps it.
        bad: What breaks it.
    """

    id: str
    about: About
    level: str
    words: str
    good: str
    bad: str

    def level_by(self, source: Level) -> Level:
        """How certain it is, by the level of the facts that it rests on: never more certain than these."""
        if self.level == "source":
            return source
        own = Level(self.level)
        order = list(Level)
        return max(own, source, key=order.index)


@cache
def load_behaviours() -> Mapping[str, Behaviour]:
    """All behaviours, by id."""
    text = Path(__file__).with_name("behaviours.yaml").read_text(encoding="utf-8")
    return {each["id"]: Behaviour(**each) for each in yaml.safe_load(text)}
