"""What became of the parts of a foreign document that could not be taken as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from generator.spec.document import json_pointer
from generator.spec.problems import Problem, shortened

if TYPE_CHECKING:
    from generator.spec.foreign.files import Spot


class CutError(Exception):
    """Something can't be generated; whoever reads the nearest whole thing around it leaves that out, and says why.

    Attributes:
        spot: Where it stands.
        code: A short stable name.
    """

    def __init__(self, spot: Spot, code: str, message: str) -> None:
        self.spot, self.code = spot, code
        super().__init__(message)


@define
class Findings:
    """What was cut out of a document, and what was taken otherwise than it says.

    Attributes:
        cuts: What isn't generated, or loses its type. Each makes the result incomplete.
        notes: What is generated all the same: a name that had to be changed, a pattern that isn't enforced.
    """

    cuts: dict[Problem, None] = field(factory=dict)
    notes: dict[Problem, None] = field(factory=dict)

    def cut(self, spot: Spot, code: str, message: str) -> None:
        """Tell that something at a place isn't generated."""
        self.cuts[_problem(spot, code, message)] = None

    def note(self, spot: Spot, code: str, message: str) -> None:
        """Tell that something at a place is taken otherwise than it says."""
        self.notes[_problem(spot, code, message)] = None


def _problem(spot: Spot, code: str, message: str) -> Problem:
    return Problem(spot.file.path, spot.line, json_pointer(spot.pointer), code, shortened(message))
