"""All reports of a run together: each gets each event, and no file that can't be written ends the run."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.conformance.events import Waiting
from generator.conformance.reports import Reporters, path_problem, paths_problem, reporters
from generator.conformance.reports.files import write_whole
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from generator.conformance.events import Event
    from generator.conformance.verdicts import Report


def test_all_that_was_asked_for_is_written(any_report: Report, tmp_path: Path) -> None:
    files = {name: tmp_path / f"report.{name}" for name in ("json", "html", "xml", "har")}
    stream = io.StringIO()
    with reporters(
        json_file=files["json"],
        html_file=files["html"],
        junit_file=files["xml"],
        har_file=files["har"],
        stream=stream,
    ) as together:
        for event in runs.events(any_report):
            together(event)
    assert together.problems == []
    assert together.written == list(files.values())
    assert sorted(tmp_path.iterdir()) == sorted(files.values())
    assert json.loads(files["json"].read_text(encoding="utf-8"))["api"] == "powertokens"
    assert stream.getvalue().count("\x1b") == 0


def test_a_run_without_an_end_leaves_what_was_sent_and_no_report(tmp_path: Path) -> None:
    with reporters(json_file=tmp_path / "r.json", har_file=tmp_path / "r.har", stream=io.StringIO()) as together:
        for event in runs.events(runs.violating())[:-1]:
            together(event)
    assert together.written == [tmp_path / "r.har"]
    assert list(tmp_path.iterdir()) == [tmp_path / "r.har"]


def test_a_file_that_cannot_be_written_is_told_and_the_others_are(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    stream = io.StringIO()
    together = reporters(json_file=folder / "r.json", junit_file=tmp_path / "r.xml", stream=stream)
    folder.rmdir()
    for event in runs.events(runs.conforming()):
        together(event)
    together.close()
    assert together.problems == [f"{folder / 'r.json'} couldn't be written: No such file or directory."]
    assert together.written == [tmp_path / "r.xml"]
    assert "The gateway conforms." in stream.getvalue()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is missing: this is not Linux")
def test_a_full_disk_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "r.har.partial").symlink_to("/dev/full")
    together = reporters(har_file=tmp_path / "r.har", stream=io.StringIO())
    for event in runs.events(runs.violating()):
        together(event)
    together.close()
    assert together.problems == [f"{tmp_path / 'r.har'} couldn't be written: No space left on device."]
    assert together.written == []


def test_one_event_comes_at_a_time() -> None:
    """While a report takes an event, another thread's event has to wait."""
    seen: list[float] = []
    second = threading.Event()

    class Slow:
        def __call__(self, event: Event) -> None:
            assert isinstance(event, Waiting)
            seen.append(event.seconds)
            if event.seconds == 1:
                other.start()
                assert not second.wait(0.1)
            else:
                second.set()

        def close(self) -> None:
            pass

    together = Reporters(Slow(), [])
    other = threading.Thread(target=together, args=(Waiting(2, "x"),))
    together(Waiting(1, "x"))
    assert second.wait(10)
    other.join()
    assert seen == [1, 2]


def test_paths_are_checked_before_anything_is_sent(tmp_path: Path) -> None:
    assert path_problem(tmp_path / "r.html", "--html") == ""
    assert path_problem(tmp_path, "--html") == f"{tmp_path} is a folder. Name a file with --html."
    missing = tmp_path / "none"
    assert path_problem(missing / "r", "--json").startswith(f"The folder {missing} does not exist. Make it first")
    assert path_problem(Path("/proc/r.json"), "--json").startswith("The folder /proc can't be written") == (
        not os.access("/proc", os.W_OK)
    )
    same = {"--json": tmp_path / "r", "--html": None, "--har": tmp_path / "x" / ".." / "r"}
    (tmp_path / "x").mkdir()
    both = f"--json and --har both write {tmp_path / 'r'}. Name another file with one of them."
    assert paths_problem(same) == both
    assert paths_problem({"--json": tmp_path / "r", "--html": None}) == ""
    assert "is a folder" in paths_problem({"--json": tmp_path / "r", "--junit": tmp_path})
    assert path_problem(Path(os.devnull), "--har") == ""
    (tmp_path / "link").symlink_to(missing / "r")
    assert path_problem(tmp_path / "link", "--har").startswith(f"The folder {missing} does not exist.")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.json"
    path.write_text("of before", encoding="utf-8")
    path.chmod(0o640)

    def broken(_: Path, __: Path) -> None:
        raise OSError("no")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", broken)
        with pytest.raises(OSError, match="no"):
            write_whole(path, "new")
    assert path.read_text(encoding="utf-8") == "of before"
    assert list(tmp_path.iterdir()) == [path]
    write_whole(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "new \\ud800"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "r.json")
    write_whole(link, "text")
    assert link.is_symlink()
    assert (tmp_path / "r.json").read_text(encoding="utf-8") == "text"
    write_whole(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()


def test_reports_that_are_not_asked_for_are_not_imported() -> None:
    script = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import generator.conformance.reports\n"
        "print([name for name in ('jinja2', 'harfile', 'rich', 'xml.etree') if name in set(sys.modules) - before])"
    )
    # The package around it may need some of them by itself.
    script = script.replace("before =", "import generator.conformance\nbefore =", 1)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
