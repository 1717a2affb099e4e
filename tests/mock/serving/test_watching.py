"""Changed specs are served at once, and wrong ones not at all, without an answer being lost."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

import httpx
import pytest

from generator.mock.app import app_of
from generator.mock.serving.watching import ReloadingApp, SpecWatch
from generator.mock.settings import Settings
from generator.spec import load_all, openapi_folder
from tests.mock.served import served

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/v1/images/generations"
LATER = "/v2/images/generations"
PATIENCE = 30  # seconds


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    folder = tmp_path / "openapi"
    folder.mkdir()
    shutil.copy(openapi_folder() / "powertokens.yaml", folder)
    return folder


def rewrite(specs: Path, old: str, new: str) -> None:
    path = specs / "powertokens.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def until(what: str, stream: IO[str]) -> None:
    """Read lines until one holds a text."""
    lines = ""
    for line in stream:
        lines += line
        if what in line:
            return
    raise AssertionError(lines)


def test_a_change_is_noticed_once(specs: Path) -> None:
    watch = SpecWatch(specs)
    assert not watch.changed()
    rewrite(specs, "\n  /v1/images/edits:", "\n  /v1/images/edits2:")
    assert watch.changed()
    assert not watch.changed()
    (specs / "other.yaml").write_text("x", encoding="utf-8")
    assert watch.changed()


def test_wrong_specs_are_told_and_not_taken(specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watch = SpecWatch(specs)
    rewrite(specs, "openapi: 3.1", "openapi: [")
    assert watch.load() is None
    assert "goes on with the ones before" in capsys.readouterr().err
    rewrite(specs, "openapi: [", "openapi: 3.1")
    assert watch.load() is not None


def test_the_application_before_is_closed_when_its_last_request_is_finished(specs: Path, tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path / "kept", latency=0.05)
    before = app_of(load_all(specs), settings)
    app = ReloadingApp(before, SpecWatch(specs), settings)
    closed: list[bool] = []
    before.state.mock.close = lambda: closed.append(True)

    async def scene() -> None:
        watching = asyncio.create_task(app.keep_watching())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mock") as client:
            under_way = asyncio.create_task(client.get(PATH))
            rewrite(specs, f"\n  {PATH}:", f"\n  {LATER}:")
            assert (await under_way).status_code == 405
            async with asyncio.timeout(PATIENCE):
                while (await client.get(LATER)).status_code != 405:
                    pass
        watching.cancel()

    asyncio.run(scene())
    assert closed == [True]
    app._app.state.mock.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_specs_change_under_load(specs: Path, tmp_path: Path, workers: int) -> None:
    command = [sys.executable, "-m", "generator.mock", "--openapi", str(specs), "--watch", "--key", "k-1"]
    with subprocess.Popen(
        [*command, "--workers", str(workers)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().split()[-1]
        until("Ctrl-C", process.stdout)
        over = threading.Event()
        statuses: set[int] = set()
        lost: list[str] = []
        headers = {"Authorization": "Bearer k-1"}

        def call_on() -> None:
            while not over.is_set():
                body = {"model": "qwen-image-2.0-pro", "prompt": "p"}
                try:
                    statuses.add(httpx.post(url + PATH, json=body, headers=headers, timeout=PATIENCE).status_code)
                except httpx.TransportError as error:
                    lost.append(str(error))

        caller = threading.Thread(target=call_on)
        caller.start()
        try:
            before = httpx.get(url + "/_mock/requests").headers["x-mock-epoch"]
            rewrite(specs, "openapi: 3.1", "openapi: [")
            until("goes on with the ones before", process.stderr)
            rewrite(specs, "openapi: [", "openapi: 3.1")
            until("serves them as they are now", process.stdout)
            rewrite(specs, f"\n  {PATH}:", f"\n  {LATER}:")
            until("serves them as they are now", process.stdout)
            over.set()
            caller.join()
            assert statuses <= {200, 404}
            # A worker that ends closes connections on which no request has come in yet, as any server does.
            assert len(lost) <= 2 * (workers - 1), lost
            assert 200 in statuses
            # One worker after the other is replaced: wait until no old one is left.
            while 404 in {httpx.post(url + LATER, headers=headers).status_code for _ in range(20)}:
                pass
            assert httpx.post(url + PATH, headers=headers).status_code == 404
            assert httpx.get(url + "/_mock/requests").headers["x-mock-epoch"] == before
        finally:
            over.set()
            caller.join()
            process.terminate()
        assert process.wait(PATIENCE) == 0
        assert "Traceback" not in process.stderr.read()


def test_without_the_option_specs_are_not_watched(specs: Path, tmp_path: Path) -> None:
    with served(tmp_path, "--openapi", str(specs)) as mock:
        rewrite(specs, f"\n  {PATH}:", f"\n  {LATER}:")
        assert httpx.post(mock.url + LATER).status_code == 404
        assert httpx.post(mock.url + PATH).status_code == 401
