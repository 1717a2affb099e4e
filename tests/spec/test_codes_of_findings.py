"""Every code that some part of the generator tells is explained, and none that nothing tells."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import generator
from generator.spec.lint.explanations import explanations

if TYPE_CHECKING:
    from collections.abc import Iterator

_PACKAGE = Path(generator.__file__).parent
_ASKED_FOR = frozenset(("lint_command.py", "explanations.py"))
"""Files in which a code is what somebody asks for."""
_Place = tuple[Path | None, str]


def _sources() -> dict[Path, ast.Module]:
    """The modules that may tell of a spec. The client's runtime tells of requests."""
    folders = [_PACKAGE / name for name in ("spec", "client")]
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py")) if path.name not in _ASKED_FOR]
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if not path.is_relative_to(_PACKAGE / "client" / "runtime")
    }


def _makers(sources: dict[Path, ast.Module]) -> dict[_Place, int]:
    """What takes a finding's code, as which of its arguments: by its name, if that is private by its file as well."""
    found: dict[_Place, int] = {}
    for path, module in sources.items():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                names = _parameters(_constructor(node)) or [_name(each.target) for each in _fields(node)]
            elif isinstance(node, ast.FunctionDef) and node.name != "__init__":
                names = _parameters(node)
            else:
                continue
            if "code" in names:
                found[path if node.name.startswith("_") else None, node.name] = names.index("code")
    return found


def _constructor(node: ast.ClassDef) -> ast.FunctionDef | None:
    return next((each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__"), None)


def _fields(node: ast.ClassDef) -> list[ast.AnnAssign]:
    return [each for each in node.body if isinstance(each, ast.AnnAssign)]


def _parameters(function: ast.FunctionDef | None) -> list[str]:
    names = [each.arg for each in function.args.args] if function else []
    return names[1:] if names[:1] == ["self"] else names


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _told(path: Path, module: ast.Module, makers: dict[_Place, int]) -> Iterator[tuple[str, str]]:
    """The codes that a module tells, each with its place; "" for one that can't be read off."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        index = makers.get((path, name), makers.get((None, name)))
        if index is None:
            continue
        named = [each.value for each in node.keywords if each.arg == "code"]
        for given in [*node.args[index : index + 1], *named]:
            place = f"{path.relative_to(_PACKAGE)}:{node.lineno}"
            if isinstance(given, ast.Constant):
                yield str(given.value), place
            elif _name(given) != "code":  # handed on: by a maker, or from a finding that was caught
                yield "", place


@pytest.fixture(scope="module")
def sources() -> dict[Path, ast.Module]:
    return _sources()


@pytest.fixture(scope="module")
def told(sources: dict[Path, ast.Module]) -> dict[str, list[str]]:
    makers = _makers(sources)
    found: dict[str, list[str]] = {}
    for path, module in sources.items():
        for code, place in _told(path, module, makers):
            found.setdefault(code, []).append(place)
    return found


def test_each_code_that_is_told_is_explained(told: dict[str, list[str]]) -> None:
    assert not told.get(""), f"The code must stand there as a text: {told['']}"
    unexplained = {code: places for code, places in told.items() if code not in explanations()}
    assert not unexplained, f"Explain them in generator/spec/lint/codes: {unexplained}"


def test_each_code_that_is_explained_is_told(told: dict[str, list[str]]) -> None:
    assert not explanations().keys() - told.keys()


def test_each_command_that_tells_a_code_is_named(told: dict[str, list[str]]) -> None:
    wrong: dict[str, Any] = {}
    for code, places in told.items():
        commands = {_command(place) for place in places}
        # What reads a file is shared, and `generate` is told what the specs' reader says.
        if code in explanations() and not commands <= set(explanations()[code].told_by):
            wrong[code] = places
    assert not wrong


def _command(place: str) -> str:
    if place.startswith("spec/foreign/"):
        return "generate --spec"
    return "lint" if place.startswith("spec/") else "generate"


def test_a_code_without_explanation_is_found() -> None:
    source = (
        "def _tell(spot, code, message): findings.note(spot, code, message)\n"
        "_tell(spot, 'brand-new', 'It is.')\n"
        "findings.cut(spot, 'newer' if spot else 'newest', 'It is.')\n"
    )
    path = _PACKAGE / "spec" / "made_up.py"
    module = ast.parse(source)
    makers = _makers({**_sources(), path: module})
    assert [code for code, _ in _told(path, module, makers)] == ["brand-new", ""]
