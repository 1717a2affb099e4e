"""Builds all specimens' packages at once: generating and type-checking one by one would take minutes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import traceback
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.client.emit import build
from generator.client.roundtrip import folder_of
from generator.spec import SpecError
from generator.spec.foreign import load_foreign

from .specimens import SPECIMENS

if TYPE_CHECKING:
    from generator.spec import Contract

    from .specimens import Specimen

ROOT = Path(__file__).resolve().parents[2]
_RESULTS = "results.json"
_RUNTIME = re.compile(r"from \.+_runtime\b")


class Built:
    """Packages below a folder, and what became of each specimen on the way.

    Args:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.results: dict[str, dict[str, Any]] = json.loads((folder / _RESULTS).read_text(encoding="utf-8"))

    def of(self, specimen: Specimen) -> dict[str, Any]:
        """What became of a specimen."""
        return self.results[specimen.name]


def is_built(folder: Path) -> bool:
    """Whether the zoo is built in a folder."""
    return (folder / _RESULTS).exists()


def build_all(folder: Path) -> None:
    """Build the zoo.

    Args:
        folder: An empty folder.
    """
    results: dict[str, dict[str, Any]] = {specimen.name: {} for specimen in SPECIMENS}
    contracts = [contract for specimen in SPECIMENS for contract in _loaded(specimen, results[specimen.name])]
    for contract in _emitted(contracts, folder, results):
        results[contract.name]["operations"] = len(contract.operations)
        tests = folder / "packages" / folder_of(contract.name)
        results[contract.name]["modules"] = sorted(f"{tests.name}.{path.stem}" for path in tests.glob("test_*.py"))
    for name, errors in _type_errors(folder).items():
        results[name]["types"] = errors
    (folder / _RESULTS).write_text(json.dumps(results), encoding="utf-8")


def _loaded(specimen: Specimen, result: dict[str, Any]) -> list[Contract]:
    """The contract of a specimen; none if it can't be read, which its own tests then say."""
    try:
        loaded = load_foreign(specimen.path, specimen.name)
    except SpecError as error:
        result["refused"] = [problem.code for problem in error.problems]
        return []
    except Exception:  # noqa: BLE001 - the specimen's own test fails with it
        result["crash"] = traceback.format_exc()
        return []
    result["told"] = {problem.pointer: str(problem) for problem in loaded.cuts}
    result["noted"] = {problem.pointer: str(problem) for problem in loaded.notes}
    return [loaded.contract]


def _emitted(contracts: list[Contract], folder: Path, results: dict[str, dict[str, Any]]) -> list[Contract]:
    """The contracts whose packages stand in the folder: all at once, or where one fails each by itself."""
    try:
        build(contracts, folder / "packages", with_tests=[contract.name for contract in contracts])
    except Exception:  # noqa: BLE001 - told below, for the specimen that it comes from
        good = []
        shutil.rmtree(folder / "packages", ignore_errors=True)
        for contract in contracts:
            try:
                shutil.rmtree(folder / "alone", ignore_errors=True)
                build([contract], folder / "alone", with_tests=[contract.name])
                for name in (contract.name, folder_of(contract.name)):
                    shutil.move(folder / "alone" / name, folder / "packages" / name)
                good.append(contract)
            except Exception:  # noqa: BLE001 - the specimen's own test fails with it
                results[contract.name]["crash"] = traceback.format_exc()
        return good
    return contracts


def _type_errors(folder: Path) -> dict[str, list[str]]:
    """What mypy finds, by package.

    Every package holds the same runtime, which has its own tests. Here all packages share the runtime's source, so that
    mypy reads it once.
    """
    checked = folder / "checked"
    for path in (folder / "packages").rglob("*.py"):
        place = path.relative_to(folder / "packages")
        if place.parts[1] != "_runtime":
            target = checked / place
            target.parent.mkdir(parents=True, exist_ok=True)
            source = path.read_text(encoding="utf-8")
            target.write_text(_RUNTIME.sub("from generator.client.runtime", source), encoding="utf-8")
    (checked / "mypy.ini").write_text("[mypy]\nstrict = true\n", encoding="utf-8")
    found: dict[str, list[str]] = defaultdict(list)
    while lines := _checked(checked):
        unreadable = {_package(line) for line in lines if line.endswith("[syntax]")}
        for line in lines:
            found[_package(line)].append(line)
        if not unreadable:
            break
        found = defaultdict(list, {name: errors for name, errors in found.items() if name in unreadable})
        for name in unreadable:  # mypy stops at these: without them it tells of the others
            shutil.rmtree(checked / name, ignore_errors=True)
            shutil.rmtree(checked / folder_of(name), ignore_errors=True)
    return found


def _checked(folder: Path) -> list[str]:
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "--no-error-summary", "--cache-dir", "cache"]
    environment = {"MYPYPATH": str(ROOT), "PATH": ""}
    done = subprocess.run([*command, "."], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert done.returncode == 0 or lines, f"mypy could not run: {done.stdout}{done.stderr}"
    names = {path.name for path in folder.iterdir()}
    assert all(_package(line) in names for line in lines), lines
    return lines


def _package(line: str) -> str:
    """The package that a line of mypy is about; its tests belong to it."""
    return line.partition("/")[0].removeprefix(folder_of(""))
