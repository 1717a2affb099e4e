"""A run that is interrupted tells what it judged, what was under way among it, and writes its files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import KEY, options, read
from .serving import served

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

Gateway = Callable[..., Any]


@pytest.mark.parametrize(("connections", "after"), [(1, 40), (4, 40), (4, 1)])
def test_an_interrupted_run(tmp_path: Path, gateway: Gateway, connections: int, after: int) -> None:
    made = gateway()
    process: subprocess.Popen[str]

    def interrupts(request: httpx.Request) -> httpx.Response:
        if len(made.seen) == after - 1:
            os.kill(process.pid, signal.SIGINT)
        response: httpx.Response = made(request)
        return response

    with served(interrupts) as url:
        given = options(url, tmp_path, "--token", KEY, "--connections", str(connections))
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.cli", *given], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        out, err = process.communicate(timeout=60)
    end = read(tmp_path, process.returncode, out, err)
    assert end.code == 2
    assert end.report["ended"] == "interrupted"
    assert "interrupted" in out
    # Each request that was sent was answered and is told: what is under way is paid for.
    assert end.report["requests"] == len(made.seen) < end.report["plan"]["requests"]
    assert len(end.report["rules"]) > 20
    assert KEY not in out + err
    if after > 1:
        assert "conforms" in end.verdicts.values()
        assert len(made.seen) <= after + connections
