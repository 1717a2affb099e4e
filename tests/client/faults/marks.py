"""Secrets that are marked, so that they are found wherever they turn up."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from eth_account import Account

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK: Final = "MARKa7f3c91e5d"
KEY: Final = f"sk-{MARK}"
_PRIVATE_KEY: Final = "c0ffee11" * 8


class Secrets:
    """The secrets that are known by now: key and private key; signatures are added when they are made."""

    def __init__(self) -> None:
        self._words = {MARK, _PRIVATE_KEY}

    def add(self, word: str) -> None:
        """Tell of another secret."""
        self._words.add(word)

    def in_text(self, text: str) -> bool:
        """Whether a text holds one, plain, quoted for a URL, in hexadecimal, or in base64."""
        return any(form in text for word in self._words for form in _forms(word))


def _forms(word: str) -> Iterator[str]:
    yield word
    yield quote(word, safe="")
    yield word.encode().hex()
    for shift in range(3):  # in a longer text, a word may begin at each of three places of base64
        text = base64.b64encode(b"\0" * shift + word.encode()).decode().rstrip("=")
        yield text[4 if shift else 0 : -2]


class MarkedWallet:
    """A wallet whose signatures are secrets from the moment that they are made.

    Args:
        secrets: Is told of them.
    """

    def __init__(self, secrets: Secrets) -> None:
        self._account = Account.from_key(_PRIVATE_KEY)
        self._secrets = secrets
        self.address: str = self._account.address

    def sign_message(self, message: Any, /) -> Any:
        """Sign, as accounts do."""
        signed = self._account.sign_message(message)
        self._secrets.add(bytes(signed.signature).hex())
        return signed
