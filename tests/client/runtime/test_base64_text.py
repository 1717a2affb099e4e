"""Base64 data: what is taken for it, and what is read out of it, is what Python's own decoder says."""

from __future__ import annotations

import base64
import binascii
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.client.runtime.base64_text import Base64Text

_TEXTS = st.text(st.sampled_from("ABYZabyz0189+/=\r\n -_é"), max_size=16)


def _decoded(text: str) -> bytes | None:
    """What a text stands for; None if it is no base64 data or stands for nothing."""
    joined = text.replace("\r", "").replace("\n", "")
    if len(joined) % 4:  # Python's decoder lets padding be that isn't needed; RFC 4648 doesn't
        return None
    try:
        return base64.b64decode(joined, validate=True) or None
    except (binascii.Error, ValueError):
        return None


@given(_TEXTS)
@example("AA==")
@example("AA=\n=\r\n")
@example("\nAAAA")
@example("A===")
@example("====")
@example("AA==AA==")
@example("AAA=A")
@example("AAAAA")
@example("AAAA=")
@example("AAAAAAAA==")
def test_what_is_base64(text: str) -> None:
    found, content = Base64Text.of(f"data:{text}", 5), _decoded(text)
    assert (found is None) == (content is None)
    if found is not None and content is not None:
        assert (found.size, found.piece(0, 99)) == (len(content), content)


@given(st.binary(min_size=1, max_size=200), st.integers(0, 210), st.integers(0, 210), st.integers(0, 3), st.booleans())
def test_pieces(content: bytes, at: int, length: int, start: int, lines: bool) -> None:  # noqa: FBT001 - drawn
    text = (base64.encodebytes if lines else base64.b64encode)(content).decode()
    found = Base64Text.of("!" * start + text, start)
    assert found is not None
    assert found.size == len(content)
    assert found.piece(at, length) == content[at : at + length]


@pytest.mark.parametrize("place", [0, 65_535, 65_536, 199_998])
@pytest.mark.parametrize("letter", ["!", " ", "=", "-", "\x7f", "é"])
def test_one_wrong_letter_in_a_long_text(place: int, letter: str) -> None:
    text = "A" * 200_000
    assert Base64Text.of(text) is not None
    assert Base64Text.of(text[:place] + letter + text[place + 1 :]) is None


def test_a_large_text_is_not_copied() -> None:
    text = "A" * 24_000_000
    tracemalloc.start()
    try:
        found = Base64Text.of(text)
        assert found is not None
        assert found.piece(3_000_000, 64) == bytes(64)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
