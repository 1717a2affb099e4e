"""No secret is shown, however an answer writes it, and wherever it is cut."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import httpx
import pytest

from generator.client.runtime.masking import masked, masked_beginning, secrets_in

_KEY = "sk+abc/def==0123456789"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("Bearer sk-0123456789", "sk-0123456789"),
        ("first-part-of-secret tail", "first-part-of-secret tail"),
        ("Bearer first-part-of-secret tail", "first-part-of-secret tail"),
        ("Bearer first-part-of-secret tail-of-secret", "tail-of-secret"),
        ('{"address": "0xabc", "signature": "0xdeadbeef", "chainId": 1}',) * 2,
    ],
)
def test_a_secret_may_have_spaces(value: str, told: str) -> None:
    secrets = secrets_in(httpx.Headers({"Authorization": value}))
    assert masked(f"no {told}!".encode(), secrets) == b"no ***!"
    assert masked(json.dumps(told).encode(), secrets) == b'"***"'


@pytest.mark.parametrize("secret", [_KEY, "a key with spaces"])
@pytest.mark.parametrize("written", [quote, quote_plus, lambda text: quote(text, safe="").lower(), json.dumps])
def test_a_secret_may_be_written_with_escapes(secret: str, written: object) -> None:
    assert callable(written)
    echo = written(secret).strip('"')
    assert masked(f"?key={echo}&a=1".encode(), [secret]) == b"?key=***&a=1"


@pytest.mark.parametrize("length", range(8, len(_KEY) + 1))
@pytest.mark.parametrize("escaped", [False, True])
def test_a_secret_that_is_cut_is_masked(length: int, *, escaped: bool) -> None:
    begun = quote(_KEY[:length], safe="") if escaped else _KEY[:length]
    assert masked_beginning(f"no {begun}".encode(), [_KEY]) == b"no ***"


@pytest.mark.parametrize("cut", ["%", "%2", "\\", "\\u00"])
def test_so_is_one_that_is_cut_within_an_escape(cut: str) -> None:
    assert masked_beginning(f"no {_KEY[:9]}{cut}".encode(), [_KEY]) == b"no ***"


@pytest.mark.parametrize("text", [b"", b"sk", b"a sk+abc", b"sk+abc/def==0 and on"])
def test_what_is_no_secret_is_left(text: bytes) -> None:
    assert masked_beginning(text, [_KEY]) == text
