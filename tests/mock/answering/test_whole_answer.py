"""Answers that are written at once are as those that the server writes in parts, on connections of every kind."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from generator.mock import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock.serving.running import RunningMock

BODY = json.dumps({"model": "qwen-image-2.0-pro", "prompt": "a cat", "size": "512*512"}).encode()


@pytest.fixture(scope="module")
def mock() -> Iterator[RunningMock]:
    with running() as mock:
        yield mock


def request(mock: RunningMock, *headers: str, version: str = "1.1", body: bytes = BODY) -> bytes:
    lines = [f"POST /v1/images/generations HTTP/{version}", "Host: mock", f"Authorization: Bearer {mock.key}"]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def answers(mock: RunningMock, sent: bytes, count: int) -> tuple[list[tuple[bytes, dict[str, str], bytes]], bytes]:
    """So many answers, each as status line, headers and body; and what comes then, until the connection ends."""
    host, port = mock.url.removeprefix("http://").split(":")
    found = []
    with socket.create_connection((host, int(port)), timeout=20) as connection, connection.makefile("rb") as file:
        connection.sendall(sent)
        for _ in range(count):
            status = file.readline()
            lines = iter(file.readline, b"\r\n")
            headers = dict(line.decode().strip().lower().split(": ", 1) for line in lines)
            found.append((status, headers, file.read(int(headers["content-length"]))))
        connection.shutdown(socket.SHUT_WR)
        return found, file.read()


def test_answers_to_pipelined_requests_come_in_order_and_whole(mock: RunningMock) -> None:
    wrong = request(mock, body=b"{")
    found, behind = answers(mock, request(mock) + wrong + request(mock), 3)
    assert [status.split()[1] for status, _, _ in found] == [b"200", b"400", b"200"]
    assert all(json.loads(body) for _, _, body in found)
    assert behind == b""
    names = [set(headers) for _, headers, _ in found]
    assert names[0] == names[1] == {"server", "content-length", "content-type", "x-request-id", "date"}
    assert len({headers["x-request-id"] for _, headers, _ in found}) == 3


@pytest.mark.parametrize(("headers", "version"), [(["Connection: close"], "1.1"), ([], "1.0")])
def test_a_connection_that_is_to_be_closed_is(mock: RunningMock, headers: list[str], version: str) -> None:
    found, behind = answers(mock, request(mock, *headers, version=version), 1)
    status, told, body = found[0]
    assert status.split()[1] == b"200"
    assert told["connection"] == "close"
    assert json.loads(body)["data"]
    assert behind == b""


def test_a_caller_that_waits_to_be_told_to_go_on_is(mock: RunningMock) -> None:
    host, port = mock.url.removeprefix("http://").split(":")
    head, _, body = request(mock, "Expect: 100-continue").partition(b"\r\n\r\n")
    with socket.create_connection((host, int(port)), timeout=20) as connection, connection.makefile("rb") as file:
        connection.sendall(head + b"\r\n\r\n")
        assert file.readline().startswith(b"HTTP/1.1 100")
        assert file.readline() == b"\r\n"
        connection.sendall(body)
        assert file.readline().startswith(b"HTTP/1.1 200")
