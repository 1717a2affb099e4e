"""Files are written whole or not at all, where they belong, and never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.client.runtime.errors import FileProblem
from generator.client.runtime.saving import ImageSink, checked_name

_PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def _write(sink: ImageSink, content: bytes = _PNG) -> Path:
    with sink:
        for at in range(0, len(content), 7):
            sink.write(content[at : at + 7])
    return sink.path


def test_the_extension_is_that_of_the_format(tmp_path: Path) -> None:
    assert _write(ImageSink(tmp_path / "a.b", overwrite=False, by_format=True)) == tmp_path / "a.b.png"
    assert _write(ImageSink(tmp_path / "a", overwrite=False, by_format=True), b"?").name == "a.bin"


def test_what_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with ImageSink(tmp_path / "a.png", overwrite=False) as sink:
            sink.write(_PNG)
            raise KeyError("a")

    with pytest.raises(KeyError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_begins_again_begins_from_nothing(tmp_path: Path) -> None:
    with ImageSink(tmp_path / "a", overwrite=False, by_format=True) as sink:
        sink.write(b"<html>half of something else" * 10)
        sink.restart()
        sink.write(_PNG)
    assert sink.path.name == "a.png"
    assert sink.path.read_bytes() == _PNG


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_came_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool) -> None:
    if not links:
        _forbid_links(monkeypatch)
    path = tmp_path / "a.png"

    def write_while_another_does() -> None:
        with ImageSink(path, overwrite=False) as sink:
            sink.write(_PNG)
            path.write_bytes(b"another's")

    with pytest.raises(FileProblem, match="is there already"):
        write_while_another_does()
    assert path.read_bytes() == b"another's"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _forbid_links(monkeypatch)
    assert _write(ImageSink(tmp_path / "a.png", overwrite=False)).read_bytes() == _PNG
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def _forbid_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.parametrize("there", [True, False])
def test_a_symbolic_link_in_the_place_leads_nowhere(tmp_path: Path, *, there: bool) -> None:
    outside = tmp_path / "outside"
    if there:
        outside.write_bytes(b"precious")
    place = tmp_path / "folder" / "a.png"
    place.parent.mkdir()
    place.symlink_to(outside)
    with pytest.raises(FileProblem, match="is there already"):
        _write(ImageSink(place, overwrite=False))
    _write(ImageSink(place, overwrite=True))
    assert not place.is_symlink()
    assert place.read_bytes() == _PNG
    assert outside.exists() == there
    assert not there or outside.read_bytes() == b"precious"


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="is a folder"):
        _write(ImageSink(tmp_path, overwrite=True))


class _FullDisk:
    """A file that takes no byte more."""

    def write(self, _: bytes) -> int:
        raise OSError(errno.ENOSPC, "no room")

    def seek(self, _: int) -> int:
        raise OSError(errno.ENOSPC, "no room")

    def close(self) -> None:
        """Nothing is left to be written."""


@pytest.mark.parametrize("step", ["write", "restart"])
def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(Path, "open", lambda path, _: path.touch() or _FullDisk())
    sink = ImageSink(tmp_path / "a.png", overwrite=False)
    steps = {"write": lambda: sink.write(_PNG), "restart": sink.restart}
    with pytest.raises(FileProblem, match=r"a\.png: can't be written \(no room"), sink:
        steps[step]()
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_file_that_can_not_be_removed_hides_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_: Path, *, missing_ok: bool = False) -> None:  # noqa: ARG001 - as Path has it
        raise PermissionError(errno.EACCES, "Permission denied")

    def fail() -> None:
        with ImageSink(tmp_path / "a.png", overwrite=False) as sink:
            sink.write(_PNG)
            raise KeyError("first")

    caplog.set_level("INFO", "generator.client")
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(KeyError, match="first"):
        fail()
    assert _write(ImageSink(tmp_path / "b.png", overwrite=False)).read_bytes() == _PNG
    assert "can't be removed (Permission denied)" in caplog.text


def test_it_is_used_in_a_with_statement(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="with statement"):
        ImageSink(tmp_path / "a.png", overwrite=False).write(b"x")


@pytest.mark.parametrize(
    "name", ["", ".", "..", " ", "../x", "a/b", "a\\b", "/etc/x", "C:x", "a\0b", "a\nb", "what?", "\u202egnp"]
)
def test_names_that_are_none(name: str) -> None:
    with pytest.raises(ValueError, match="without"):
        checked_name(name)


@pytest.mark.parametrize("name", ["image", "my cat", "katze-ü", "猫", ".hidden", "v1.2"])
def test_names_that_are_right(name: str) -> None:
    assert checked_name(name) == name
