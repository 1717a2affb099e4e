"""The Python in the README, in the mock's and in those of the generated packages runs as it stands there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from generator.mock import create_app, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.mock import RunningMock

_ROOT = Path(__file__).resolve().parents[1]
_PAGES = (
    _ROOT / "README.md",
    _ROOT / "generator/mock/README.md",
    *sorted(_ROOT.glob("generated_client/*/README.md")),
)


_PETS = "from pets import"
"""What the example of another spec begins with; it needs what is generated before."""


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def _snippets() -> Iterator[object]:
    for page in _PAGES:
        found = [source for source in _blocks(page, "python") if _PETS not in source]
        assert len(found) >= 4
        name = page.parent.name if page.parent != _ROOT else "root"
        yield from (pytest.param(source, id=f"{name}-{number}") for number, source in enumerate(found, 1))


@pytest.fixture(scope="module")
def gateway() -> Iterator[RunningMock]:
    """A mock on loopback."""
    with running(create_app) as mock:
        yield mock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the pictures that the examples name."""
    for name in ("cat.png", "sky.png", "image.png"):
        Image.new("RGB", (640, 480), "orange").save(tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("snippet", list(_snippets()))
def test_a_snippet_runs(snippet: str, gateway: RunningMock, folder: Path) -> None:
    environment = {
        "POWERTOKENS_BASE_URL": gateway.url,
        "POWERTOKENS_API_KEY": gateway.key,
        "VENICE_BASE_URL": gateway.url,
        "VENICE_API_KEY": gateway.key,
    }
    command = [sys.executable, "-W", "error", "-c", snippet]
    if is_test_file := "def test_" in snippet:
        (folder / "test_example.py").write_text(snippet, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-W", "error", "-p", "no:cacheprovider", "--rootdir", str(folder)]
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert bool(done.stdout) == ("print(" in snippet or is_test_file)


def test_a_client_for_any_other_spec(tmp_path: Path) -> None:
    page = _ROOT / "README.md"
    (spec,) = (block for block in _blocks(page, "yaml") if "title: Pets" in block)
    (commands,) = (block for block in _blocks(page, "sh") if "--with-tests" in block)
    (snippet,) = (block for block in _blocks(page, "python") if _PETS in block)
    (tmp_path / "pets.yaml").write_text(spec, encoding="utf-8")
    told = []
    for command in commands.replace(".venv/bin/python", sys.executable).splitlines():
        called = [sys.executable, "-m", "generator"] if "image-contract" in command else []
        arguments = [*called, *shlex.split(command)[1:]] if called else shlex.split(command)
        done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        told.append(done.stdout)
    assert "2 passed" in told[1]
    shown = [sys.executable, "-W", "error", "-c", snippet]
    done = subprocess.run(shown, cwd=tmp_path / "clients", capture_output=True, text=True, check=False)
    assert done.stdout.strip() == snippet.rpartition("# ")[2].strip(), done.stderr


def test_every_relative_link_leads_somewhere() -> None:
    for page in (_ROOT / "README.md", *_ROOT.glob("o*/README.md"), *_ROOT.glob("generator/*/README.md")):
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page}: {target}"
