"""Each kind of finding: its code, the line it names, its pointer, and what its message says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.spec import Contract, Problem

Changed = Callable[..., str]
Problems = Callable[[str], list[Problem]]

FINDINGS: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "findings.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("finding", [pytest.param(finding, id=finding["name"]) for finding in FINDINGS])
def test_a_finding_names_file_line_and_place_and_says_what_to_do(
    finding: dict[str, str], changed: Changed, problems_of: Problems
) -> None:
    text = changed((finding["old"], finding["new"]))

    problems = problems_of(text)

    found = [problem for problem in problems if (problem.code, problem.pointer) == (finding["code"], finding["at"])]
    assert len(found) == 1, "\n".join(map(str, problems))
    problem = found[0]
    assert re.search(finding["says"], problem.message)
    assert _stands_on(text.splitlines()[problem.line - 1], problem.pointer)
    assert str(problem) == f"{problem.file}:{problem.line}: {problem.pointer} [{problem.code}] {problem.message}"


def _stands_on(line: str, pointer: str) -> bool:
    """Whether a line holds the place, or what is around it where the place itself is missing."""
    names = [part.replace("~1", "/") for part in pointer.split("/") if part and not part.isdecimal()]
    return any(name in line for name in names[-2:]) or (pointer[-1].isdecimal() and line.lstrip().startswith("- "))


def test_the_small_spec_itself_is_right(small: str, load_text: Callable[[str], Contract]) -> None:
    assert [operation.id for operation in load_text(small).operations] == ["makeThing", "getThing"]


def test_all_problems_are_told_at_once(changed: Changed, problems_of: Problems) -> None:
    text = changed(("maxLength: 5", "maxlenght: 5"), ("enum: [small, big]", "enumm: [small, big]"))
    assert [problem.pointer.rsplit("/", 1)[1] for problem in problems_of(text)] == ["maxlenght", "enumm"]
