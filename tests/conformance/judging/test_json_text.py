"""JSON that others wrote is read, and does no harm to who reads it."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

import pytest

from generator.conformance.json_text import TooDeepError, TooManyError, read_json


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


@pytest.mark.parametrize("text", [b"[" * 100_000, b'{"a":' * 9000, b"[" * 501 + b"]" * 501, b'["]",' * 600 + b'"'])
def test_what_is_too_deep_is_no_json(text: bytes) -> None:
    with pytest.raises(TooDeepError):
        read_json(text)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"nul", b'"a', b"NaN", b"[-Infinity]"])
def test_what_is_no_json_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)


def test_numbers_of_any_size_are_numbers() -> None:
    most = sys.float_info.max
    assert read_json(b"[1e999999, -1e999999, 1.5, 7]") == [most, -most, 1.5, 7]
    assert read_json(b"-" + b"9" * 5000) < -(10**3000)
    for text in (b"1e999999", b"9" * 5000):
        with pytest.raises(ValueError, match=r"."):
            read_json(text, exact=True)
    assert read_json(b"[1.5, 7]", exact=True) == [1.5, 7]


@pytest.mark.parametrize(
    "text",
    [b"[" + b"[]," * 10**6 + b"[]]", b"[" + b"1," * 3 * 10**6 + b"1]", b"[]" * 600 + b'""' * 2 * 10**6],
    ids=["arrays", "numbers", "texts"],
)
def test_what_has_more_values_than_memory_is_not_read(text: bytes) -> None:
    with pytest.raises(TooManyError):
        read_json(text)


def test_a_long_text_costs_no_memory_for_each_of_its_letters() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"."):
            read_json(b"[]," * 600 + b'"' + b"\\a" * 4 * 10**6)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * 10**6


def test_no_depth_ends_the_process_whatever_the_recursion_limit_is() -> None:
    script = """
import sys
sys.setrecursionlimit(10**6)
from generator.conformance.json_text import UnreadableError, read_json
for text in (b"[" * 10**6, b'{"a":' * 10**6, b'["x",' * 10**6):
    try:
        read_json(text)
    except UnreadableError:
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
