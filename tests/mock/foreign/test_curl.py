"""The documents' own curl lines work at the mock as they stand; only address, key and file are ours."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from generator.spec import load_all

if TYPE_CHECKING:
    from generator.mock import RunningMock

_LINES = Path(__file__).with_name("curl")
_POWERTOKENS = {
    "text-to-image-qwen": (1024, 1024),
    "text-to-image-wan": (2048, 2048),
    "image-edit-qwen": (1024, 1024),
    "image-edit-qwen-files": (1024, 1024),
    "image-edit-wan": (2048, 2048),
}
_VENICE = {"venice-image-edit-file": (1024, 576), "venice-image-edit-url": (1024, 576)}
_CURL = shutil.which("curl")
_needs_curl = pytest.mark.skipif(_CURL is None, reason="curl is missing; get it by `apt-get install curl`")


def test_every_line_is_tried() -> None:
    assert {path.stem for path in _LINES.iterdir()} == {*_POWERTOKENS, *_VENICE}


@_needs_curl
@pytest.mark.parametrize("name", _POWERTOKENS)
def test_a_line_for_powertokens(gateway: RunningMock, png: bytes, tmp_path: Path, name: str) -> None:
    media_type, content = _run(name, gateway, png, tmp_path)
    assert media_type == "application/json"
    (item,) = json.loads(content)["data"]
    with Image.open(io.BytesIO(httpx.get(item["url"]).content)) as image:
        assert (image.format, image.size) == ("PNG", _POWERTOKENS[name])


@_needs_curl
@pytest.mark.parametrize("name", _VENICE)
def test_a_line_for_venice(gateway: RunningMock, png: bytes, tmp_path: Path, name: str) -> None:
    media_type, content = _run(name, gateway, png, tmp_path)
    assert media_type == "image/png"
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", _VENICE[name])


@pytest.mark.parametrize(
    "name", sorted({*_POWERTOKENS, *_VENICE} - {"image-edit-qwen-files", "venice-image-edit-file"})
)
def test_a_line_sends_the_specs_example(name: str) -> None:
    line = (_LINES / f"{name}.sh").read_text(encoding="utf-8")
    data = re.search(r"--data '\n(.*)\n'", line, re.DOTALL)
    path = re.search(r'--url "\$BASE_URL(.*)"', line)
    assert data
    assert path
    operation = next(o for contract in load_all() for o in contract.operations if o.path == path[1])
    assert json.loads(data[1]) in [example.value for example in operation.examples]


def _run(name: str, gateway: RunningMock, png: bytes, folder: Path) -> tuple[str, bytes]:
    """Run a line in a shell: the answer's media type and body."""
    (folder / "cat.png").write_bytes(png)
    # curl reads from a file what only the test asks of it, so that the line itself stays as it is.
    settings = f'silent\nshow-error\nnoproxy = "*"\nfail-with-body\ndump-header = "{folder}/headers"\n'
    (folder / ".curlrc").write_text(settings, encoding="utf-8")
    environment = {**os.environ, "BASE_URL": gateway.url, "TOKEN": gateway.key}
    environment |= {"IMAGE": str(folder / "cat.png"), "CURL_HOME": str(folder), "HOME": str(folder)}
    shell = shutil.which("sh") or "sh"
    done = subprocess.run([shell, str(_LINES / f"{name}.sh")], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, (done.stderr, done.stdout[:1000])
    headers = (folder / "headers").read_text(encoding="latin-1")
    media_type = re.search(r"^content-type: (\S+)\s*$", headers, re.IGNORECASE | re.MULTILINE)
    assert media_type, headers
    return media_type[1], done.stdout
