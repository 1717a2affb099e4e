"""Shows speed as ratios within one run: `make bench`."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx
from rich.console import Console
from rich.table import Table

from generated_client.powertokens import PowerTokens

if TYPE_CHECKING:
    from collections.abc import Callable

_ROUNDS = 7
_CALLS = 400
_BODY = {"model": "qwen-image-2.0-pro", "prompt": "A cute orange cat", "n": 2, "size": "1024*1024"}
_ANSWER = json.dumps({"created": 1, "data": [{"url": "https://example.com/1.png"}], "metadata": {}}).encode()


def _answer(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=_ANSWER, headers={"content-type": "application/json"})


def _cpu_seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call, over many."""
    started = time.process_time()
    for _ in range(_CALLS):
        call()
    return (time.process_time() - started) / _CALLS


def _import_seconds(statement: str) -> float:
    """Wall seconds of a fresh interpreter that runs a statement."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - started


def _ratio(of: Callable[[], float], against: Callable[[], float]) -> tuple[float, float]:
    """Medians of both, measured in turn, so that whatever else the machine does meets both."""
    pairs = [(of(), against()) for _ in range(_ROUNDS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def main() -> None:
    """Measure and print."""
    bare = httpx.Client(transport=httpx.MockTransport(_answer), base_url="https://example.com")
    client = PowerTokens("key", http_client=httpx.Client(transport=httpx.MockTransport(_answer)))
    rows = {
        "CPU of a validated call, against bare httpx": _ratio(
            lambda: _cpu_seconds(lambda: client.images.generate(**_BODY)),  # type: ignore[call-overload]
            lambda: _cpu_seconds(lambda: bare.post("/v1/images/generations", json=_BODY).json()),
        ),
        "import of a client, against import of httpx": _ratio(
            lambda: _import_seconds("import generated_client.powertokens"), lambda: _import_seconds("import httpx")
        ),
    }
    table = Table("measured", "ours", "against", "ratio")
    for name, (ours, theirs) in rows.items():
        table.add_row(name, f"{ours * 1e3:.3f} ms", f"{theirs * 1e3:.3f} ms", f"{ours / theirs:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
