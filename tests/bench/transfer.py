"""Makes one transfer and prints the bytes of memory that it took above idle, at the peak: run by `memory`."""

from __future__ import annotations

import base64
import gc
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.gateway import picture

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = Path("/proc/self/status")
_RESET_PEAK = "5"
_SMALL_FILE = 100_000  # bytes
_MODEL: Final = "qwen-image-2.0-pro"


def main(scenario: str, user: str, url: str, upload: str) -> None:
    """Make a transfer.

    Args:
        scenario: Which one.
        user: "ours" or "openai".
        url: The gateway's.
        upload: The file to send.
    """
    transfer = {"ours": _by_us, "openai": _by_openai}[user](scenario, url)
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.png"
        small.write_bytes(picture(_SMALL_FILE))
        transfer("warm up", small, Path(folder) / "warm")
        gc.collect()
        idle = _bytes("VmRSS")
        Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
        transfer("measured", Path(upload), Path(folder) / "out")
        print(json.dumps(_bytes("VmHWM") - idle))  # noqa: T201 - its answer


def _by_us(scenario: str, url: str) -> Callable[[str, Path, Path], object]:
    from generated_client.powertokens import PowerTokens  # noqa: PLC0415 - only one of the two is measured

    images = PowerTokens("a key", base_url=url).images
    transfers: dict[str, Callable[[str, Path, Path], object]] = {
        "multipart": lambda prompt, file, _: images.edit(model=_MODEL, prompt=prompt, image=file),
        "base64": lambda prompt, file, _: images.edit(
            model=_MODEL, prompt=prompt, image=file, content_type="application/json"
        ),
        "links": lambda prompt, _, folder: images.generate(model=_MODEL, prompt=prompt, n=4).save(folder),
        "b64_json": lambda prompt, _, folder: images.generate(
            model=_MODEL, prompt=prompt, n=4, response_format="b64_json"
        ).save(folder),
    }
    return transfers[scenario]


def _by_openai(scenario: str, url: str) -> Callable[[str, Path, Path], object]:
    import openai  # noqa: PLC0415 - as above

    images = openai.OpenAI(api_key="a key", base_url=f"{url}/v1").images

    def edited(prompt: str, file: Path, _: Path) -> None:
        with file.open("rb") as stream:
            images.edit(model=_MODEL, prompt=prompt, image=stream)

    def made(prompt: str, _: Path, folder: Path) -> None:
        answer = images.generate(model=_MODEL, prompt=prompt, n=4, response_format="b64_json")
        folder.mkdir()
        for number, image in enumerate(answer.data or []):
            (folder / f"{number}.png").write_bytes(base64.b64decode(image.b64_json or ""))

    return {"multipart": edited, "b64_json": made}[scenario]


def _bytes(name: str) -> int:
    """A figure of this process's memory, in bytes."""
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
