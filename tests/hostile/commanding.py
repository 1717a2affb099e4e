"""Runs the command `image-contract` in this process, and judges whatever it prints."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest

from generator.cli import main

from .judging import judge_printed
from .watching import watching

if TYPE_CHECKING:
    from pathlib import Path


def commanded(folder: Path, *arguments: str | Path) -> tuple[int, str]:
    """Run the command: it must end by itself, without a traceback, and print nothing that a terminal obeys.

    Args:
        folder: The only folder that may be written to.
        arguments: What stands behind the command's name.

    Returns:
        The exit code, and what it printed on standard output.
    """
    printed, told = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, watching(folder), redirect_stdout(printed), redirect_stderr(told):
        patch.setattr(sys, "argv", ["image-contract", *map(str, arguments)])
        patch.setenv("TMPDIR", str(folder))
        patch.setattr("tempfile.tempdir", None)
        with pytest.raises(SystemExit) as ended:
            main()
    judge_printed(printed.getvalue() + told.getvalue())
    code = ended.value.code
    assert code in {0, 1, 2, None}, code
    return int(code or 0), printed.getvalue()
