"""Formats generated code with ruff, in one pass, with rules of its own: no setting outside of here has a say."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULES = "F401,I,UP,RUF022"
_COMMON = ("--isolated", "--no-cache", "--target-version", "py311", "--line-length", "120", "--quiet")


class FormatterError(Exception):
    """The generated code could not be formatted, or ruff is missing."""


def format_folder(folder: Path) -> None:
    """Remove unused imports, sort the others and format every Python file below a folder.

    Args:
        folder: Where the generated package was written.

    Raises:
        FormatterError: ruff is missing, or what was generated is no Python.
    """
    first_party = ("--config", f'lint.isort.known-first-party=["{folder.name}"]')
    _ruff(["check", "--fix-only", "--select", _RULES, *_COMMON, *first_party, str(folder)])
    _ruff(["format", *_COMMON, str(folder)])


def format_source(source: str) -> str:
    """Format Python source that is not in a file, such as a snippet for a README.

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
