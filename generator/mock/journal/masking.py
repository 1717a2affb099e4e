"""Keeps secrets out of the journal."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from generator.mock.json_text import encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.model import Contract, Json

_MASK: Final = "***"
_SHORTEST_KEY: Final = 4  # characters; a shorter key stands in too many words
_SECRET_HEADERS: Final = frozenset({"x-payment", "payment-signature"})
_SECRET_NAME: Final = re.compile(r"api[-_]?key|token(?!s)|secret|auth(?!enticate)|cookie|credential", re.IGNORECASE)
_FAULT_HEADER: Final = "x-mock-fault"
_FAULT_KEY: Final = re.compile(r"""(\bkey["']?\s*[=:]\s*)("(?:[^"\\]|\\.)*"|[^\s,}]+)""", re.IGNORECASE)
_REMEMBERED: Final = 128  # sets of header names; a caller sends the same ones again and again


class Mask:
    """Masks the headers that carry secrets, and the mock's own keys wherever else they stand."""

    def __init__(self, contracts: Iterable[Contract], keys: Iterable[str] = ()) -> None:
        schemes = [scheme for contract in contracts for scheme in contract.security_schemes.values()]
        self._named = _SECRET_HEADERS | {scheme.header.lower() for scheme in schemes}
        self._secret = lru_cache(_REMEMBERED)(self._secret_among)
        self._keys = tuple(key for key in keys if len(key) >= _SHORTEST_KEY)
        self._in_json = tuple(json.dumps(key)[1:-1].encode() for key in self._keys)
        self._disguised = re.compile("|".join(map(_disguised, self._keys)) or r"(?!)")
        self._disguised_in_json = re.compile(self._disguised.pattern.encode())

    def __repr__(self) -> str:
        return f"Mask({len(self._keys)} keys)"

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, the secret ones without their value: "Bearer ***", "***"."""
        secret = self._secret(tuple(headers))
        shown = {name: _masked(value) if name in secret else value for name, value in headers.items()}
        if _FAULT_HEADER in shown:
            shown[_FAULT_HEADER] = _FAULT_KEY.sub(rf"\g<1>{_MASK}", shown[_FAULT_HEADER])
        together = "\n".join(shown.values())
        if self.text(together) != together:
            return {name: self.text(value) for name, value in shown.items()}
        return shown

    def text(self, text: str) -> str:
        """The text without the mock's keys, however a URL or a message writes them."""
        for key in self._keys:
            if key in text:
                text = text.replace(key, _MASK)
        return self._disguised.sub(_MASK, text) if "%" in text or "\\" in text else text

    def document(self, document: bytes) -> bytes:
        """A JSON text without the mock's keys."""
        # What is in a text is looked for as fast as can be; only where there is something are the texts taken apart.
        if any(key in document for key in self._in_json) or (
            (b"%" in document or b"\\" in document) and self._disguised_in_json.search(document)
        ):
            return encoded(self._value(json.loads(document)))
        return document

    def _value(self, value: Json) -> Json:
        match value:
            case str():
                return self.text(value)
            case dict():
                return {self.text(name): self._value(inner) for name, inner in value.items()}
            case list():
                return [self._value(inner) for inner in value]
            case _:
                return value

    def _secret_among(self, names: tuple[str, ...]) -> frozenset[str]:
        return frozenset(name for name in names if name.lower() in self._named or _SECRET_NAME.search(name))


def _masked(value: str) -> str:
    return f"Bearer {_MASK}" if value[:7].lower() == "bearer " else _MASK


def _disguised(key: str) -> str:
    """A pattern of a key of which any character may be percent-encoded, or have backslashes before it."""
    return "".join(rf"(?:\\*{re.escape(character)}|%(?i:{ord(character):02x}))" for character in key)
