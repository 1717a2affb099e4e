"""What can't be written: it is said, the exit code tells, and all else is written."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.conformance import Settings
from generator.conformance.command import Outputs, conformance
from generator.conformance.reports import final, paths_problem, reporters
from generator.mock import create_app, running
from generator.spec import openapi_folder
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

CLOSED = "Standard output was closed before the report was told."
FULL = "Standard output couldn't be written: No space left on device."


@pytest.fixture
def closed() -> Iterator[TextIO]:
    """A pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield stream


@pytest.fixture
def full() -> Iterator[TextIO]:
    """A disk without room."""
    if not Path("/dev/full").exists():
        pytest.skip("/dev/full is missing: this is not Linux")
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        yield stream


@pytest.mark.parametrize(("name", "problem"), [("closed", CLOSED), ("full", FULL)])
def test_an_output_that_takes_nothing_costs_no_file(
    name: str, problem: str, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The streams would raise as they are closed, were what they hold not forgotten."""
    stream: TextIO = request.getfixturevalue(name)
    errors = io.StringIO()
    outputs = Outputs(json=tmp_path / "r.json", har=tmp_path / "r.har")
    with running(create_app) as gateway, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        patch.setattr(sys, "stderr", errors)
        settings = Settings(base_url=gateway.url, token=gateway.key, no_billable=True, operations=("generateImages",))
        code = conformance("powertokens", settings, outputs, openapi=openapi_folder())
    assert code == 2
    assert [line for line in errors.getvalue().splitlines() if line.startswith("Standard")] == [problem]
    assert sorted(tmp_path.iterdir()) == [tmp_path / "r.har", tmp_path / "r.json"]


def test_errors_that_nobody_reads_do_no_harm(closed: TextIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = Outputs(json=tmp_path / "r.json")
    with running(create_app) as gateway, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", closed)
        patch.setattr(sys, "stderr", closed)
        settings = Settings(base_url=gateway.url, token=gateway.key, no_billable=True, operations=("generateImages",))
        assert conformance("powertokens", settings, outputs, openapi=openapi_folder()) == 2
    assert (tmp_path / "r.json").is_file()


def test_a_report_that_cannot_be_made_is_given_up_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "r.json").write_text("of before", encoding="utf-8")
    stream = io.StringIO()
    together = reporters(json_file=tmp_path / "r.json", junit_file=tmp_path / "r.xml", stream=stream)

    def broken(path: Path, text: str) -> None:
        if path.suffix == ".json":
            raise RecursionError
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr(final, "write_whole", broken)
    for event in runs.events(runs.conforming()):
        together(event)
    together.close()
    assert together.problems == [
        f"{tmp_path / 'r.json'} couldn't be made: RecursionError. The other reports tell of the run."
    ]
    assert together.written == [tmp_path / "r.xml"]
    assert "The gateway conforms." in stream.getvalue()
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == "of before"


def test_the_file_that_grows_is_no_place_for_another_report(tmp_path: Path) -> None:
    grows = tmp_path / "r.har.partial"
    told = f"--json and --har both write {grows}. Name another file with one of them."
    assert paths_problem({"--json": grows, "--har": tmp_path / "r.har"}) == told
    assert paths_problem({"--har": Path(os.devnull), "--json": Path(os.devnull)}) == ""


def test_a_file_that_may_not_be_written_is_told_before_anything_is_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.json"
    path.write_text("of before", encoding="utf-8")
    path.chmod(0o444)
    # To root, who may write it all the same, it is made to look as to anyone else.
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    told = f"The file {path} may not be written. Mend its permissions, or name another file with --json."
    assert paths_problem({"--json": path}) == told
