"""Images in requests: which forms are taken, and the limits on bytes and pixels."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from PIL import Image as Picture

from generator.client.runtime.errors import FileProblem
from generator.client.runtime.image_check import Image

_TEXT = Image(forms=("url", "base64", "data-uri"))
_SMALL = Image(forms=("url", "base64", "data-uri"), min_pixels=100, max_pixels=400)
_FILE = Image(forms=("file",), min_pixels=100, max_pixels=400, max_bytes=2000)


def _png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Picture.new("RGB", (width, height)).save(stream, "PNG")
    return stream.getvalue()


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a.png",
        "HTTP://example.com",
        "aGVsbG8=",
        "aGVs\nbG8=\n",
        "data:image/png;base64,aGVsbG8=",
        "DATA:;base64,aGVsbG8=",
    ],
)
def test_forms_that_are_taken(text: str) -> None:
    assert _TEXT.breach(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "cat.png", "ftp://example.com/a.png", "aGVsbG8", "aGVs bG8=", "aG=sbG8=", "====", "-_-_", "é===",
     "data:image/png,aGVsbG8=", "data:image/png;base64,", "data:image/png;base64,cat.png"],
)  # fmt: skip
def test_text_of_no_form_is_told_what_to_give(text: str) -> None:
    words = _TEXT.breach(text)
    assert words is not None
    assert "http(s) URL" in words
    assert "pathlib.Path" in words


def test_a_form_that_is_not_taken() -> None:
    assert Image(forms=("url",)).breach("aGVsbG8=") == "must be an http(s) URL"
    assert Image(forms=("url",)).breach(b"png") == "must be an http(s) URL"
    assert _FILE.breach("https://example.com/a.png") is not None


def test_a_file_is_taken_where_it_can_go_as_text() -> None:
    assert Image(forms=("url", "data-uri")).breach(b"png") is None
    assert Image(forms=("url", "base64")).breach(b"png") is None
    assert Image(forms=("url", "data-uri")).file_goes_as_data_uri
    assert not _TEXT.file_goes_as_data_uri


def test_a_text_that_names_a_file_is_told_how_to_send_it(tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    path.touch()
    words = _TEXT.breach(str(path))
    assert words is not None
    assert words.endswith(f"there is a file of this name: to send it, give pathlib.Path({str(path)!r})")
    assert str(_TEXT.breach(str(tmp_path))).endswith('pathlib.Path("image.png")')
    assert "pathlib.Path" in str(_TEXT.breach("!" * 100_000))
    assert "pathlib.Path" not in str(Image(forms=("url",)).breach(str(path)))


@pytest.mark.parametrize("check", [_TEXT, _FILE])
@pytest.mark.parametrize("empty", [b"", io.BytesIO(), ("cat.png", b"")])
def test_an_empty_file_is_a_problem(check: Image, empty: object) -> None:
    with pytest.raises(FileProblem, match=r"is empty \(0 bytes\)"):
        check.breach(empty)


def test_other_types_are_not_its_business() -> None:
    assert _TEXT.breach(["cat.png"]) is None
    assert _TEXT.breach(None) is None


@pytest.mark.parametrize("value", [5, True, None, {"a": 1}, ["cat.png"]])
def test_a_part_that_can_be_a_file_alone_is_nothing_else(value: object) -> None:
    """Beside it stands no rule on the type, for a file has none."""
    assert Image(forms=("file",)).breach(value) is not None


@pytest.mark.parametrize(("side", "right"), [(9, False), (10, True), (20, True), (21, False)])
def test_pixels_in_each_form(side: int, right: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a case's verdict
    content = _png(side, side)
    path = tmp_path / "image.png"
    path.write_bytes(content)
    forms = [_base64(content), f"data:image/png;base64,{_base64(content)}"]
    assert [_SMALL.breach(form) is None for form in forms] == [right, right]
    files = [path, content, io.BytesIO(content), ("a.png", content)]
    assert [_FILE.breach(file) is None for file in files] == [right] * 4


def test_pixels_of_a_large_image_are_told_by_its_first_bytes() -> None:
    large = _png(10, 10) + b"0" * 1_000_000
    for text in (_base64(large), f"data:;base64,{_base64(large)}", base64.encodebytes(large).decode()):
        assert _SMALL.breach(text) is None


def test_what_is_no_image_breaks_a_limit_on_pixels_alone() -> None:
    assert _SMALL.breach(_base64(b"no image")) == "is not an image that can be read"
    assert _TEXT.breach(_base64(b"no image")) is None


@pytest.mark.parametrize("length", [1999, 2000, 2001])
def test_bytes_are_counted_exactly(length: int) -> None:
    check = Image(forms=("base64", "file"), max_bytes=2000)
    content = b"x" * length
    words = None if length <= 2000 else "must be at most 2000 bytes, is 2001"
    assert check.breach(_base64(content)) == words
    assert check.breach(content) == words


def test_an_open_file_is_put_back_to_its_place() -> None:
    stream = io.BytesIO(b"head" + _png(10, 10))
    stream.seek(4)
    assert _FILE.breach(stream) is None
    assert stream.tell() == 4


def test_a_missing_file_is_a_problem_before_any_connection() -> None:
    with pytest.raises(FileProblem, match="there is no such file"):
        _FILE.breach(Path("/nowhere/cat.png"))
