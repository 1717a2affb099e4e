"""Writes a package: renders the templates, copies the runtime, formats, and puts the result into place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generator.client.formatting import format_folder
from generator.client.output import RUNTIME, check_writable, remove_orphans, replace_tree
from generator.client.package import build_package
from generator.client.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.spec import Contract

_HERE = Path(__file__).resolve().parent
_NOT_SOURCE = shutil.ignore_patterns("__pycache__")


def generate(contracts: Sequence[Contract], output: Path) -> list[Path]:
    """Generate a package per contract.

    Args:
        contracts: The contracts; each package is named as its contract.
        output: The folder that holds the packages, e.g. ``generated_client``.

    Returns:
        The files written or removed; none if all was as it should be.

    Raises:
        SpecError: A spec can't be generated from.
        UnhonouredRuleError: The client can't honour a rule.
        OutputError: The output can't be written. Nothing was.
    """
    for contract in contracts:
        check_writable(output / contract.name)
    with tempfile.TemporaryDirectory(prefix="image-contract-") as scratch:
        built = Path(scratch) / "built"
        for contract in contracts:
            _write(render(*build_package(contract)), built / contract.name)
        format_folder(built)
        for contract in contracts:
            shutil.copytree(_HERE / "runtime", built / contract.name / RUNTIME, ignore=_NOT_SOURCE)
        return [path for contract in contracts for path in replace_tree(built / contract.name, output / contract.name)]


def generate_all(contracts: Sequence[Contract], output: Path) -> list[Path]:
    """Generate a package per contract, and remove those of specs that are no more; see `generate`."""
    touched = generate(contracts, output)
    return [*touched, *remove_orphans(output, [contract.name for contract in contracts])]


def _write(files: Mapping[str, str], folder: Path) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
