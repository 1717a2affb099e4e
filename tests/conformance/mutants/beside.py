"""What the plain Schemathesis command line finds in the same wrong gateways, over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, cast

from attrs import frozen

from generator.mock.serving.running import running
from tests.conformance.mutants.defects import defect_of
from tests.conformance.mutants.mutant import KEY, right_app, wrong_app
from tests.mock.foreign.findings import scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from starlette.applications import Starlette

    from tests.conformance.mutants.defects import Defect

EXAMPLES: Final = 25
"""The most examples that it tries of each operation and phase."""
_SEED: Final = "1"
_VARIES: Final = re.compile(r"[0-9a-fA-F]{6,}|[0-9]+|'[^']*'|\"[^\"]*\"")
_SHOWN: Final = 300  # characters of a message
_NO_FAILURES, _FAILURES = 0, 1  # exit codes


@frozen
class BesideScore:
    """What Schemathesis says of one wrong gateway.

    Attributes:
        defect: The defect's id.
        family: Its family.
        is_found: Whether it reports a failure of the operation that it doesn't report of the right mock.
        requests: How many requests it sent.
        seconds: How long it took.
    """

    defect: str
    family: str
    is_found: bool
    requests: int
    seconds: float


def schemathesis_score(defect: Defect) -> BesideScore:
    """Have Schemathesis judge the mock with a defect.

    Args:
        defect: The defect.
    """
    known, _ = _failures_of_right(defect.operation, str(sorted(defect.mock.items())), _Hashable(defect))
    started = time.monotonic()
    failures, requests = _failures(defect, lambda: cast("Starlette", wrong_app(defect)))
    return BesideScore(defect.id, defect.family, bool(failures - known), requests, time.monotonic() - started)


def judge_named_beside(name: str) -> BesideScore:
    """The same for the defect with an id, as another process is told of it."""
    return schemathesis_score(defect_of(name))


class _Hashable:
    """Carries a defect past a cache that isn't to look at it."""

    def __init__(self, defect: Defect) -> None:
        self.defect = defect

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashable)

    def __hash__(self) -> int:
        return 0


@cache
def _failures_of_right(_operation: str, _mock: str, carried: _Hashable) -> tuple[frozenset[str], int]:
    return _failures(carried.defect, lambda: right_app(carried.defect))


def _failures(defect: Defect, make_app: Callable[[], Starlette]) -> tuple[frozenset[str], int]:
    """The failures of the defect's operation, and how many requests were sent."""

    def make(*, keys: Sequence[str], seed: int) -> Starlette:  # noqa: ARG001  the application knows both
        return make_app()

    with TemporaryDirectory() as folder, running(make, key=KEY) as mock:
        events = Path(folder, "events.ndjson")
        done = subprocess.run(
            _command(defect, mock.url, events), cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode not in {_NO_FAILURES, _FAILURES}:
            raise RuntimeError(f"Schemathesis couldn't run:\n{done.stdout}{done.stderr}")
        ran = scenarios(events)
    label = f"{defect.target.method} {defect.target.path}"
    ours = [scenario for scenario in ran if scenario["label"] == label]
    return frozenset(_told(ours)), sum(len(scenario["cases"]) for scenario in ran)


def _command(defect: Defect, url: str, events: Path) -> list[str]:
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", str(defect.contract.path), "--url", url]
    command += ["--include-operation-id", defect.operation, "--header", f"Authorization: Bearer {KEY}"]
    command += ["--checks", "all", "--max-examples", str(EXAMPLES), "--seed", _SEED, "--continue-on-failure"]
    return [*command, "--no-color", "--report", "ndjson", "--report-ndjson-path", str(events)]


def _told(ran: list[dict[str, Any]]) -> Iterator[str]:
    """Every failure: its check, the media type, and its words without what is another in each run."""
    for scenario in ran:
        for case, checks in scenario["checks"].items():
            media_type = scenario["cases"][case]["value"].get("media_type", "")
            for check in checks:
                if check["status"] != "success":
                    said = ((check.get("failure_info") or {}).get("failure") or {}).get("message", "")
                    yield f"{check['name']} {media_type} {_VARIES.sub('#', said)[:_SHOWN]}"
