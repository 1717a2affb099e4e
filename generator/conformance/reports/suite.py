"""How well the suite itself does: how many known defects it finds, so that a green result has a meaning."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from attrs import field, frozen

SCORE: Final = Path(__file__).parent.parent / "score.json"
"""Written by `make mutants`, which tries the suite on a catalogue of wrong gateways."""

UNKNOWN: Final = "How many known defects this suite finds is not known here: run make mutants."


@frozen
class Score:
    """What the suite found of the known defects.

    Attributes:
        defects: How many there are that can be told from outside.
        found: How many were found, each blamed on its rule.
        indistinguishable: How many more there are that no request can tell from a right gateway.
        false_alarms: How many findings there were that no defect explains.
        families: Found, and how many there are, by family.
    """

    defects: int
    found: int
    indistinguishable: int
    false_alarms: int
    families: dict[str, tuple[int, int]] = field(factory=dict)

    def __str__(self) -> str:
        alarms = {0: "no false alarm", 1: "1 false alarm"}.get(self.false_alarms, f"{self.false_alarms:,} false alarms")
        return (
            f"This suite finds {self.found:,} of {self.defects:,} known defects that can be told from outside, "
            f"with {alarms}, so that a green result has a meaning."
        )


def read_score(path: Path = SCORE) -> Score | None:
    """The suite's score; None if it was never taken, or the file can't be read as one.

    Args:
        path: The file that `make mutants` writes.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        families = {str(name): (int(each["found"]), int(each["of"])) for name, each in told["families"].items()}
        return Score(
            int(told["defects"]),
            int(told["found"]),
            int(told["indistinguishable"]),
            int(told["false_alarms"]),
            families,
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def suite_line(path: Path = SCORE) -> str:
    """The suite's score in a line for people."""
    return str(read_score(path) or UNKNOWN)
