"""One difference between two versions of a spec, and whom it breaks."""

from __future__ import annotations

from enum import Flag, StrEnum, auto
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from generator.spec import Json


class Kind(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Direction(Flag):
    """Whether a rule allows less than before, or more; both, where neither contains the other."""

    NEITHER = 0
    TIGHTER = auto()
    LOOSER = auto()
    BOTH = TIGHTER | LOOSER


@frozen
class Change:
    """One difference.

    Attributes:
        operation: The operationId.
        rule: The rule's id; that of the operation or request shape where it came or went as a whole.
        kind: Whether it was added, removed or changed.
        what: What of it changed: the rule's ``value``, its ``source``; ``operation``, ``shape``, ``path``.
        old: What stood there; None if nothing did.
        new: What stands there; None if nothing does.
        breaks_callers: Whether a program written by the old version may fail by the new one: its requests are refused,
            or an answer lacks what it relies on.
        breaks_gateways: Whether a gateway that conforms to the old version may not conform to the new one.
    """

    operation: str
    rule: str
    kind: Kind
    what: str
    old: Json
    new: Json
    breaks_callers: bool
    breaks_gateways: bool
