"""How long generating takes against the raw generator, and how long a check takes that has nothing to tell."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from tests.bench.many_operations import many_operations
from tests.bench.row import Row, against_first

_OPERATIONS = 300
_ROUNDS = 3
_CHECKS = 7


def generating() -> list[Row]:
    """Generating and formatting 300 operations, each in a fresh process, and checking them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = folder / "many.json"
        spec.write_text(json.dumps(many_operations(_OPERATIONS)), encoding="utf-8")
        measures = {
            "raw generator": partial(_seconds, _raw(spec, folder / "raw"), folder / "raw"),
            "this generator": partial(_seconds, _ours("generate", spec, folder / "ours"), folder / "ours"),
        }
        rows = against_first(
            f"generating {_OPERATIONS} operations", measures, {"this generator": "at most 1.5"}, _ROUNDS
        )
        check = _ours("check", spec, folder / "ours")
        seconds = [_seconds(check, None) for _ in range(_CHECKS)]
    shown = f"{statistics.median(seconds) * 1e3:.0f} ms"
    return [*rows, Row("checking them", "up to date", shown, "", "at most 1000 ms")]


def _raw(spec: Path, output: Path) -> list[str]:
    raw = Path(sys.executable).parent / "openapi-python-client"
    return [str(raw), "generate", "--path", str(spec), "--output-path", str(output), "--meta", "none"]


def _ours(command: str, spec: Path, output: Path) -> list[str]:
    given = ["--spec", str(spec), "--output", str(output), "--package", "many"]
    return [sys.executable, "-m", "generator", command, *given]


def _seconds(command: list[str], output: Path | None) -> float:
    """Wall seconds of a process that must succeed; what it writes goes first."""
    if output is not None:
        shutil.rmtree(output, ignore_errors=True)
    # The raw generator formats only if ruff is on the path.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PATH": path})
    return time.perf_counter() - started
