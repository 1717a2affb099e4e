"""What a run of the Schemathesis command line found, read from its report of events."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 2000  # bytes of an answer; enough for every rule that a message names


@frozen
class Finding:
    """One check that one request didn't pass.

    Attributes:
        check: The check's name.
        operation: Method and path.
        evidence: The body's media type, what the check says, and the answer's status and beginning, in one line.
    """

    check: str
    operation: str
    evidence: str


@frozen
class Explanation:
    """Why findings of one kind are right.

    Attributes:
        check: The check's name.
        operations: Methods and paths.
        evidence: A pattern that the evidence of such a finding has.
        why: Why the mock is right.
    """

    check: str
    operations: tuple[str, ...]
    evidence: re.Pattern[str]
    why: str

    def explains(self, finding: Finding) -> bool:
        """Whether a finding is of this kind."""
        of_kind = finding.check == self.check and finding.operation in self.operations
        return of_kind and self.evidence.search(finding.evidence) is not None


def explanations() -> list[Explanation]:
    """The findings that are explained."""
    entries = yaml.safe_load(Path(__file__).with_name("explained.yaml").read_text(encoding="utf-8"))
    return [
        Explanation(entry["check"], tuple(entry["operations"]), re.compile(entry["evidence"]), entry["why"])
        for entry in entries
    ]


def scenarios(report: Path) -> list[dict[str, Any]]:
    """What was done and found, operation by operation and phase by phase.

    Args:
        report: The file of events, JSON lines.
    """
    events = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    finished = [event["ScenarioFinished"] for event in events if "ScenarioFinished" in event]
    recorders = [scenario.get("recorder") or {} for scenario in finished]
    return [recorder for recorder in recorders if "cases" in recorder]


def findings(scenario: dict[str, Any]) -> Iterator[Finding]:
    """Every check that failed in a scenario; one request may fail several."""
    for case, checks in scenario["checks"].items():
        for check in checks:
            if check["status"] != "success":
                yield Finding(check["name"], scenario["label"], _evidence(scenario, case, check))


def _evidence(scenario: dict[str, Any], case: str, check: dict[str, Any]) -> str:
    media_type = scenario["cases"][case]["value"].get("media_type", "")
    said = ((check.get("failure_info") or {}).get("failure") or {}).get("message", "")
    answer = scenario["interactions"][case].get("response") or {}
    content = (answer.get("content") or {}).get("$base64", "")
    text = base64.b64decode(content)[:_SHOWN].decode(errors="replace")
    return re.sub(r"\s+", " ", f"{media_type} {said} {answer.get('status_code')} {text}")
