"""The mock over HTTP: in a thread, and as a process of its own with signals."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.mock import create_app, running, serve
from generator.mock.serving import welcome
from generator.spec import load_all, openapi_folder
from tests.mock.served import KEY, served

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.applications import Starlette

BODY = {"model": "qwen-image-2.0-pro", "prompt": "p"}
COMMAND = [sys.executable, "-W", "error", "-m", "generator.mock"]


def test_running_serves_until_the_end_of_the_block() -> None:
    with running() as mock:
        headers = {"Authorization": f"Bearer {mock.key}"}
        answer = httpx.post(f"{mock.url}/v1/images/generations", json=BODY, headers=headers)
        url = answer.json()["data"][0]["url"]
        assert url.startswith(f"{mock.url}/")
        assert httpx.get(url).content.startswith(b"\x89PNG")
        assert len(mock.journal) == 1
        assert mock.key not in repr(mock)
    assert not any(thread.name == "mock" for thread in threading.enumerate())
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_running_takes_another_application() -> None:
    seen: list[Sequence[str]] = []

    def make_app(*, keys: Sequence[str], seed: int) -> Starlette:
        seen.append(keys)
        return create_app(keys=keys, seed=seed)

    with running(make_app, key="mine") as mock:
        assert mock.key == "mine"
    assert seen == [["mine"]]


def test_two_can_run_at_once_and_each_has_its_own_key() -> None:
    with running() as one, running() as other:
        answer = httpx.post(f"{other.url}/v1/images/generations", headers={"Authorization": f"Bearer {one.key}"})
        assert answer.status_code == 401


def test_a_body_that_is_too_large_is_answered_over_the_wire() -> None:
    with running() as mock:
        headers = {"Authorization": f"Bearer {mock.key}", "Content-Type": "application/json"}
        answer = httpx.post(f"{mock.url}/v1/images/generations", content=bytes(41_000_000), headers=headers, timeout=30)
        assert answer.status_code == 413


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly(number: signal.Signals) -> None:
    with subprocess.Popen(
        [*COMMAND, "--key", "k-1", "--seed", "3"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        first, second, third = (process.stdout.readline() for _ in range(3))
        url = re.search(r"listens on (http://127\.0\.0\.1:\d+)$", first.strip())
        assert url
        assert second.strip() == "API key: k-1"
        assert third.startswith(f"Try: curl -s {url[1]}/")
        with httpx.Client(base_url=url[1], headers={"Authorization": "Bearer k-1"}) as client:
            assert client.post("/v1/images/generations", json=BODY).status_code == 200
            process.send_signal(number)
            assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def test_a_port_in_use_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve("127.0.0.1", port) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"The mock can't listen on 127.0.0.1, port {port}: Address already in use. Choose another.\n"
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("no.such.host.invalid", 0)])
def test_an_address_that_cannot_be(capsys: pytest.CaptureFixture[str], host: str, port: int) -> None:
    assert serve(host, port) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_specs_that_cannot_be_served_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (openapi_folder() / "powertokens.yaml").read_text(encoding="utf-8")
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert serve(openapi=tmp_path) == 2
    assert "POST /v1/images/generations" in capsys.readouterr().err


def test_a_kept_folder_is_there_after_a_restart_and_a_temporary_one_is_gone(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    headers = {"Authorization": f"Bearer {KEY}"}
    with served(tmp_path, "--folder", "kept") as mock:
        url = httpx.post(f"{mock.url}/v1/images/generations", json=BODY, headers=headers).json()["data"][0]["url"]
        image = httpx.get(url).content
    with served(tmp_path, "--folder", "kept", environment={"TMPDIR": str(temporary)}) as mock:
        assert httpx.get(f"{mock.url}/_mock/{url.partition('/_mock/')[2]}").content == image
        assert len(httpx.get(f"{mock.url}/_mock/requests").json()) == 1
    with served(tmp_path, environment={"TMPDIR": str(temporary)}) as mock:
        assert httpx.get(f"{mock.url}/_mock/requests").json() == []
    assert list(temporary.iterdir()) == []


def test_several_keys_latency_and_a_fault_script(tmp_path: Path) -> None:
    script = tmp_path / "faults.yaml"
    script.write_text("- server-error\n", encoding="utf-8")
    with served(tmp_path, "--key", "other", "--latency", "0.05", "--faults", str(script)) as mock:
        answers = [
            httpx.post(f"{mock.url}/v1/images/generations", json=BODY, headers={"Authorization": f"Bearer {key}"})
            for key in (KEY, "other", "wrong")
        ]
    assert [answer.status_code for answer in answers] == [500, 200, 401]
    assert all(answer.elapsed.total_seconds() >= 0.05 for answer in answers)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_while_answers_are_held_back_is_quick_and_quiet(tmp_path: Path, workers: str) -> None:
    with (
        served(tmp_path, "--latency", "3600", "--folder", "kept", "--workers", workers) as mock,
        socket.create_connection((mock.host, mock.port)) as waiting,
    ):
        waiting.settimeout(30)
        waiting.sendall(b"GET /api/v1/models HTTP/1.1\r\nHost: mock\r\n\r\n")
        # A second one on another connection, of which only the head comes.
        with socket.create_connection((mock.host, mock.port)) as half:
            half.sendall(b"POST /v1/images/generations HTTP/1.1\r\nHost: mock\r\nContent-Length: 9\r\n\r\n")
            httpx.get(f"{mock.url}/_mock/clock")
    assert (tmp_path / "mock.log").read_text(encoding="utf-8") == ""


def test_a_damaged_folder_is_set_aside_with_a_word(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "journal.db").write_bytes(b"damaged" * 1000)
    with served(tmp_path, "--folder", str(folder)) as mock:
        assert httpx.get(f"{mock.url}/_mock/requests").json() == []
    assert "can't be read" in (tmp_path / "mock.log").read_text(encoding="utf-8")
    assert len(list(folder.glob("journal.db.aside-*"))) == 1


def test_a_folder_or_script_that_cannot_be_used_is_one_clear_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("{", encoding="utf-8")
    assert serve(folder=file) == 2
    assert "can't keep its state in" in capsys.readouterr().err
    assert serve(script=file) == 2
    assert "fault script can't be used" in capsys.readouterr().err
    assert serve(script=tmp_path / "none") == 2
    assert "No such file" in capsys.readouterr().err


def test_who_can_call_is_said_where_it_is_not_this_machine_alone() -> None:
    contracts = load_all()
    assert "other machines" not in welcome.welcome(contracts, "http://127.0.0.1:1", ["k"])
    said = welcome.welcome(contracts, "http://127.0.0.1:1", ["k&1", "k2"], everywhere="0.0.0.0")  # noqa: S104  # a text
    assert "It listens on 0.0.0.0, so other machines can call it" in said
    assert "API key: k&1\nAPI key: k2" in said
    assert "http://127.0.0.1:1/#key=k%261" in said


def test_a_name_is_allowed_for_the_control_interface(tmp_path: Path) -> None:
    with served(tmp_path, "--allow-host", "gateway") as mock:
        for name, status in (("gateway:80", 200), ("evil.example", 403)):
            assert httpx.get(f"{mock.url}/_mock/requests", headers={"Host": name}).status_code == status
