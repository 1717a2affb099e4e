"""Multipart forms: parts become the fields of the form's schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.mock.requests.bodies import UnreadableBodyError
from generator.mock.requests.forms import MAX_PARTS, FormReader, boundary_of, split

if TYPE_CHECKING:
    from generator.mock.requests.bodies import Body

SCHEMA: dict[str, Any] = {
    "properties": {
        "prompt": {"type": "string"},
        "n": {"type": "integer"},
        "ratio": {"type": "number"},
        "safe": {"type": "boolean"},
        "boxes": {"type": "array", "items": {"type": "integer"}},
        "extra": {"type": "object"},
        "image": {
            "type": "array",
            "items": {"type": "string", "x-image": {"forms": ["file"]}},
            "x-part-aliases": ["image[]"],
        },
    }
}


def form(*parts: tuple[str, bytes | str, str | None, str | None]) -> bytes:
    """A form with the boundary B, of parts (name, content, file name, media type)."""
    raw = b""
    for name, content, file_name, media_type in parts:
        named = f'; filename="{file_name}"' if file_name is not None else ""
        typed = f"\r\nContent-Type: {media_type}" if media_type else ""
        head = f'--B\r\nContent-Disposition: form-data; name="{name}"{named}{typed}\r\n\r\n'
        raw += head.encode() + (content.encode() if isinstance(content, str) else content) + b"\r\n"
    return raw + b"--B--\r\n"


def texts(*fields: tuple[str, str]) -> bytes:
    return form(*((name, text, None, None) for name, text in fields))


def read(raw: bytes) -> Body:
    return FormReader(SCHEMA).read(raw, "B")


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("prompt", "1", "1"),
        ("prompt", "", ""),
        ("prompt", "Grüße 😀", "Grüße 😀"),
        ("n", "12", 12),
        ("n", "-3", -3),
        ("n", "+3", 3),
        ("n", "9.0", "9.0"),
        ("n", "٣", "٣"),
        ("n", "1" * 5000, "1" * 5000),
        ("n", "", ""),
        ("ratio", "0.5", 0.5),
        ("ratio", "1e999", "1e999"),
        ("ratio", "nan", "nan"),
        ("safe", "true", True),
        ("safe", "false", False),
        ("safe", "True", "True"),
        ("extra", '{"a": [1]}', {"a": [1]}),
        ("extra", "{", "{"),
        ("unknown", "5", "5"),
    ],
)
def test_text_parts(name: str, text: str, value: Any) -> None:
    found = read(texts((name, text))).value[name]
    assert (found, type(found)) == (value, type(value))


def test_arrays_collect_and_other_fields_keep_the_last() -> None:
    body = read(texts(("boxes", "1"), ("n", "1"), ("boxes", "x"), ("n", "2")))
    assert body.value == {"boxes": [1, "x"], "n": 2}


def test_json_parts() -> None:
    raw = form(("boxes", "[1, 2]", None, "application/json"), ("n", "9.0", None, "application/json; charset=utf-8"))
    assert read(raw).value == {"boxes": [1, 2], "n": 9.0}


def test_a_json_part_where_a_file_belongs_is_a_text() -> None:
    """So that the rule on images refuses it."""
    assert read(form(("image", "[1]", None, "application/json"))).value == {"image": ["[1]"]}


def test_files_by_either_part_name() -> None:
    raw = form(("image", b"\0one", "a.png", "image/png"), ("image[]", b"two", "b.bin", None))
    body = read(raw)
    files = [body.files[token] for token in body.value["image"]]
    assert [(f.name, f.media_type, f.content) for f in files] == [
        ("a.png", "image/png", b"\0one"),
        ("b.bin", "application/octet-stream", b"two"),
    ]


def test_a_file_where_a_text_belongs_is_no_text() -> None:
    found = read(form(("prompt", b"text", "prompt.txt", "text/plain"))).value["prompt"]
    assert found["filename"] == "prompt.txt"


def test_a_text_that_looks_like_a_file_is_none() -> None:
    body = read(texts(("image", "file 0 0000")))
    assert body.value["image"] == ["file 0 0000"]
    assert not body.files


def test_what_httpx_sends_is_read() -> None:
    request = httpx.Request(
        "POST",
        "http://x",
        data={"prompt": 'a"b', "safe": "true"},
        files={"image": ('q"\n.png', b"--B\r\n", "image/png")},
    )
    body = FormReader(SCHEMA).read(request.read(), boundary_of(request.headers["content-type"]))
    assert body.value["prompt"] == 'a"b'
    assert body.files[body.value["image"][0]].content == b"--B\r\n"


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"", "closing boundary"),
        (b"nonsense", "boundary"),
        (texts(("n", "1"))[:-8], "closing boundary"),
        (b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n", "has no name"),
        (b"--B\r\nX\x00: y\r\n\r\nx\r\n--B--\r\n", "boundary"),
        (form(("prompt", b"\xff", None, None)), "'prompt' is not UTF-8"),
        (form(("n", "{", None, "application/json")), "not JSON"),
        (texts(*[("n", "1")] * (MAX_PARTS + 1)), f"more than {MAX_PARTS} parts"),
    ],
)
def test_forms_that_cannot_be_read(raw: bytes, part: str) -> None:
    with pytest.raises(UnreadableBodyError, match=part):
        read(raw)


@pytest.mark.parametrize("boundary", ["", "x" * 71, "ü"])
def test_boundaries_that_are_none(boundary: str) -> None:
    with pytest.raises(UnreadableBodyError, match="boundary"):
        split(b"--B--\r\n", boundary)


@pytest.mark.parametrize(
    ("content_type", "boundary"),
    [
        ("multipart/form-data; boundary=abc", "abc"),
        ('multipart/form-data; charset=utf-8; boundary="a b;c"', "a b;c"),
        ("multipart/form-data", ""),
    ],
)
def test_boundary_of(content_type: str, boundary: str) -> None:
    assert boundary_of(content_type) == boundary


def test_a_form_without_parts_is_empty() -> None:
    assert read(b"--B--\r\n").value == {}
