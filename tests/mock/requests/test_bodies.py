"""JSON bodies: what is read, what is refused, what is shown of them."""

from __future__ import annotations

import pytest

from generator.mock.requests.bodies import MAX_DEPTH, MAX_VALUES, Body, UnreadableBodyError, decode_json
from generator.mock.requests.uploads import Upload


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b"9.0", 9.0),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (rb'"\ud83d\ude00"', "😀"),
        ('"😀"'.encode(), "😀"),
        (rb'"\u0000"', "\0"),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        (b'"' + b"[" * 5000 + b'"', "[" * 5000),
        (b'"' + b"," * MAX_VALUES + b'"', "," * MAX_VALUES),
    ],
)
def test_what_is_read(raw: bytes, value: object) -> None:
    assert value is None or decode_json(raw) == value
    decode_json(raw)


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"{", "not JSON"),
        (b"", "not JSON"),
        (b"\xff", "not UTF-8 (byte 0)"),
        ('"x"'.encode("utf-16"), "not UTF-8"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"n": NaN}', "NaN is no JSON number"),
        (b"[-Infinity]", "-Infinity is no JSON number"),
        (b"1e999", "range of floating point"),
        (b"1" * 5000, "digits"),
        (rb'"\ud800"', "surrogate"),
        (rb'{"\udc00": 1}', "surrogate"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "nests deeper"),
        (b'{"a":' * 100_000, "nests deeper"),
        (b"[[]" * 100_000, "nests deeper"),
        (b"[" + b"0," * MAX_VALUES + b"0]", "100000 fields and items"),
        (b'["' + rb"\"" * 300_000 + b"[" * 300, "not JSON"),
        (b"[}" * 100_000, "not JSON"),
    ],
)
def test_what_is_refused(raw: bytes, part: str) -> None:
    with pytest.raises(UnreadableBodyError) as caught:
        decode_json(raw)
    assert part in str(caught.value)
    assert "sys." not in str(caught.value)


def test_files_and_image_data_are_shown_shortened() -> None:
    upload = Upload("cat.png", "image/png", b"12345")
    body = Body({"image": ["token"], "data": "A" * 50_000, "n": 1}, 60_000, {"token": upload})
    assert body.described["image"] == [
        {
            "filename": "cat.png",
            "media_type": "image/png",
            "size": 5,
            "sha256": upload.sha256,
            "blob": upload.sha256,
        }
    ]
    assert body.described["data"].startswith("A" * 60 + "… (50000 characters, sha256 ")
    assert body.for_upstream["image"] == [f"data:image/png;sha256,{upload.sha256}"]
    assert body.value["data"] == "A" * 50_000
    assert body.described["n"] == 1
