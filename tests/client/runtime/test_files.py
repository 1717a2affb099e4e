"""Files to send: what counts as one, and problems told before any connection."""

from __future__ import annotations

import io
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


def test_an_open_file_is_sent_from_its_place_and_put_back() -> None:
    stream = io.BytesIO(b"skip" + _PNG)
    stream.seek(4)
    file = UploadFile.of(stream)
    assert (file.size, file.read(), file.read()) == (len(_PNG), _PNG, _PNG)
    assert stream.tell() == 4


def test_a_file_that_cannot_be_rewound_is_read_once() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.rest = _PNG

        def readable(self) -> bool:
            return True

        def readall(self) -> bytes:
            rest, self.rest = self.rest, b""
            return rest

        def read(self, _: int = -1) -> bytes:
            return self.readall()

    file = UploadFile.of(Pipe())  # type: ignore[arg-type]
    assert [file.read(), file.read()] == [_PNG, _PNG]


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
