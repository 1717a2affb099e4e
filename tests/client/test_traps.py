"""What the raw generator gets wrong on APIs of this kind, and that nothing of it is forgotten.

An upgrade of openapi-python-client can bring each of these back, or mend it. So every one has tests that are marked
with its number: they show that the raw generator's output still fails, and that ours does not.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAPS = {
    1: "a required body of two media types makes a module that can't be imported",
    2: "the boundary of multipart forms is always the same, so that a file can close its part",
    3: "a multipart form of several shapes goes out empty",
    4: "forms say True, None, and flatten what is nested",
    5: "a default in the spec is sent with every request",
    6: "a status that no registry knows is a ValueError",
    7: "an error page, or an empty error, is a JSONDecodeError",
    8: "of several media types in an answer the first is taken, whatever came",
    9: "an image/* answer is dropped",
    10: "an unknown value of an enum raises",
    11: "a missing key is a KeyError",
    12: "an enum of mixed types takes its schema and its operations away, one with two equal names ends in a traceback",
    13: "of two operations with one operationId one is lost",
    14: "there is no time-out",
    15: "the client's repr shows the key",
    16: "security at the top of the spec, and alternatives of it, are ignored",
    17: "the spec's server is ignored",
    18: "discriminators are ignored",
    19: "constraints are ignored",
    20: "nobody is told that something is deprecated",
    21: "a client made from another changes that one too",
    22: "no retries, no User-Agent, no request id, no logging",
    23: "the formatter is whichever there is, with whatever settings lie around",
    24: "unknown settings are ignored, warnings end in success, stale files stay",
    25: "an awaited call with a raw binary body is a RuntimeError",
    26: "a redirect returns None",
}


def test_every_trap_has_a_test_in_which_the_raw_generator_fails() -> None:
    shown = {number for number, source in _marked() if re.search(r"\braw(_output|_command)?\b", source)}
    assert sorted(shown) == sorted(TRAPS)


def test_every_trap_has_a_test_that_ours_meets() -> None:
    """It asks a package of ours, one of those that are committed, or our generator itself."""
    ours = re.compile(r"\b(ours|PowerTokens|Venice|generate|_refused)\b")
    met = {number for number, source in _marked() if ours.search(source)}
    assert sorted(met) == sorted(TRAPS)


def _marked() -> Iterator[tuple[int, str]]:
    """Each number that a test is marked with, and that test's source."""
    for file in sorted(Path(__file__).parent.glob("test_traps_of_*.py")):
        for function in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(function, ast.FunctionDef):
                source = ast.unparse(function)
                yield from ((number, source) for mark in function.decorator_list for number in _numbers(mark))


def _numbers(mark: ast.expr) -> Iterator[int]:
    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.trap":
        yield from (int(ast.unparse(number)) for number in mark.args)
