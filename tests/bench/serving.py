"""What the mock serves: requests a second beside Prism, how soon an image comes, memory over many requests."""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PIL import Image

from tests.bench.gateways import PRISM, Load, Server, at_once, load, prism
from tests.bench.load import COUNTER
from tests.bench.row import Row
from tests.mock.served import KEY, ServedMock, served

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ROUNDS = 5
_SECONDS = "2"
_AT_FIRST = "5"  # seconds in which Prism's code is still being compiled
_SIDE = 181  # pixels; of noise they take 96 KB
_DEEP: Final = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
_FIRST, _ALL = 10_000, 100_000  # requests
_OURS, _THEIRS, _LOADER = "this mock", "Prism", "the load generator alone"
_PROMPT: Final = f"A cute orange cat {COUNTER.decode()}"
_WAN: Final = {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{"text": _PROMPT}]}]}}
_QWEN: Final = {"model": "qwen-image-2.0-pro", "prompt": _PROMPT}
_IMAGES: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "1024*1024 as b64_json": (_QWEN | {"size": "1024*1024"}, "at most 25 ms"),
    "4096*2304 as b64_json": (_WAN | {"size": "4096*2304"}, "at most 250 ms"),
    "4096*4096 as b64_json": (_WAN | {"size": "4K"}, "at most 250 ms"),
}


def rates() -> list[Row]:
    """Requests a second over loopback, 8 connections, one process that serves. Each request has another prompt."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        generation = _json_request(folder / "generation", _QWEN | {"n": 1, "size": "1024*1024"})
        edit = _form_request(folder / "edit")
        mock = stack.enter_context(served(folder))
        servers = {_OURS: _server(mock)}
        if PRISM.exists():
            servers[_THEIRS] = stack.enter_context(prism("powertokens"))
        rows = _at_first(f"images by link, a second, in the first {_AT_FIRST}", servers, generation, "at least 5")
        rows += _rates("the same, warmed up", servers, generation, "at least 5")
        rows += _rates("edits of 96 KB in a form, a second", servers, edit, "at least 20")
        rows += _rates("answers, a second", {_LOADER: stack.enter_context(at_once())}, generation, "")
    return rows


def _at_first(measured: str, servers: Mapping[str, Server], request: Path, limit: str) -> list[Row]:
    """The rates of servers that nobody has loaded yet; each once, for they are new but once."""
    loads = {name: load(server, request, 8, "--seconds", _AT_FIRST) for name, server in servers.items()}
    ratio = f"{loads[_OURS].rate / loads[_THEIRS].rate:.1f}" if _THEIRS in loads else ""
    return [
        Row(measured, name, _shown([one]), ratio if name == _OURS else "", limit if name == _OURS else "")
        for name, one in loads.items()
    ]


def _shown(loads: Sequence[Load], *, with_cpu: bool = True) -> str:
    """The medians of loads: answers a second, and the CPU time that an answer took."""
    rate = f"{statistics.median(one.rate for one in loads):,.0f}"
    return f"{rate}, {statistics.median(one.cpu for one in loads) * 1e3:.2f} ms of CPU" if with_cpu else rate


def _rates(measured: str, servers: Mapping[str, Server], request: Path, limit: str) -> list[Row]:
    loads: dict[str, list[Load]] = {name: [] for name in servers}
    for server in servers.values():
        load(server, request, 8, "--seconds", _SECONDS)
    for _ in range(_ROUNDS):
        for name, server in servers.items():
            loads[name].append(load(server, request, 8, "--seconds", _SECONDS))
    rows = []
    for name, done in loads.items():
        statuses = sorted({status for one in done for status in one.statuses})
        if name == _OURS and statuses != ["200"]:
            raise RuntimeError(f"the mock answered by {statuses}")
        shown = _shown(done, with_cpu=bool(servers[name].pid))
        what = name if statuses == ["200"] else f"{name}, by status {' and '.join(statuses)}"
        against = zip(loads[_OURS], loads[_THEIRS], strict=True) if {_OURS, _THEIRS} <= loads.keys() else ()
        ratios = [ours.rate / theirs.rate for ours, theirs in against]
        ratio = f"{statistics.median(ratios):.1f}" if ratios and name == _OURS else ""
        rows.append(Row(measured, what, shown, ratio, limit if name == _OURS else ""))
    if _THEIRS not in servers and limit:
        rows.append(Row(measured, f"{_THEIRS}: make tools", "", "", ""))
    return rows


def delays() -> list[Row]:
    """How soon an image is there, drawn, encoded and sent, one request at a time."""
    rows = []
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as mock:
        for measured, (fields, limit) in _IMAGES.items():
            request = _json_request(Path(name) / "request", fields | {"response_format": "b64_json"})
            done = load(_server(mock), request, 1, "--count", "40")
            if set(done.statuses) != {"200"}:
                raise RuntimeError(f"the mock answered by {done.statuses}")
            rows.append(Row(measured, _OURS, f"{done.median * 1e3:.0f} ms", "", limit))
    return rows


def memory() -> list[Row]:
    """The memory of a mock, early and late in a long life; where IMAGE_CONTRACT_DEEP is set, for it takes a while."""
    if not _DEEP:
        return []
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as mock:
        request = _json_request(Path(name) / "request", _QWEN | {"n": 1, "size": "1024*1024"})
        early, late = _memory_after(mock, request, _FIRST), _memory_after(mock, request, _ALL - _FIRST)
    return [
        Row("memory of the mock", f"after {_FIRST:,} requests", f"{early:.0f} MB", "", ""),
        Row("memory of the mock", f"after {_ALL:,} requests", f"{late:.0f} MB", f"{late / early:.2f}", "at most 1.1"),
    ]


def _server(mock: ServedMock) -> Server:
    return Server(mock.host, mock.port, mock.process.pid)


def _memory_after(mock: ServedMock, request: Path, count: int) -> float:
    load(_server(mock), request, 8, "--count", str(count))
    return mock.megabytes()


def _json_request(file: Path, fields: Mapping[str, Any]) -> Path:
    return _request(file, "/v1/images/generations", "application/json", json.dumps(fields).encode())


def _form_request(file: Path) -> Path:
    """An edit of an image of noise, which no format makes smaller."""
    texts = _QWEN.items()
    parts = b"".join(f'--B\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in texts)
    noise = random.Random(0).randbytes(3 * _SIDE * _SIDE)  # noqa: S311  # the same each time
    image = io.BytesIO()
    Image.frombytes("RGB", (_SIDE, _SIDE), noise).save(image, "PNG")
    disposition = b'Content-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = parts + b"--B\r\n" + disposition + image.getvalue() + b"\r\n--B--\r\n"
    return _request(file, "/v1/images/edits", "multipart/form-data; boundary=B", body)


def _request(file: Path, path: str, content_type: str, body: bytes) -> Path:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {KEY}\r\n"
    head += f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    file.write_bytes(head.encode() + body)
    return file
