"""JSON of answers is decoded, and no nesting brings the process down."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.client.runtime.json_text import MAX_DEPTH, decoded

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON)
def test_what_is_json_is_decoded(value: Any) -> None:
    assert decoded(json.dumps(value).encode()) == value


def test_the_deepest_nesting_that_is_read() -> None:
    assert decoded(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    with pytest.raises(ValueError, match="deeper than"):
        decoded(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1))


def test_brackets_in_texts_and_side_by_side_are_no_nesting() -> None:
    many = MAX_DEPTH * 10
    assert decoded(json.dumps("[" * many).encode()) == "[" * many
    assert decoded(json.dumps([[]] * many).encode()) == [[]] * many
    assert decoded(json.dumps(['\\"[' * many]).encode()) == ['\\"[' * many]


def test_a_hostile_answer_is_refused_though_a_wallet_raised_the_recursion_limit() -> None:
    code = (
        "import eth_account\n"
        "from generator.client.runtime.json_text import decoded\n"
        "try:\n"
        "    decoded(b'[' * 1_000_000)\n"
        "except ValueError:\n"
        "    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "refused")
