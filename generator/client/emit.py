"""Writes a package: renders the templates, copies the runtime, formats, and puts the result into place."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from generator.client.formatting import format_folder
from generator.client.output import RUNTIME, check_writable, replace_trees, writing
from generator.client.package import build_package
from generator.client.rendering import render
from generator.client.roundtrip import folder_of, roundtrip_files
from generator.client.swap import staging

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from generator.spec import Contract

_HERE = Path(__file__).resolve().parent
_NOT_SOURCE = shutil.ignore_patterns("__pycache__")


def generate(contracts: Sequence[Contract], output: Path) -> list[Path]:
    """Generate a package per contract, without a lock file.

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
    with writing(output), staging(output) as stage:
        built = stage / "built"
        build(contracts, built)
        return replace_trees({output / contract.name: built / contract.name for contract in contracts}, output)


def build(
    contracts: Sequence[Contract],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
    with_tests: Collection[str] = (),
) -> None:
    """Build a package per contract in an empty folder.

    Args:
        contracts: The contracts; each package is named as its contract.
        folder: The folder, made if it isn't there.
        tell: Takes what is being done, for those who wait.
        with_tests: The packages that get tests, in a folder beside each.

    Raises:
        SpecError: A spec can't be generated from.
        UnhonouredRuleError: The client can't honour a rule.
    """
    for contract in contracts:
        tell(f"generating {contract.name}")
        package, parsed = build_package(contract)
        _write(render(package, parsed), folder / contract.name)
        if contract.name in with_tests:
            _write(roundtrip_files(contract, package), folder / folder_of(contract.name))
    tell("formatting")
    format_folder(folder)
    for contract in contracts:
        shutil.copytree(_HERE / "runtime", folder / contract.name / RUNTIME, ignore=_NOT_SOURCE)


def _write(files: Mapping[str, str], folder: Path) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
