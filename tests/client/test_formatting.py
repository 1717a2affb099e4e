"""What is generated is formatted, whatever its folder is called and whatever stands around it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator.client.formatting import FormatterError, format_folder

_PROJECT = Path(__file__).parents[2]
_CODE = "import sys\nimport os\nprint( os )\n"
_FORMATTED = "import os\n\nprint(os)\n"


@pytest.mark.parametrize("name", ["pets", "build", "dist", "venv", "node_modules", "site-packages", ".hidden"])
def test_every_folder_is_formatted(tmp_path: Path, name: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / "ruff.toml").write_text('exclude = ["*"]\n')
    folder = tmp_path / "dist" / "built"
    (folder / name).mkdir(parents=True)
    (folder / name / "code.py").write_text(_CODE)
    format_folder(folder)
    assert (folder / name / "code.py").read_text() == _FORMATTED


def test_what_is_no_python_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("x = 1\nif x:\n")
    with pytest.raises(FormatterError, match=r"broken\.py:2:\d+: Expected an indented block"):
        format_folder(tmp_path)


@pytest.mark.parametrize("rules", ["", "E4,E7,E9,F,I,RUF100"])  # the defaults of the linter that we pin, and older ones
def test_linters_as_they_come_find_nothing_in_what_is_generated(rules: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format=concise"]
    select = [f"--select={rules}"] if rules else []
    done = subprocess.run(
        [*command, *select, "generated_client"], cwd=_PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
