"""Patterns mean what they mean in JSON Schema."""

from __future__ import annotations

import jsonschema_rs
import pytest

from generator.client.runtime.patterns import compiled


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^[1-9][0-9]*\*[1-9][0-9]*$", "512*512"),
        (r"^[1-9][0-9]*\*[1-9][0-9]*$", "512*512\n"),
        (r"^\d+$", "٣"),
        (r"^\d+$", "3"),
        (r"^\w$", "é"),
        (r"^\s$", "\u00a0"),
        (r"^[\s]$", "\u2003"),
        (r"^\S$", "\u2003"),
        ("^.$", "\u2028"),
        ("^.$", "😀"),
        ("b", "abc"),
        ("^[$^.]$", "$"),
        (r"^\$$", "$"),
        (r"^[^\]]$", "a"),
        (r"^(?<year>[0-9]{4})$", "2024"),
        (r"(?<=a)b", "ab"),
        (r"^([124]K|[1-9][0-9]*\*[1-9][0-9]*)$", "3K"),
    ],
)
def test_a_pattern_agrees_with_a_json_schema_validator(pattern: str, text: str) -> None:
    valid = jsonschema_rs.is_valid({"pattern": pattern}, text)
    assert (compiled(pattern).search(text) is not None) == valid


def test_a_code_point_can_be_written_in_braces() -> None:
    assert compiled(r"^\u{1F600}$").search("😀")
