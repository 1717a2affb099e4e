"""A run that is interrupted tells what it judged, what was under way among it, and writes its files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .conftest import KEY, Ending, options, read
from .serving import ClosedError, served
from .test_endings import _at

if TYPE_CHECKING:
    from pathlib import Path

Gateway = Callable[..., Any]
Handle = Callable[[httpx.Request, int], httpx.Response]
"""Answers a request; given the process's id too."""

# The cases need some 100 requests, and each process that searches finds it by its 70th.
_LONG_FOUND = 500


def _run(folder: Path, handle: Handle, *more: str, before: Callable[[], object] | None = None) -> Ending:
    process: subprocess.Popen[str]
    with served(lambda request: handle(request, process.pid)) as url:
        given = options(url, folder, "--token", KEY, *more)
        process = subprocess.Popen(
            [sys.executable, "-m", "generator.cli", *given],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509  it sets a signal alone, in a process of tests without locks
        )
        out, err = process.communicate(timeout=60)
    assert KEY not in out + err
    return read(folder, process.returncode, out, err)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(("connections", "after"), [(1, 40), (4, 40), (4, 1)])
def test_an_interrupted_run(tmp_path: Path, gateway: Gateway, name: str, connections: int, after: int) -> None:
    made = gateway()

    def interrupts(request: httpx.Request, process: int) -> httpx.Response:
        if len(made.seen) == after - 1:
            os.kill(process, signal.Signals[name])
        response: httpx.Response = made(request)
        return response

    end = _run(tmp_path, interrupts, "--connections", str(connections))
    assert end.code == 2
    assert end.report["ended"] == "interrupted"
    assert "interrupted" in end.out
    # Each request that was sent was answered and is told: what is under way is paid for.
    assert end.report["requests"] == len(made.seen) < end.report["plan"]["requests"]
    assert len(end.report["rules"]) > 20
    if after > 1:
        assert "conforms" in end.verdicts.values()
        assert len(made.seen) <= after + connections


def test_a_run_under_nohup_outlives_its_terminal(tmp_path: Path, gateway: Gateway) -> None:
    made = gateway()
    _at(made)

    def hangs_up(request: httpx.Request, process: int) -> httpx.Response:
        if len(made.seen) == 40:
            os.kill(process, signal.SIGHUP)
        response: httpx.Response = made(request)
        return response

    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731  it is called in the new process
    end = _run(tmp_path, hangs_up, "--operation", "makeImages", "--no-billable", before=ignore)
    assert end.report["ended"] == ""


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("pause", [1, 0])
def test_who_interrupts_twice_waits_for_nothing(tmp_path: Path, gateway: Gateway, connections: int, pause: int) -> None:
    """What is under way is counted as billed, since nobody will ever know. Two at one moment are two."""
    made = gateway()
    over, twice = threading.Event(), threading.Event()
    lock = threading.Lock()
    since: list[float] = []

    def interrupts(request: httpx.Request, process: int) -> httpx.Response:
        response: httpx.Response = made(request)
        if not (request.method == "POST" and response.is_success):
            return response
        with lock:
            first = not twice.is_set()
            twice.set()
        if first:
            os.kill(process, signal.SIGINT)
            over.wait(pause)
            since.append(time.monotonic())
            os.kill(process, signal.SIGTERM)
        over.wait(30)
        raise ClosedError

    end = _run(tmp_path, interrupts, "--connections", str(connections))
    assert time.monotonic() - since[0] < 15
    over.set()
    assert end.code == 2
    assert end.report["ended"] == "interrupted"
    assert 1 <= end.report["billable"] <= connections
    assert end.verdicts["getImage/path/id/minimum"] == "conforms"


@pytest.mark.parametrize(("workers", "name"), [(1, "SIGINT"), (2, "SIGTERM"), (2, "SIGINT")])
def test_what_a_search_found_before_it_was_interrupted_is_told(
    tmp_path: Path, gateway: Gateway, workers: int, name: str
) -> None:
    # No case asks for as many; a search soon does.
    made = _at(gateway(alter=lambda body: {**body, "n": 1} if body.get("n") in range(5, 10_000) else body))
    counts = {"all": 0}

    def interrupts(request: httpx.Request, process: int) -> httpx.Response:
        counts["all"] += 1
        if counts["all"] == _LONG_FOUND:
            # A terminal and a container's end send it to each process.
            os.killpg(process, signal.Signals[name])
        response: httpx.Response = made(request)
        return response

    more = ("--fuzz", "60s", "--workers", str(workers), "--operation", "makeImages", "--seed", "1")
    end = _run(tmp_path, interrupts, *more)
    assert end.report["ended"] == "interrupted"
    assert [finding["rule"] for finding in end.report["findings"]] == ["makeImages/json/n/maximum"]
    assert end.code == 1
    assert "from seed 1" in end.report["searched"]
