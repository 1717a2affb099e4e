"""Type checkers know what the generated packages take and give: strict ones find every mistake, and no other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tools.found import npm_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).parent / "typing"
_PACKAGES = _ROOT / "generated_client"
_WRONG = re.compile(r"# wrong: (?P<mypy>[\w, -]+) \| (?P<pyright>[\w, ]+)$")

Found = dict[tuple[str, int], set[str]]
"""Codes of errors, by file and line."""


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """The wrong code, checked like any other."""
    text = (_HERE / "wrong.py").read_text(encoding="utf-8")
    copy = tmp_path / "wrong.py"
    copy.write_text(text.replace("# mypy: ignore-errors\n", "#\n"), encoding="utf-8")
    return copy


def _expected(checker: str) -> Found:
    lines = (_HERE / "wrong.py").read_text(encoding="utf-8").splitlines()
    marked = ((number, _WRONG.search(line)) for number, line in enumerate(lines, 1))
    return {("wrong.py", number): set(found[checker].split(", ")) for number, found in marked if found}


def test_every_mistake_is_marked_for_both_checkers() -> None:
    assert len(_expected("mypy")) == len(_expected("pyright")) > 30


def test_mypy_finds_every_mistake_and_no_other(wrong: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--explicit-package-bases"]
    command += ["--cache-dir", str(_ROOT / ".mypy_cache" / "typing"), "--hide-error-context", "--no-pretty"]
    done = _run([*command, str(_PACKAGES), str(_HERE / "right.py"), str(wrong)])
    lines = re.findall(r"^(.+?):(\d+): error: .*\[([\w-]+)\]$", done, re.MULTILINE)
    assert _collected((name, int(line), code) for name, line, code in lines) == _expected("mypy"), done


def test_pyright_finds_every_mistake_and_no_other(wrong: Path) -> None:
    command = [npm_tool("pyright"), "--project", str(_project(wrong)), "--pythonpath", sys.executable, "--outputjson"]
    found: Sequence[Mapping[str, object]] = json.loads(_run(command))["generalDiagnostics"]
    assert _collected(map(_place, found)) == _expected("pyright"), json.dumps(found, indent=1)


def _project(wrong: Path) -> Path:
    """A project of both files and the packages, as pyright wants it: with relative paths."""
    included = [os.path.relpath(path, wrong.parent) for path in (_PACKAGES, _HERE / "right.py", wrong)]
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "include": included,
        "extraPaths": [str(_ROOT)],
    }
    config = wrong.with_name("pyrightconfig.json")
    config.write_text(json.dumps(settings), encoding="utf-8")
    return config


def _place(diagnostic: Mapping[str, object]) -> tuple[str, int, str]:
    place = diagnostic["range"]
    assert isinstance(place, dict)
    return str(diagnostic["file"]), place["start"]["line"] + 1, str(diagnostic.get("rule", diagnostic["message"]))


def _collected(found: Iterator[tuple[str, int, str]]) -> Found:
    places: Found = defaultdict(set)
    for name, line, code in found:
        places[Path(name).name, line].add(code)
    return dict(places)


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False)
    assert not done.stderr, done.stderr
    return done.stdout
