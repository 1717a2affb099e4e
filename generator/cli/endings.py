"""How a command ends: exit codes, and what is told."""

from __future__ import annotations

import sys
from typing import Final, NoReturn

import typer

from generator.printable import printable

FAILED: Final = 1
UNUSABLE: Final = 2
WRONG_USAGE: Final = 3


class Judged(SystemExit):
    """The end of a conformance run, with the exit code that its verdict has."""


def fail(message: str, code: int) -> NoReturn:
    """End with a message.

    Args:
        message: What is wrong, and what to do.
        code: The exit code.
    """
    typer.echo(printable(message), err=True)
    sys.exit(code)
