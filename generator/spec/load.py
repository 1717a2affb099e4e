"""Loads a spec: from a file to its contract, or to everything that is wrong with it."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from generator.spec.contract import build_contract
from generator.spec.document import read_document
from generator.spec.examples import example_problems
from generator.spec.lint import early_problems, lint
from generator.spec.problems import Problem, SpecError
from generator.spec.resolve import resolve
from generator.spec.validity import validity_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.spec.model import Contract


def load(path: Path) -> Contract:
    """Load a spec.

    Args:
        path: An OpenAPI 3.1 document, as YAML or JSON.

    Returns:
        Its contract.

    Raises:
        SpecError: Everything that is wrong with it: no such file, a syntax error, no valid OpenAPI 3.1, a keyword that
            nobody honours, a constraint without a source, and what else the lint finds.
    """
    document = read_document(path)
    if problems := [*early_problems(document), *validity_problems(document)]:
        raise SpecError(problems)
    resolved = resolve(document)
    if problems := lint(document, resolved) or example_problems(document, resolved):
        raise SpecError(problems)
    contract, problems = build_contract(document, resolved)
    if problems := [*problems, *_twice(contract)]:
        raise SpecError(problems)
    return contract


def load_found(path: Path) -> Contract:
    """Load a spec that was found in a folder, not named by anybody: nothing outside of the folder is read.

    Args:
        path: The spec.

    Raises:
        SpecError: Everything that is wrong with it; or it is a link that leads out of its folder, or no file.
    """
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(path.parent))
    if not inside:
        message = "It is a link that leads out of this folder, and isn't read. Copy the file into the folder."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)])
    if path.exists() and not path.is_file():
        message = "It is no file, and isn't read. Remove it, or rename it."
        raise SpecError([Problem(path, 0, "", "unreadable-file", message)])
    return load(path)


def _twice(contract: Contract) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for rule in contract.rules:
        if rule.id in first:
            message = f"The rule {rule.id!r} is stated twice, first on line {first[rule.id]}. State it once."
            problems.append(Problem(contract.path, rule.line, rule.pointer, "rule-stated-twice", message))
        first.setdefault(rule.id, rule.line)
    return problems


def _same_stems(paths: Sequence[Path]) -> list[Problem]:
    count = Counter(path.stem for path in paths)
    message = "Another spec here has the same name but for its ending. Rename one: the client is named after it."
    return [Problem(path, 0, "", "same-name", message) for path in paths if count[path.stem] > 1]


def openapi_folder() -> Path:
    """The folder of the project's own specs: beside the package in a checkout, inside of it once installed."""
    package = Path(__file__).resolve().parent.parent
    beside = package.parent / "openapi"
    return beside if beside.is_dir() else package / "openapi"


def load_all(folder: Path | None = None) -> tuple[Contract, ...]:
    """Load every spec of a folder, in the order of their names.

    Args:
        folder: The folder; the project's own specs if None.

    Raises:
        SpecError: Everything that is wrong with any of them, or no spec there.
    """
    folder = folder or openapi_folder()
    paths = sorted(path for path in folder.glob("*") if path.suffix in {".yaml", ".yml", ".json"})
    if not paths:
        message = "There is no spec (*.yaml, *.json) in this folder. Name another with --openapi."
        raise SpecError([Problem(folder, 0, "", "no-spec", message)])
    contracts: list[Contract] = []
    problems = _same_stems(paths)
    for path in paths:
        try:
            contracts.append(load_found(path))
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return tuple(contracts)
