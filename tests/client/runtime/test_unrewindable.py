"""Open files that can't be rewound: read once, and sent as often as they are given."""

from __future__ import annotations

import gc
import io
import os
from typing import TYPE_CHECKING, Any

import pytest

from generator.client.runtime.body import encode
from generator.client.runtime.errors import FileProblem
from generator.client.runtime.files import UploadFile
from generator.client.runtime.unrewindable import rewindable

from .attempts import PIECES, PNG, attempt, each_way, every_kind, on_the_wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(name="pipe")
def _pipe() -> Iterator[io.BufferedReader]:
    """A pipe with an image in it."""
    out, into = os.pipe()
    with open(out, "rb") as pipe:  # noqa: PTH123 - a descriptor is no path
        os.write(into, PNG)
        os.close(into)
        yield pipe


class _Bare:
    """Something that can be read, and no more."""

    def __init__(self, content: bytes) -> None:
        self._rest = io.BytesIO(content)

    def read(self, length: int = -1) -> bytes:
        return self._rest.read(length)


@every_kind
@each_way
def test_what_was_checked_is_sent(form: type[Any], prompt: type[Any], pipe: Any, media_type: str, style: str) -> None:
    """A check that used the file up would let an empty one be sent."""
    request = (
        form(prompt="x", image=pipe)
        if media_type.startswith("multipart")
        else prompt(model="one", prompt="x", image=["https://host/a.png", pipe])
    )
    for _ in range(2):
        assert on_the_wire(PNG, media_type) in attempt(encode(request, media_type), style)


@pytest.mark.parametrize("content", [b"", PNG, PIECES, PIECES * 8], ids=len)
def test_all_of_it_is_kept(content: bytes) -> None:
    """In memory or on disk."""
    bare = _Bare(content)
    for _ in range(2):
        file = UploadFile.of(bare)  # type: ignore[arg-type]
        assert (file.size, file.head(len(content) + 1)) == (len(content), content)


def test_its_name_stays_its_own() -> None:
    bare: Any = _Bare(PNG)
    bare.name = "/pictures/cat.png"
    assert UploadFile.of(bare).name == "cat.png"
    assert UploadFile.of(("sky.png", bare)).name == "sky.png"


def test_the_copy_goes_with_the_file() -> None:
    bare = _Bare(PIECES * 8)
    copy = rewindable(bare)
    assert not copy.closed
    del bare
    gc.collect()
    assert copy.closed


def test_nothing_is_kept_of_what_breaks_off() -> None:
    class Broken(_Bare):
        def read(self, length: int = -1) -> bytes:
            if piece := super().read(length):
                return piece
            raise OSError("the line is dead")

    broken: Any = Broken(PNG)
    for _ in range(2):
        with pytest.raises(FileProblem, match="the line is dead"):
            UploadFile.of(broken)


def test_what_is_no_file_is_told(pipe: Any) -> None:
    class Whole:
        __slots__ = ()

        def read(self) -> bytes:
            return PNG

    class Awaited:
        async def read(self, _: int = -1) -> bytes:
            return PNG

    whole: Any = Whole()
    awaited: Any = Awaited()
    with pytest.raises(FileProblem, match="read it yourself, and give the bytes"):
        UploadFile.of(("a.png", whole))
    with pytest.raises(FileProblem, match="opened for reading by await"):
        UploadFile.of(("a.png", awaited))
    with io.TextIOWrapper(pipe) as text, pytest.raises(FileProblem, match='open it with mode "rb"'):
        UploadFile.of(text)  # type: ignore[arg-type]


def test_a_path_of_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with pytest.raises(FileProblem, match="is a pipe or a device"):
        UploadFile.of(path)
