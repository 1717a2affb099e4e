"""Files to send: what counts as one, and problems told before any connection."""

from __future__ import annotations

import gzip
import io
import mmap
import os
import tempfile
from array import array
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from generator.client.runtime.errors import FileProblem
from generator.client.runtime.files import UploadFile, is_file

_PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Path("a"), True), (b"", True), (io.BytesIO(), True), (("a", b""), True), (("a", Path("b"), "image/png"), True),
     ("a", False), (("a", "b"), False), ((1, b""), False), ([b""], False), (None, False), ({}, False)],
)  # fmt: skip
def test_what_counts_as_a_file(value: Any, expected: bool) -> None:  # noqa: FBT001 - a case's verdict
    assert is_file(value) is expected


def test_name_and_media_type_by_signature_then_by_name(tmp_path: Path) -> None:
    path = tmp_path / "cat.jpg"
    path.write_bytes(_PNG)
    assert (UploadFile.of(path).name, UploadFile.of(path).media_type) == ("cat.jpg", "image/png")
    assert (UploadFile.of(_PNG).name, UploadFile.of(_PNG).media_type) == ("image.png", "image/png")
    assert UploadFile.of(("a.webp", b"unknown")).media_type == "image/webp"
    assert UploadFile.of(b"unknown").media_type == "application/octet-stream"
    assert UploadFile.of(("a.png", _PNG, "image/x-own")).media_type == "image/x-own"


class _Path:
    """A path as other libraries have them."""

    def __init__(self, path: str | bytes) -> None:
        self._path = path

    def __fspath__(self) -> str | bytes:
        return self._path


def _everything(path: Path, stack: ExitStack) -> dict[str, Any]:
    """One file, in every form that is taken."""
    content = path.read_bytes()
    named = io.BytesIO(content)
    named.name = "b.png"
    path.with_suffix(".gz").write_bytes(gzip.compress(content))
    return {
        "path": path,
        "path of others": _Path(str(path)),
        "path in bytes": _Path(os.fsencode(path)),
        "bytes": content,
        "bytearray": bytearray(content),
        "memoryview": memoryview(content),
        "numbers": memoryview(array("I", content)),
        "every other byte": memoryview(bytes(byte for each in content for byte in (each, 0)))[::2],
        "open": stack.enter_context(path.open("rb")),
        "unbuffered": stack.enter_context(path.open("rb", buffering=0)),
        "BytesIO": io.BytesIO(content),
        "BytesIO with a name": named,
        "spooled": _filled(stack.enter_context(tempfile.SpooledTemporaryFile(max_size=10)), content),
        "temporary": _filled(stack.enter_context(tempfile.TemporaryFile()), content),
        "compressed": stack.enter_context(gzip.open(path.with_suffix(".gz"))),
        "mapped": _mapped(path, stack),
        "named": ("b.png", content),
        "named and typed": ("b.png", path, "image/x-own"),
        "typed by us": ("b.png", path, None),
    }


def _filled(stream: Any, content: bytes | str) -> Any:
    stream.write(content)
    stream.seek(0)
    return stream


def _mapped(path: Path, stack: ExitStack) -> mmap.mmap:
    with path.open("rb") as file:
        return stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def test_every_form_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG * 2000)
    with ExitStack() as stack:
        for form, given in _everything(path, stack).items():
            assert is_file(given), form
            for _ in range(2):
                file = UploadFile.of(given)
                with file.opened() as opened:
                    assert b"".join(file.pieces(opened)) == _PNG * 2000, form
                assert file.size == len(_PNG) * 2000
                assert file.media_type == ("image/x-own" if form == "named and typed" else "image/png"), form
                assert file.name in {"a.png", "b.png", "image.png", "a.gz"}, form


def test_what_a_file_is_called(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG)
    with path.open("rb") as file:
        assert UploadFile.of(file).name == "a.png"
    with tempfile.TemporaryFile() as nameless:  # whose name is a number
        nameless.write(b"no image")
        assert UploadFile.of(nameless).name == "file"
    assert UploadFile.of(("", _PNG)).name == "image.png"
    assert UploadFile.of(("pictures/", b"?")).name == "pictures"


def test_a_stream_that_gives_little_at_a_time() -> None:
    class Slow(io.BytesIO):
        def read(self, length: int | None = -1, /) -> bytes:
            return super().read(min(length or 0, 1000))

    file = UploadFile.of(Slow(_PNG * 2000))
    with file.opened() as opened:
        assert [len(piece) for piece in file.pieces(opened)] == [49_152, 46_848]


def test_bytes_that_change_their_number_are_told() -> None:
    content = bytearray(_PNG)
    file = UploadFile.of(content)
    content += b"more"  # which it may: nothing of it is held
    with pytest.raises(FileProblem, match="had 48 bytes and now has 52"):
        file.head(1)


@pytest.mark.parametrize("media_type", ["image", "image/png\r\nX: y", "", "image/pñg", "a/b; c=\n", 5, b"a/b"])
def test_a_media_type_that_is_none_is_told(media_type: Any) -> None:
    with pytest.raises(FileProblem, match="must be one such as image/png"):
        UploadFile.of(("a.png", _PNG, media_type))


def test_a_file_shows_neither_its_content_nor_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(_PNG)
    assert repr(UploadFile.of(path)) == "UploadFile(name='a.png', media_type='image/png', size=48, start=0)"


def test_problems_are_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"missing.png: there is no such file"):
        UploadFile.of(tmp_path / "missing.png")
    with pytest.raises(FileProblem, match="is a folder, not a file"):
        UploadFile.of(tmp_path)
    with pytest.raises(FileProblem, match='open it with mode "rb"'):
        UploadFile.of(io.StringIO("text"))  # type: ignore[arg-type]
    closed = io.BytesIO()
    closed.close()
    with pytest.raises(FileProblem, match="can't be read"):
        UploadFile.of(closed)
    with pytest.raises(FileProblem, match="can't be read"):
        UploadFile.of(Path("a\0b"))
    with pytest.raises(FileProblem, match="can't be read"):
        UploadFile.of(Path("a" * 5000))
    with tempfile.SpooledTemporaryFile(mode="w+") as text:
        given = _filled(text, "text")
        with pytest.raises(FileProblem, match='open it with mode "rb"'):
            UploadFile.of(given)
