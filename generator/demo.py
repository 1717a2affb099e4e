"""The main job, shown: every document's own example request, sent by the generated client to the mock.

`make demo` runs it: it generates the clients, starts the mock on a free port, sends each example, saves the images
under `out/`, checks count, size and type of each, and prints one table.
"""

from __future__ import annotations

import importlib
import math
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from eth_account import Account
from PIL import Image
from rich.console import Console
from rich.table import Table

from generator.client.names import pascal_case
from generator.mock import create_app, running
from generator.release.command import DEFAULT_OUTPUT, place_of_folder
from generator.release.generating import generate_and_lock
from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.spec import Contract, Example, Operation

OUT = Path("out")
_TIERS = {"1K": 1024, "2K": 2048, "4K": 4096}
_PIL_FORMATS = {"png": "PNG", "jpeg": "JPEG", "jpg": "JPEG", "webp": "WEBP"}
# Columns: in fewer, the table would break its paths.
_NARROWEST = 160
# A picture's sides are whole pixels, so that a ratio is met only so far.
_RATIO_TOLERANCE = 0.01


@frozen
class Call:
    """One call of the demo.

    Attributes:
        contract: The API.
        operation: The operation.
        example: The document's example.
        with_wallet: Whether a wallet signs in, instead of an API key.
    """

    contract: Contract
    operation: Operation
    example: Example
    with_wallet: bool = False

    @property
    def document(self) -> str:
        """The document that the example stands in."""
        return self.example.source.page if self.example.source else self.contract.title

    @property
    def how(self) -> str:
        """How the request is sent."""
        credential = "wallet" if self.with_wallet else "API key"
        return f"{self.example.media_type}, {credential}"


@frozen
class Outcome:
    """What came of a call.

    Attributes:
        call: The call.
        images: The files that were saved.
        faults: What is not as it was asked for; empty if all is.
    """

    call: Call
    images: tuple[Path, ...]
    faults: tuple[str, ...]


def calls(contracts: Sequence[Contract]) -> Iterator[Call]:
    """Every example of every document; where wallets are taken, the last one again with a wallet."""
    for contract in contracts:
        for operation in contract.operations:
            made = [Call(contract, operation, example) for example in operation.examples]
            yield from made
            schemes = {name for alternative in operation.security for name in alternative}
            if made and any(contract.security_schemes[name].credential == "wallet" for name in schemes):
                yield Call(contract, operation, made[-1].example, with_wallet=True)


def run(call: Call, base_url: str, key: str, folder: Path, sample: Path) -> Outcome:
    """Send one call through the generated client, save its images and check them.

    Args:
        call: The call.
        base_url: Where the gateway is.
        key: The API key.
        folder: Where the images go.
        sample: The image file that stands for those of the examples.
    """
    package = importlib.import_module(f"generated_client.{call.contract.name}")
    credential = {"wallet": Account.create()} if call.with_wallet else {"api_key": key}
    fields = {name: _with_files(value, sample) for name, value in call.example.value.items()}
    with getattr(package, pascal_case(call.contract.title))(**credential, base_url=base_url) as client:
        method = getattr(getattr(client, call.operation.resource), call.operation.name)
        result = method(**fields)
        if hasattr(result, "images"):
            images = tuple(result.save(folder, overwrite=True))
        else:
            suffix = result.media_type.removeprefix("image/")
            images = (result.save(folder / f"image-1.{suffix}", overwrite=True),)
    return Outcome(call, images, tuple(faults(call.example.value, images)))


def faults(request: Mapping[str, Any], images: Sequence[Path]) -> Iterator[str]:
    """What of the images is not as the request asked for: their number, size, ratio and type."""
    wanted = request.get("n", 1)
    if len(images) != wanted:
        yield f"{len(images)} images instead of {wanted}"
    for path in images:
        with Image.open(path) as image:
            image.load()
            yield from (f"{path.name}: {fault}" for fault in _size_faults(request, image))
            expected = _PIL_FORMATS.get(request.get("output_format", ""), image.format)
            if image.format != expected:
                yield f"{path.name}: {image.format} instead of {expected}"


def _size_faults(request: Mapping[str, Any], image: Image.Image) -> Iterator[str]:
    size = request.get("size") or request.get("resolution")
    if size in _TIERS:
        if max(image.size) != _TIERS[size]:
            yield f"{image.width}*{image.height} is not {size}"
    elif size is not None and f"{image.width}*{image.height}" != size:
        yield f"{image.width}*{image.height} instead of {size}"
    ratio = request.get("aspect_ratio")
    if ratio not in {None, "auto"}:
        width, height = map(int, ratio.split(":"))
        if not math.isclose(image.width / image.height, width / height, rel_tol=_RATIO_TOLERANCE):
            yield f"{image.width}*{image.height} is not {ratio}"


def _with_files(value: Any, sample: Path) -> Any:
    """An example's value, with its `@name` stand-ins replaced by a file."""
    if isinstance(value, list):
        return [_with_files(item, sample) for item in value]
    return sample if isinstance(value, str) and value.startswith("@") else value


def _sample(path: Path) -> Path:
    """A picture to edit: a sky over a field."""
    picture = Image.new("RGB", (640, 480), (116, 178, 226))
    picture.paste((96, 150, 72), (0, 300, 640, 480))
    picture.paste((244, 214, 96), (480, 60, 560, 140))
    picture.save(path)
    return path


def _table(outcomes: Sequence[Outcome]) -> Table:
    table = Table(title="Every document's own example, through the generated client")
    for heading in ("document", "operation", "request", "images", "verdict"):
        table.add_column(heading, overflow="fold")
    for outcome in outcomes:
        call = outcome.call
        operation = f"{call.operation.method} {call.operation.path}"
        verdict = "[red]" + "; ".join(outcome.faults) if outcome.faults else "[green]as asked"
        table.add_row(call.document, operation, call.how, "\n".join(map(_shown, outcome.images)), verdict)
    return table


def _shown(path: Path) -> str:
    with Image.open(path) as image:
        return f"{path}: {image.format} {image.width}*{image.height}"


def main() -> int:
    """Run the demo.

    Returns:
        0 if every image is as its request asked; 1 if not.
    """
    contracts = load_all()
    changed = generate_and_lock(place_of_folder(openapi_folder(), DEFAULT_OUTPUT)).touched
    console = Console(width=max(Console().width, _NARROWEST))
    console.print(f"Generated {', '.join(contract.name for contract in contracts)}: {len(changed)} files changed.")
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    sample = _sample(OUT / "input.png")
    outcomes = []
    with running(create_app) as gateway:
        console.print(f"The mock listens on {gateway.url}", highlight=False)
        for number, call in enumerate(calls(contracts), start=1):
            folder = OUT / f"{number}-{call.contract.name}-{call.operation.name}"
            folder.mkdir()
            outcomes.append(run(call, gateway.url, gateway.key, folder, sample))
    console.print(_table(outcomes))
    return 1 if any(outcome.faults for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
