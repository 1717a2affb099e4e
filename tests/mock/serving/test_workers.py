"""Several processes are one mock: what one makes another serves, and no end of one loses anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.mock.served import KEY, ROOT, served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.served import ServedMock

HEADERS = {"Authorization": f"Bearer {KEY}"}
GENERATIONS = "/v1/images/generations"
DEEP = bool(os.environ.get("IMAGE_CONTRACT_DEEP"))
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedMock]:
    with served(tmp_path_factory.mktemp("workers"), "--workers", "4") as mock:
        yield mock


def body(prompt: str, **fields: Any) -> dict[str, Any]:
    return {"model": "qwen-image-2.0-pro", "prompt": prompt, "size": "512*512", **fields}


def fresh(method: str, url: str, **options: Any) -> httpx.Response:
    """A request on a connection of its own, so that any worker may get it."""
    return httpx.request(method, url, headers=HEADERS, timeout=PATIENCE, **options)


def children(process: int) -> list[int]:
    """The workers of a mock: its child processes, without the one that multiprocessing has besides."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [child for child in map(int, found) if b"spawn_main" in command_line(child)]


def command_line(process: int) -> bytes:
    """How a process was started; empty for one that has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def test_all_workers_give_the_same_image_and_serve_each_others(mock: ServedMock) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: fresh("POST", mock.url + GENERATIONS, json=body("one cat")), range(24)))
        urls = [answer.json()["data"][0]["url"] for answer in answers]
        assert len({url.partition("?")[0] for url in urls}) == 1
        images = set(pool.map(lambda url: fresh("GET", url).content, urls))
    assert len(images) == 1
    assert images.pop().startswith(b"\x89PNG")


def test_the_journal_is_one(mock: ServedMock) -> None:
    fresh("DELETE", f"{mock.url}/_mock/requests")
    with ThreadPoolExecutor(8) as pool:
        sent = set(
            pool.map(lambda number: fresh("GET", f"{mock.url}/nowhere/{number}").headers["x-request-id"], range(40))
        )
        for _ in range(8):
            shown = fresh("GET", f"{mock.url}/_mock/requests?status=404").json()
            assert {entry["id"] for entry in shown} == sent
            assert len({entry["seq"] for entry in shown}) == 40


def test_a_moved_clock_is_moved_for_all(mock: ServedMock) -> None:
    url = fresh("POST", mock.url + GENERATIONS, json=body("old cat")).json()["data"][0]["url"]
    assert fresh("PUT", f"{mock.url}/_mock/clock", json={"offset_seconds": 90_000}).status_code == 200
    assert {fresh("GET", url).status_code for _ in range(16)} == {403}
    fresh("PUT", f"{mock.url}/_mock/clock", json={"offset_seconds": 0})
    assert {fresh("GET", url).status_code for _ in range(16)} == {200}


def test_a_worker_that_dies_is_replaced_and_nothing_is_lost(mock: ServedMock, png: bytes) -> None:
    before = children(mock.process.pid)
    assert len(before) == 4
    data, files = {"model": "qwen-image-2.0-pro", "prompt": "night"}, {"image": ("a.png", png, "image/png")}
    url = fresh("POST", f"{mock.url}/v1/images/edits", data=data, files=files).json()["data"][0]["url"]
    image = fresh("GET", url).content
    for worker in before:
        os.kill(worker, signal.SIGKILL)
    told = {f"Worker {worker} has ended; worker " for worker in before}
    while not all(words in mock.log.read_text(encoding="utf-8") for words in told):  # which comes last of all
        assert mock.process.poll() is None
    assert len(set(children(mock.process.pid)) - set(before)) == 4
    assert fresh("GET", url).content == image


@pytest.mark.deep
def test_no_url_that_was_handed_out_is_lost_when_all_is_killed(tmp_path: Path, png: bytes) -> None:
    handed_out: list[str] = []
    for turn in range(10 if DEEP else 1):
        handed_out += load_and_kill(tmp_path, png, turn)
    with served(tmp_path, "--folder", "state") as mock:
        with ThreadPoolExecutor(4) as pool:
            paths = list(dict.fromkeys(url.partition("/_mock/")[2] for url in handed_out))
            answers = list(pool.map(lambda path: fresh("GET", f"{mock.url}/_mock/{path}"), paths))
        assert {answer.status_code for answer in answers} == {200}
        assert all(answer.content.endswith(b"IEND\xaeB`\x82") for answer in answers)
        entries = fresh("GET", f"{mock.url}/_mock/requests").json()
        assert {image for entry in entries for image in entry["images"]} >= {f"/_mock/{path}" for path in paths}
    assert not list(tmp_path.rglob("*.aside-*"))


def load_and_kill(folder: Path, png: bytes, turn: int) -> list[str]:
    """Load four workers, kill all processes in the midst of it, and tell which result URLs had been handed out."""
    command = [sys.executable, "-m", "generator.mock", "--workers", "4", "--key", KEY, "--folder", "state"]
    urls: list[str] = []
    enough, gone = threading.Event(), threading.Event()

    def call(caller: int) -> None:
        number = 0
        while not gone.is_set():
            number += 1
            prompt = f"cat {turn} {caller} {number}"
            try:
                if caller % 2:
                    answer = fresh("POST", base + GENERATIONS, json=body(prompt, n=2))
                else:
                    # Every upload is another one.
                    files = {"image": ("a.png", png + prompt.encode(), "image/png")}
                    data = {"model": "qwen-image-2.0-pro", "prompt": prompt}
                    answer = fresh("POST", base + "/v1/images/edits", data=data, files=files)
                urls.extend(item["url"] for item in answer.json()["data"])
            except (httpx.TransportError, json.JSONDecodeError):
                continue  # killed before the answer was whole
            if len(urls) > 40:
                enough.set()

    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        base = process.stdout.readline().split()[-1]
        callers = [threading.Thread(target=call, args=(caller,)) for caller in range(6)]
        for caller in callers:
            caller.start()
        assert enough.wait(PATIENCE)
        for victim in (*children(process.pid), process.pid):
            os.kill(victim, signal.SIGKILL)
        process.wait()
        gone.set()
        for caller in callers:
            caller.join()
    return urls


def test_workers_end_with_their_supervisor_however_it_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "generator.mock", "--workers", "2", "--folder", "state"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()
        workers = children(process.pid)
        assert len(workers) == 2
        process.kill()
        # The pipe ends when the last process that holds it does.
        process.stdout.read()
    assert not any(map(command_line, workers))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_workers_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path, "--workers", "2") as mock:
        workers = children(mock.process.pid)
        assert httpx.get(f"{mock.url}/_mock/clock").status_code == 200
        mock.process.send_signal(number)
        assert mock.process.wait(PATIENCE) == 0
        assert not any(map(command_line, workers))
        # What `served` checks at the end is a mock that still runs.
        mock.process.poll = lambda: None  # type: ignore[method-assign]  # of this object alone
    assert (tmp_path / "mock.log").read_text(encoding="utf-8") == ""
