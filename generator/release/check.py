"""Whether the generated files are what the specs would give."""

from __future__ import annotations

import difflib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from generator.client import generate
from generator.spec import load_all
from generator.spec.table import FILE, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFT_BY_PYTHON = {"__pycache__", ".mypy_cache", ".ruff_cache"}


@frozen
class Drift:
    """One file that is not what the specs would give.

    Attributes:
        path: The file.
        kind: "missing" if it isn't there and should be, "extra" if it is there and shouldn't be, else "changed".
        difference: For a changed text file, the unified diff from what is there to what would be generated.
    """

    path: Path
    kind: Literal["missing", "extra", "changed"]
    difference: str


def check(openapi: Path, output: Path) -> list[Drift]:
    """Compare the generated files with what the specs would give. Nothing is written.

    Args:
        openapi: The folder of specs; the table of rules beside them is compared as well.
        output: The folder that holds the generated packages.

    Returns:
        The files that differ, in the order of their paths; none if all is up to date.

    Raises:
        SpecError: A spec can't be used.
    """
    contracts = load_all(openapi)
    with tempfile.TemporaryDirectory(prefix="image-contract-") as scratch:
        fresh = Path(scratch) / "fresh"
        generate(contracts, fresh)
        found = list(_compare(_files(output), _files(fresh), output))
    table = openapi / FILE
    there = {FILE: table.read_bytes()} if table.is_file() else {}
    found += _compare(there, {FILE: markdown(contracts).encode()}, openapi)
    return found


def _files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in found.items() if not _LEFT_BY_PYTHON & set(name.parts)}


def _compare(there: dict[str, bytes], wanted: dict[str, bytes], folder: Path) -> Iterator[Drift]:
    for name in sorted(there.keys() | wanted.keys()):
        path = folder / name
        if name not in there:
            yield Drift(path, "missing", "")
        elif name not in wanted:
            yield Drift(path, "extra", "")
        elif there[name] != wanted[name]:
            yield Drift(path, "changed", _difference(there[name], wanted[name], path))


def _difference(there: bytes, wanted: bytes, path: Path) -> str:
    try:
        old, new = (content.decode().splitlines(keepends=True) for content in (there, wanted))
    except UnicodeDecodeError:
        return ""
    return "".join(difflib.unified_diff(old, new, f"{path} (there)", f"{path} (generated)"))
