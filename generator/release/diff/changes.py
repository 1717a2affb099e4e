"""One difference between two versions of an API, whom it breaks, and which version step it asks for."""

from __future__ import annotations

import re
from enum import Flag, IntEnum, StrEnum, auto
from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from generator.spec import Json


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Kind(StrEnum):
    """What became of a fact."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Direction(Flag):
    """Whether a rule allows less than before, or more; both, where neither contains the other."""

    NEITHER = 0
    TIGHTER = auto()
    LOOSER = auto()
    BOTH = TIGHTER | LOOSER


class Step(IntEnum):
    """What the version of the generated client has to move by."""

    NONE = 0
    """Nothing differs but words."""
    PATCH = 1
    """What no call notices: a level, a role, a mapping to the upstream."""
    MINOR = 2
    """Something can be done, or may come back, that couldn't before."""
    MAJOR = 3
    """A program written by the old version may fail by the new one."""

    def __str__(self) -> str:
        return self.name.lower()


@frozen
class Verdict:
    """Whom a change breaks.

    Attributes:
        callers: Whether a program written by the old version may fail by the new one: its requests are refused, or an
            answer lacks what it relies on.
        gateways: Whether a gateway that conforms to the old version may not conform to the new one.
        step: The version step if callers don't break; if they do, it is major.
    """

    callers: bool
    gateways: bool
    step: Step


def verdict(*, callers: bool = False, gateways: bool = False, step: Step = Step.PATCH) -> Verdict:
    """A verdict; its step is at least minor where gateways break, and major where callers do.

    Args:
        callers: Whether callers break.
        gateways: Whether gateways break.
        step: The step where neither breaks.
    """
    least = Step.MAJOR if callers else Step.MINOR if gateways else step
    return Verdict(callers, gateways, least)


NOBODY = verdict()
DOCUMENTATION = verdict(step=Step.NONE)


def one_line(text: str) -> str:
    """A text without control characters, which a spec's values may hold and no terminal or change log should."""
    return _CONTROL.sub(" ", text)


@frozen
class Change:
    """One difference.

    Attributes:
        operation: The operationId; "" for what concerns the whole API.
        rule: The id of the rule, or of the place where no rule stands, in the same form.
        kind: Whether it was added, removed or changed.
        what: What of it differs: a keyword, or ``operation``, ``media type``, ``shape``, ``field``, ``answer``,
            ``security``, ``level`` and so on.
        old: What stood there; None if nothing did.
        new: What stands there; None if nothing does.
        words: The change in a sentence that a user of the client understands.
        hint: What else may explain it, e.g. a rename; "" if nothing.
        verdict: Whom it breaks.
        source: The document that the rule comes from, and its level; "" where no rule stands.
        line: Line in the new spec, or in the old one for what was removed; 0 for the file as a whole.
    """

    operation: str
    rule: str
    kind: Kind
    what: str
    old: Json
    new: Json
    words: str = field(converter=one_line)
    hint: str = field(converter=one_line)
    verdict: Verdict
    source: str = field(converter=one_line)
    line: int

    @property
    def is_documentation(self) -> bool:
        """Whether nothing but words for readers differs."""
        return self.verdict.step is Step.NONE
