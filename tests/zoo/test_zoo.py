"""Specs from the wild in small: each is generated, imported, type-checked, and its operations are called."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from .calling import import_package, made, round_trips_of
from .judging import judge
from .specimens import SPECIMENS

if TYPE_CHECKING:
    from .built import Built
    from .specimens import Specimen

each_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.name)
each_generated = pytest.mark.parametrize(
    "specimen", [specimen for specimen in SPECIMENS if not specimen.refused], ids=lambda specimen: specimen.name
)


@each_specimen
def test_what_cannot_be_generated_is_named(zoo: Built, specimen: Specimen) -> None:
    result = _result(zoo, specimen)
    assert result.get("refused", []) == ([specimen.refused] if specimen.refused else [])
    assert result.get("told", {}).keys() == specimen.told, result["told"]
    assert result.get("noted", {}).keys() >= specimen.noted, result["noted"]
    assert specimen.operations in {None, result.get("operations")}


@pytest.mark.parametrize("rules", ["", "E4,E7,E9,F,I,RUF100"])  # the defaults of the linter that we pin, and older ones
def test_linters_as_they_come_find_nothing(zoo: Built, rules: str) -> None:
    """The runtime, the same in every package, is linted elsewhere; what a spec calls a thing is its own affair."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--output-format=concise"]
    command += ["--exclude=_runtime", "--ignore=E741,N999"]
    select = [f"--select={rules}"] if rules else []
    done = subprocess.run([*command, *select, "packages"], cwd=zoo.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@each_generated
def test_types_are_right(zoo: Built, specimen: Specimen) -> None:
    errors = _result(zoo, specimen).get("types", [])
    assert not errors, "\n".join(errors)


@each_generated
def test_calls_send_and_read_what_is_stated(zoo: Built, specimen: Specimen) -> None:
    _result(zoo, specimen)
    import_package(specimen.name)
    for call in specimen.calls:
        for is_async in (False, True):
            judge(call, made(specimen, call, is_async=is_async))


@each_generated
def test_generated_tests_pass(zoo: Built, specimen: Specimen) -> None:
    result = _result(zoo, specimen)
    import_package(specimen.name)
    tests = [test for module in result["modules"] for test in round_trips_of(module)]
    assert len(tests) >= result["operations"]
    for test in tests:
        test()


def _result(zoo: Built, specimen: Specimen) -> dict[str, Any]:
    result = zoo.results[specimen.name]
    assert "crash" not in result, result["crash"]
    return result
