"""Adds the scores of many wrong gateways up, by family."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen

import generator.conformance
from tests.conformance.mutants.defects import defects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conformance.mutants.judging import Score

SCORE_FILE = Path(generator.conformance.__file__).with_name("score.json")
"""What the reports read, to say what a green result is worth."""


@frozen
class Sum:
    """What the scores of some gateways add up to.

    Attributes:
        found: How many were found.
        of: How many there are; those that no request can tell from a right one don't count.
        false_alarms: How many rules were named that aren't to blame.
        requests: How many requests were sent.
        seconds: How long the runs took, one after the other.
    """

    found: int
    of: int
    false_alarms: int
    requests: int
    seconds: float


def summed(scores: Sequence[Score]) -> Sum:
    """What scores add up to."""
    telling = [score for score in scores if not is_indistinguishable(score)]
    return Sum(
        found=sum(score.is_found for score in telling),
        of=len(telling),
        false_alarms=sum(len(score.false_alarms) for score in scores),
        requests=sum(score.requests for score in scores),
        seconds=sum(score.seconds for score in scores),
    )


def by_family(scores: Sequence[Score]) -> dict[str, list[Score]]:
    """Scores by their family, in the families' order."""
    found: dict[str, list[Score]] = {}
    for score in sorted(scores, key=lambda each: each.family):
        found.setdefault(score.family, []).append(score)
    return found


def is_indistinguishable(score: Score) -> bool:
    """Whether no request can tell the gateway of a score from a right one."""
    return score.defect in {defect.id for defect in defects() if defect.indistinguishable}


def as_data(scores: Sequence[Score]) -> dict[str, Any]:
    """What `SCORE_FILE` holds; the same for the same findings, however long it took.

    ``defects`` are those that can be found; ``indistinguishable`` come on top.
    """
    whole = summed(scores)
    families = {name: summed(members) for name, members in by_family(scores).items()}
    return {
        "defects": whole.of,
        "found": whole.found,
        "indistinguishable": len(scores) - whole.of,
        "families": {name: {"found": each.found, "of": each.of} for name, each in families.items()},
        "false_alarms": whole.false_alarms,
    }


def write(scores: Sequence[Score]) -> None:
    """Write `SCORE_FILE`."""
    SCORE_FILE.write_text(json.dumps(as_data(scores), indent=2) + "\n", encoding="utf-8")
