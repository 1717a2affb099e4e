"""Runs that are killed at any moment: the next one pays for nothing twice, and says what it doesn't know."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[4]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing forks there")


@pytest.fixture(scope="module", params=["links", "base64"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """For each step at which a run of three requests was killed, what the next run made of it."""
    folder = tmp_path_factory.mktemp("killed") / "folder"
    module = "tests.client.runtime.many.killing"
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder), request.param],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_there_are_many_moments(report: list[dict[str, Any]]) -> None:
    assert len(report) > 40
    assert {case["before"] for case in report} == {0, 1, 2, 3}


def test_no_request_is_paid_for_twice(report: list[dict[str, Any]]) -> None:
    for case in report:
        assert case["failure"] == "None"
        assert case["paid"].count("a") <= 2
        assert case["paid"].count("b") <= 1


def test_every_request_is_saved_or_said_to_be_lost(report: list[dict[str, Any]]) -> None:
    for case in report:
        assert set(case["outcomes"]) <= {"saved", "AnswerLost"}
        assert case["outcomes"].count("AnswerLost") <= 1  # one was under way


def test_what_was_not_paid_for_before_is_paid_for_now(report: list[dict[str, Any]]) -> None:
    for case in report:
        assert len(case["paid"]) >= len(case["outcomes"]) - case["outcomes"].count("AnswerLost")


def test_a_lost_answer_is_rare(report: list[dict[str, Any]]) -> None:
    """Between the moment at which a request may have been sent, and that at which its answer is on disk."""
    lost = [case for case in report if "AnswerLost" in case["outcomes"]]
    assert 0 < len(lost) < len(report) / 2


_ENDS_IN_THE_LOOP = """
import base64, os, signal, sys, threading
from pathlib import Path

from generator.client.runtime.many import many
from tests.client.runtime.many.gateway import PNG
from tests.client.runtime.many.killing import CountingGateway, Fate

def answer_at_the_end():
    threading.main_thread().join()
    return {"data": [{"b64_json": base64.b64encode(PNG).decode()}] * 3}

folder = Path(sys.argv[1])
gateway = CountingGateway(folder.with_suffix(".paid"), {"b": answer_at_the_end}, Fate(0))
requests = [{"model": "many", "prompt": prompt} for prompt in "abc"]
outcomes = many(gateway.client(), gateway.operation, requests, concurrency=2, folder=folder)
for outcome in outcomes:
    os.kill(os.getpid(), signal.SIGINT)
"""


def test_a_program_that_ends_saves_what_it_paid_for(tmp_path: Path) -> None:
    """Ctrl-C while the program does something else: what is under way is waited for before the interpreter ends."""
    folder = tmp_path / "folder"
    done = subprocess.run(
        [sys.executable, "-c", _ENDS_IN_THE_LOOP, str(folder)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.endswith("KeyboardInterrupt\n")
    paid = folder.with_suffix(".paid").read_text().split()
    assert sorted(paid) == ["a", "b"]
    images = sorted(path.name for path in folder.glob("*.png"))
    assert images == ["0001-1.png", "0002-1.png", "0002-2.png", "0002-3.png"]
    assert (folder / "ledger.jsonl").read_text().count('"saved"') == 2
