"""The folder of a run of many: who has it, what stands in it, what happens when it can't be written."""

from __future__ import annotations

import base64
import errno
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from generator.client.runtime import errors, ledger
from generator.client.runtime.many import many

from .gateway import KEY, PNG, Gateway, by_link

if TYPE_CHECKING:
    import pytest

_ENCODED = {"data": [{"b64_json": base64.b64encode(PNG).decode()}]}


def full(_: int) -> None:
    """What a full disk makes of `os.fsync`."""
    raise OSError(errno.ENOSPC, "No space left on device")


def asked(*prompts: str) -> list[dict[str, Any]]:
    return [{"model": "many", "prompt": prompt} for prompt in prompts]


def states(folder: Path) -> list[str]:
    """The states that are written in a ledger, in their order."""
    return [json.loads(line)["state"] for line in (folder / ledger.LEDGER).read_text().splitlines()[1:]]


def test_files_of_others_in_the_folder_are_left_alone(gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "0001-1.png").write_bytes(b"mine")
    (tmp_path / "0007.jpg").write_bytes(b"mine")
    outcomes, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    assert [outcome.paths[0].name for outcome in outcomes] == ["0008-1.png", "0002-1.png"]
    assert (tmp_path / "0001-1.png").read_bytes() == b"mine"


def test_the_ledger_holds_neither_key_nor_prompt(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["hush"] = httpx.Response(400, json={"error": f"not with {KEY}"})
    gateway.call(asked("a", "hush"), folder=tmp_path)
    content = (tmp_path / ledger.LEDGER).read_text()
    assert KEY not in content
    assert "hush" not in content


def test_it_is_on_disk_that_a_request_is_sent_before_it_is(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    seen: list[list[str]] = []
    fsync = os.fsync

    def flush(descriptor: int) -> None:
        fsync(descriptor)
        flushed[:] = states(tmp_path)

    def answer() -> dict[str, Any]:
        seen.append(list(flushed))
        return by_link("a")

    monkeypatch.setattr(os, "fsync", flush)
    gateway.answers["a"] = answer
    gateway.call(asked("a"), folder=tmp_path)
    assert seen == [["sending"]]
    assert flushed == ["sending", "answered", "saved"]


def test_nothing_is_sent_that_can_not_be_recorded(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.call(asked("a"), folder=tmp_path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        outcomes, failure = gateway.call(asked("a", "b", "c"), folder=tmp_path, concurrency=1)
    assert gateway.paid == ["a"]
    assert [type(outcome.error) for outcome in outcomes] == [type(None), errors.FileProblem]
    assert failure is outcomes[1].error
    outcomes, failure = gateway.call(asked("a", "b", "c"), folder=tmp_path)
    assert failure is None
    assert sorted(gateway.paid) == ["a", "b", "c"]


def test_an_answer_that_can_not_be_recorded_is_saved_nevertheless(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def answer() -> dict[str, Any]:
        monkeypatch.setattr(os, "fsync", full)
        return by_link("a")

    gateway.answers["a"] = answer
    outcomes, failure = gateway.call(asked("a", "b"), folder=tmp_path, concurrency=1)
    assert outcomes[0].error is None
    assert outcomes[0].paths[0].read_bytes() == PNG
    assert isinstance(failure, errors.FileProblem)
    assert gateway.paid == ["a"]
    monkeypatch.setattr(os, "fsync", fsync)
    again, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    assert isinstance(again[0].error, errors.AnswerLost)
    assert gateway.paid == ["a", "b"]


def test_nothing_more_is_sent_when_images_can_not_be_saved(gateway: Gateway, tmp_path: Path) -> None:
    def answer() -> dict[str, Any]:
        (tmp_path / "0001-1.png").mkdir()
        return _ENCODED

    gateway.answers["a"] = answer
    outcomes, failure = gateway.call(asked("a", "b"), folder=tmp_path, concurrency=1)
    assert isinstance(failure, errors.FileProblem)
    assert outcomes[0].error is failure
    assert outcomes[0].result is not None
    assert gateway.paid == ["a"]


def test_one_run_at_a_time_has_the_folder(gateway: Gateway, tmp_path: Path) -> None:
    with many(gateway.client(), gateway.operation, asked("a"), folder=tmp_path) as outcomes:
        next(outcomes)
        others, failure = gateway.call(asked("b"), folder=tmp_path)
        assert others == []
        assert isinstance(failure, errors.FileProblem)
        assert "in use by another run" in str(failure)
    outcomes_after, _ = gateway.call(asked("b"), folder=tmp_path)
    assert outcomes_after[0].error is None


def test_a_folder_that_can_not_be_is_told_before_anything_is_sent(gateway: Gateway, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcomes, failure = gateway.call(asked("a"), folder=tmp_path / "file" / "folder")
    assert outcomes == []
    assert isinstance(failure, errors.FileProblem)
    assert gateway.paid == []


def test_a_file_to_send_that_is_not_there_is_an_outcome(gateway: Gateway, tmp_path: Path) -> None:
    wrong = {"prompt": "x", "image": [tmp_path / "none.png"]}
    outcomes, failure = gateway.call([wrong, *asked("a")], folder=tmp_path)
    assert failure is None
    assert isinstance(outcomes[0].error, errors.FileProblem)
    assert outcomes[1].error is None


def test_temporary_files_of_killed_runs_are_removed_when_they_are_old(gateway: Gateway, tmp_path: Path) -> None:
    old, new, others = (tmp_path / name for name in (".0123456789abcdef.part", ".fedcba9876543210.part", "mine.part"))
    for path in (old, new, others):
        path.write_bytes(b"half an image")
    for path in (old, others):
        os.utime(path, (1, 1))
    gateway.call(asked("a"), folder=tmp_path)
    assert [path.exists() for path in (old, new, others)] == [False, True, True]


def test_a_temporary_file_that_can_not_be_removed_stops_nothing(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "generator.client")
    stubborn, other = tmp_path / ".0123456789abcdef.part", tmp_path / ".1123456789abcdef.part"
    for path in (stubborn, other):
        path.write_bytes(b"half an image")
        os.utime(path, (1, 1))
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path == stubborn:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    outcomes, failure = gateway.call(asked("a"), folder=tmp_path)
    assert failure is None
    assert outcomes[0].error is None
    assert [path.exists() for path in (stubborn, other)] == [True, False]
    assert "can't be removed (Permission denied)" in caplog.text
