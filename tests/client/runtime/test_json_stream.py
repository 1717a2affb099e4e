"""JSON that comes in pieces is what it would be in one piece, and long strings in it never stand twice."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.runtime.json_stream import JsonStream
from generator.client.runtime.json_text import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterable

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
_SIZES = st.lists(st.integers(1, 40), min_size=1)


def _cut(raw: bytes, sizes: list[int]) -> Iterable[bytes]:
    at = turn = 0
    while at < len(raw):
        size = sizes[turn % len(sizes)]
        yield raw[at : at + size]
        at, turn = at + size, turn + 1


def _read(pieces: Iterable[bytes], long: int = 8) -> Any:
    stream = JsonStream(long)
    for piece in pieces:
        stream.feed(piece)
    return stream.value()


@given(_JSON, _SIZES, st.integers(1, 12), st.booleans())
def test_pieces_decode_as_the_whole(value: Any, sizes: list[int], long: int, escaped: bool) -> None:  # noqa: FBT001 - drawn
    raw = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    assert _read(_cut(raw, sizes), long) == json.loads(raw)


@given(
    st.lists(
        st.sampled_from(
            [b"\\/", b"\\\\", b'\\"', b"\\ud83d", b"\\uDE00", b"\\u00e9", b"u", b"d83d", "é".encode(), "😀".encode()]
        ),
        max_size=40,
    ),
    _SIZES,
)
def test_escapes_cut_anywhere(parts: list[bytes], sizes: list[int]) -> None:
    raw = b'{"a": ["' + b"".join(parts) + b'", "b"]}'
    assert _read(_cut(raw, sizes)) == json.loads(raw)


@given(st.binary(max_size=60), _SIZES)
def test_what_is_no_json_is_none_in_pieces(inner: bytes, sizes: list[int]) -> None:
    raw = b'["' + inner + b'"]'
    try:
        expected = json.loads(raw)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            _read(_cut(raw, sizes))
    else:
        assert _read(_cut(raw, sizes)) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-32-be"])
def test_every_encoding_that_json_allows(encoding: str) -> None:
    value = {"b64_json": "é" * 50}
    assert _read(_cut(json.dumps(value, ensure_ascii=False).encode(encoding), [1, 7])) == value


@pytest.mark.parametrize(
    "raw", [b"", b"1", b"[", b'"' + b"x" * 20, b'["' + b"x" * 20 + b"\\", b'["' + b"\x01" * 20 + b'"]', b"<html>"]
)
def test_texts_of_few_bytes_and_broken_ones(raw: bytes) -> None:
    if raw == b"1":
        assert _read([raw]) == 1
        return
    with pytest.raises(ValueError, match=r"."):
        _read([raw])


def test_long_names_of_properties_and_doubles() -> None:
    name, other = "n" * 30, "m" * 30
    raw = json.dumps({name: 1, other: [name]})[:-1] + f', "{name}": 2}}'
    value = _read(_cut(raw.encode(), [5]))
    assert value == {name: 2, other: [name]}
    assert list(value) == [name, other]


def test_no_nesting_brings_the_process_down() -> None:
    deep = b'["' + b"x" * 20 + b'",' + b"[" * MAX_DEPTH
    with pytest.raises(ValueError, match="deeper than"):
        _read(_cut(deep, [11]))


def test_a_long_string_stands_once() -> None:
    size, piece = 8_000_000, 65_536
    tracemalloc.start()
    stream = JsonStream()
    stream.feed(b'{"b64_json": "')
    for _ in range(size // piece):
        stream.feed(b"A" * piece)
    stream.feed(b'"}')
    value = stream.value()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(value["b64_json"]) == size // piece * piece
    assert peak < 1.4 * size


@given(_JSON, _SIZES, st.integers(1, 12), st.booleans(), st.binary(max_size=9))
def test_what_was_taken_can_be_had_again(
    value: Any,
    sizes: list[int],
    long: int,
    escaped: bool,  # noqa: FBT001 - drawn
    more: bytes,
) -> None:
    raw = json.dumps(value, ensure_ascii=escaped).encode("utf-8", "surrogatepass")
    stream = JsonStream(long)
    for piece in _cut(raw, sizes):
        stream.feed(piece)
    assert json.loads(stream.text()) == value
    stream.feed(more)
    assert stream.text().endswith(more)


@pytest.mark.parametrize(
    "raw",
    [b'["' + b"A" * 20 + b"\n" * 20 + b'", "b"]}', b'["' + b"A" * 30 + b"\xff" * 20 + b'" more', b'["' + b"A" * 30],
)
def test_a_text_with_a_string_that_is_none_can_be_had_too(raw: bytes) -> None:
    stream = JsonStream(8)
    for piece in _cut(raw, [7]):
        stream.feed(piece)
    assert stream.text() == raw
    with pytest.raises(ValueError, match=r"."):
        stream.value()
