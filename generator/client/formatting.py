"""Formats generated code with ruff, in one pass, with rules of its own: no setting outside of here has a say."""

from __future__ import annotations

import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULES = "F401,I,PYI030,UP,RUF022"
# Whatever the folder is called, and whatever git leaves out around it, what was generated is formatted.
_EVERYTHING = ("--no-respect-gitignore", "--config", "exclude=[]")
_COMMON = ("--isolated", "--no-cache", "--target-version", "py311", *_EVERYTHING)
_LINE = ("--line-length", "120")
# Imports are wrapped as the default of ruff has it: lines that are wrapped are right under any longer limit, too.
_LINE_OF_IMPORTS = ("--line-length", "88")


class FormatterError(Exception):
    """The generated code could not be formatted, or ruff is missing."""


def format_folder(folder: Path) -> None:
    """Remove unused imports, sort the others, join literals and format every Python file below a folder.

    Args:
        folder: Where the generated package was written.

    Raises:
        FormatterError: ruff is missing, or what was generated is no Python.
    """
    first_party = ("--config", f'lint.isort.known-first-party=["{folder.name}"]')
    _ruff(["check", "--fix-only", "--select", _RULES, *_COMMON, *_LINE_OF_IMPORTS, *first_party, str(folder)])
    _ruff(["format", *_COMMON, *_LINE, str(folder)])


@cache
def format_source(source: str) -> str:
    """Format Python source that is not in a file, such as a snippet for a README. What was formatted once is kept.

    Args:
        source: The source.

    Raises:
        FormatterError: ruff is missing, or the source is no Python.
    """
    return _ruff(["format", "--isolated", "--no-cache", "--line-length", "100", "--quiet", "-"], source)


def _ruff(arguments: Sequence[str], given: str = "") -> str:
    executable = Path(sysconfig.get_path("scripts")) / "ruff"
    command = [str(executable) if executable.exists() else "ruff", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)  # noqa: S603  our own arguments
    except FileNotFoundError as error:
        raise FormatterError("ruff is missing. Install the extra: pip install 'image-contract[generator]'.") from error
    if done.returncode != 0:
        raise FormatterError(f"ruff refused what was generated:\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
