"""The most memory that a transfer takes beyond an idle process, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.gateway import FOUR_AS_BASE64, IMAGE_BYTES, UPLOAD_BYTES, Gateway, picture
from tests.bench.row import Row, medians

_MB = 1_000_000
_SCENARIOS = {
    "multipart": ("24 MB sent as multipart", UPLOAD_BYTES, "at most 8 MB"),
    "base64": ("24 MB sent as base64 in JSON", UPLOAD_BYTES, "at most 8 MB"),
    "links": ("four images of 16 MB by url, saved", 4 * IMAGE_BYTES, "at most 8 MB"),
    "b64_json": ("four images of 16 MB by b64_json, saved", FOUR_AS_BASE64, "at most 2.5 of it"),
}
_OPENAI = ("multipart", "b64_json")
"""What openai-python can do too; it neither sends files in JSON nor fetches links."""


def transfers() -> list[Row]:
    """The peak of memory of each transfer, by our client, and by openai-python where it can do it."""
    rows = []
    with Gateway() as gateway, tempfile.TemporaryDirectory() as folder:
        upload = Path(folder) / "upload.png"
        upload.write_bytes(picture(UPLOAD_BYTES))
        for scenario, (measured, size, limit) in _SCENARIOS.items():
            users = {"this client": "ours"} | ({"openai-python": "openai"} if scenario in _OPENAI else {})
            for name, user in users.items():
                arguments = [scenario, user, gateway.url, str(upload)]
                taken = medians({name: partial(_peak, arguments)})[name]
                shown = limit if user == "ours" else ""
                rows.append(Row(measured, name, f"{taken / _MB:.1f} MB", f"{taken / size:.2f} of the body", shown))
    return rows


def _peak(arguments: list[str]) -> float:
    """Bytes of memory above idle at the peak."""
    command = [sys.executable, "-m", "tests.bench.transfer", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    peak: float = json.loads(done.stdout)
    return peak
