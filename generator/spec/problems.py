"""What is wrong with a spec, said so that its author can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.printable import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@frozen(order=True)
class Problem:
    """One thing that is wrong with a spec file.

    Attributes:
        file: The spec file, as the user named it.
        line: The line, counted from 1; 0 where the file as a whole is meant.
        pointer: The JSON Pointer of the place; "" for the whole document.
        code: A short stable name, such as ``duplicate-operation-id``.
        message: What is wrong, and what to do about it.
    """

    file: Path
    line: int
    pointer: str
    code: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        pointer = f" {self.pointer}" if self.pointer else ""
        return printable(f"{place}:{pointer} [{self.code}] {self.message}").replace("\n", "\\n")


def shortened(text: str, longest: int = 300) -> str:
    """The first line of a text, as far as it is worth showing.

    Args:
        text: A library's message, or a piece of a spec.
        longest: Characters to show.
    """
    line = next(iter(text.splitlines()), "")
    return line if len(line) <= longest else f"{line[:longest]}…"


class SpecError(Exception):
    """A spec can't be used; `problems` lists everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
