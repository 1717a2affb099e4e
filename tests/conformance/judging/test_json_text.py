"""JSON that others wrote is read, and does no harm to who reads it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from generator.conformance.json_text import TooDeepError, read_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}),
        (b'"' + b"[" * 9000 + b'"', "[" * 9000),
        (b'"\\"' + b"{" * 900 + b'"', '"' + "{" * 900),
        (b"[" + b"[]," * 900 + b"[]]", [[]] * 901),
    ],
    ids=["plain", "brackets in a text", "after an escaped quote", "beside each other"],
)
def test_what_is_not_deep_is_read(text: bytes, value: object) -> None:
    assert read_json(text) == value


@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"a":' * 9000, b"[" * 501 + b"]" * 501, b'["]",' * 600])
def test_what_is_too_deep_is_no_json(text: bytes) -> None:
    with pytest.raises(TooDeepError):
        read_json(text)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"nul", b'"a', b"9" * 5000])
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


def test_no_depth_ends_the_process_whatever_the_recursion_limit_is() -> None:
    script = """
import sys
sys.setrecursionlimit(10**6)
from generator.conformance.json_text import TooDeepError, read_json
for text in (b"[" * 10**6, b'{"a":' * 10**6, b'["x",' * 10**6):
    try:
        read_json(text)
    except TooDeepError:
        print("refused")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 3


def test_signing_in_leaves_the_recursion_limit_alone() -> None:
    script = """
import sys
from generator.conformance.wallet import Wallet
before = sys.getrecursionlimit()
Wallet.of("11" * 32)
print(sys.getrecursionlimit() == before)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
