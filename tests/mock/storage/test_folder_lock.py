"""One mock runs on a folder, and says what an earlier one has left there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock import create_app, running
from generator.mock.serving.server import serve
from generator.mock.storage.folder_lock import FolderTakenError, only_one
from generator.mock.storage.kept import kept_in
from tests.mock.served import served

if TYPE_CHECKING:
    from pathlib import Path


def test_a_second_mock_on_a_folder_is_refused_until_the_first_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(folder=tmp_path, faults=["rate-limit"]) as first:
        with (
            pytest.raises(FolderTakenError, match="already running on the folder"),
            running(folder=tmp_path, faults=[]),
        ):
            pytest.fail("It ran.")
        assert [step.fault.name for step in first.faults.steps()] == ["rate-limit"]
        assert serve(folder=tmp_path) == 2
        said = capsys.readouterr().err
        assert f"A mock is already running on the folder {tmp_path}." in said
        assert said.count("\n") == 1
    with running(folder=tmp_path) as second:
        assert len(second.faults.steps()) == 1


def test_temporary_folders_are_nobody_elses() -> None:
    with only_one(None), only_one(None):
        pass


def test_what_a_kept_folder_holds_is_told(tmp_path: Path) -> None:
    app = create_app(folder=tmp_path)
    mock = app.state.mock
    assert kept_in(mock.state) == ""
    mock.faults.add("rate-limit", {"status": 503, "times": "always"})
    mock.clock.move(-90)
    assert kept_in(mock.state) == (
        f"{tmp_path} holds from before: 2 faults still to come, a clock that is 90 seconds behind. "
        "POST /_mock/reset forgets it."
    )
    mock.close()


def test_the_start_tells_of_it_and_of_a_script_that_is_replaced(tmp_path: Path) -> None:
    folder, script = tmp_path / "kept", tmp_path / "faults.yaml"
    script.write_text("- server-error\n", encoding="utf-8")
    app = create_app(folder=folder, faults=["rate-limit"])
    app.state.mock.close()
    with served(tmp_path, "--folder", str(folder), "--faults", str(script)) as mock:
        assert mock.process.stdout
        key, kept, replaced = (mock.process.stdout.readline() for _ in range(3))
    assert key.startswith("API key: ")
    assert "holds from before: 1 fault still to come." in kept
    assert replaced == f"The faults of {script} take the place of those that were still to come.\n"
