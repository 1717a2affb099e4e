"""The mock asks nobody anything, writes nowhere but into its folder, and listens on this machine alone."""

from __future__ import annotations

import json
import shutil
import socket
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.spec.boundary.png import png
from tests.mock.served import KEY, ServedMock, served

if TYPE_CHECKING:
    from collections.abc import Iterator

_AUDITED = str(Path(__file__).with_name("audited.py"))
_FOLDER = "data"
_HEADERS = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def caller_count() -> Iterator[tuple[int, list[int]]]:
    """A port of this machine, and how many have called there."""
    calls = [0]
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            while True:
                connection, _ = listener.accept()
                with connection:
                    if connection.recv(4) == b"stop":
                        return
                    calls[0] += 1

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        yield port, calls
        with socket.create_connection(("127.0.0.1", port)) as last:
            last.sendall(b"stop")
        thread.join()


def _use(mock: ServedMock, image_url: str) -> None:
    """Make calls of every kind, with links to images wherever a link may stand."""
    message = [{"image": image_url}, {"image": image_url}, {"text": "t"}]
    with httpx.Client(base_url=mock.url, headers=_HEADERS) as client:

        def posted(path: str, body: dict[str, Any]) -> httpx.Response:
            answer = client.post(path, json=body)
            assert answer.status_code == 200, answer.text
            return answer

        made = posted("/v1/images/generations", {"model": "qwen-image-2.0-pro", "prompt": image_url, "n": 2})
        posted("/v1/images/edits", {"model": "qwen-image-2.0-pro", "prompt": "p", "image": [image_url, image_url]})
        messages = [{"role": "user", "content": message}]
        posted("/v1/images/edits", {"model": "wan2.7-image-pro", "input": {"messages": messages}})
        extra = {"input": {"callback": image_url}, "parameters": {"url": image_url}}
        posted("/v1/images/edits", {"model": "qwen-image-2.0-pro", "prompt": "p", "extra": extra})
        posted("/api/v1/image/edit", {"image": image_url, "prompt": "p", "output_format": "webp"})
        form = {"model": "qwen-image-2.0-pro", "prompt": "p", "size": "512*512"}
        files = [("image", ("../../escape.png", png(512, 512), "image/png"))]
        edited = client.post("/v1/images/edits", data=form, files=files)
        for item in [*made.json()["data"], *edited.json()["data"]]:
            assert client.get(item["url"]).content.startswith(b"\x89PNG")
        assert client.post("/v1/images/generations", content=b"{").status_code == 400
        assert client.get("/_mock/requests").status_code == 200


def _events(log: Path) -> list[list[Any]]:
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def test_it_reads_no_url_that_it_is_given(tmp_path: Path, caller_count: tuple[int, list[int]]) -> None:
    port, calls = caller_count
    log = tmp_path / "events"
    with served(tmp_path, program=[_AUDITED, str(log)]) as mock:
        _use(mock, f"http://127.0.0.1:{port}/secret.png")
        _use(mock, f"HTTP://localhost:{port}/x")
    assert calls == [0]
    asked = [event for event in _events(log) if event[0] in {"socket.connect", "socket.sendto"}]
    assert asked == []
    names = [event for event in _events(log) if event[0] in {"socket.getaddrinfo", "socket.gethostbyname"}]
    assert all(event[1] == "127.0.0.1" for event in names), names


def test_it_writes_nowhere_but_into_its_folder(tmp_path: Path) -> None:
    """As Python tells its audit hook. Byte code alone is cached elsewhere, and that is turned off here."""
    log, temporary = tmp_path / "events", tmp_path / "tmp"
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    with served(tmp_path, program=[_AUDITED, str(log)], environment=environment) as mock:
        _use(mock, "https://example.com/a.png")
    written = [event for event in _events(log) if not event[0].startswith("socket.")]
    assert [event for event in written if not _is_below(temporary, event)] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events", "mock.log", "tmp"]
    assert list(temporary.iterdir()) == [], "a temporary folder is left behind"


def test_a_folder_that_it_is_told_is_all_that_it_writes_to(tmp_path: Path) -> None:
    log, temporary, folder = tmp_path / "events", tmp_path / "tmp", tmp_path / _FOLDER
    temporary.mkdir()
    environment = {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}
    with served(tmp_path, "--folder", str(folder), program=[_AUDITED, str(log)], environment=environment) as mock:
        _use(mock, "https://example.com/a.png")
    written = [event for event in _events(log) if not event[0].startswith("socket.")]
    assert [event for event in written if not _is_below(folder, event)] == []
    assert list(temporary.iterdir()) == []
    assert any(folder.iterdir())


def _is_below(folder: Path, event: list[Any]) -> bool:
    """Whether what is written to is a device or below a folder."""
    target = str(event[1]).removeprefix("file:").partition("?")[0]
    if target.isdecimal() or target == "None":  # a file descriptor that is open already; no directory for a name
        return True
    resolved = Path(target).resolve()
    return resolved.is_relative_to("/dev") or resolved.is_relative_to(folder.resolve())


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is missing; get it by `apt-get install strace`")
def test_the_system_sees_no_other_file_written(tmp_path: Path) -> None:
    """The same as the kernel sees it: SQLite and Pillow write without Python."""
    trace, folder = tmp_path / "trace", tmp_path / _FOLDER
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tmp_path / "no-such-folder")}
    strace = [
        "-D",
        "-f",
        "-qq",
        "-e",
        "trace=open,openat,creat,rename,renameat,renameat2,mkdir,mkdirat",
        "-o",
        str(trace),
    ]
    with served(tmp_path, "--folder", str(folder), wrapper=["strace", *strace], environment=environment) as mock:
        _use(mock, "https://example.com/a.png")
    done = [line.split(" ", 1)[1] for line in trace.read_text(encoding="utf-8").splitlines() if "= -1 " not in line]
    writing = [line for line in done if "O_RDONLY" not in line and '"' in line]
    paths = [text for line in writing for text in line.split('"')[1::2]]
    assert paths
    assert [path for path in paths if not _is_below(folder, ["open", path])] == []


def test_it_listens_on_this_machine_alone_unless_told(tmp_path: Path) -> None:
    with served(tmp_path) as mock:
        assert _listening(mock.process.pid) == {("127.0.0.1", mock.port)}


def test_it_listens_elsewhere_where_it_is_told_to(tmp_path: Path) -> None:
    with served(tmp_path, "--host", "0.0.0.0") as mock:  # noqa: S104  # that is what is tested
        assert _listening(mock.process.pid) == {("0.0.0.0", mock.port)}  # noqa: S104


def _listening(pid: int) -> set[tuple[str, int]]:
    """Addresses and ports on which a process listens, by the kernel's tables."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(link.readlink()))
        except FileNotFoundError:
            continue
    found = set()
    for table, size in (("tcp", 4), ("tcp6", 16)):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A" and f"socket:[{columns[9]}]" in inodes:
                address, _, port = columns[1].partition(":")
                found.add((_address(address, size), int(port, 16)))
    return found


def _address(text: str, size: int) -> str:
    """An address as the kernel writes it: words of four bytes, each the wrong way round."""
    raw = bytes.fromhex(text)
    words = [raw[at : at + 4][::-1] if sys.byteorder == "little" else raw[at : at + 4] for at in range(0, size, 4)]
    return socket.inet_ntop(socket.AF_INET if size == 4 else socket.AF_INET6, b"".join(words))
