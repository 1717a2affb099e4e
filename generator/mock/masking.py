"""Keeps secrets out of the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec.model import Contract

_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "x-payment", "payment-signature"}
)
_MASK = "***"
_SHORTEST_KEY = 4  # characters; a shorter key stands in too many words


class Mask:
    """Masks the headers that carry secrets, and the mock's own keys wherever else they stand."""

    def __init__(self, contracts: Iterable[Contract], keys: Iterable[str] = ()) -> None:
        schemes = [scheme for contract in contracts for scheme in contract.security_schemes.values()]
        self._secret = _SECRET_HEADERS | {scheme.header.lower() for scheme in schemes}
        self._keys = tuple(key for key in keys if len(key) >= _SHORTEST_KEY)

    def __repr__(self) -> str:
        return f"Mask({len(self._keys)} keys)"

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """The headers, the secret ones without their value: "Bearer ***", "***"."""
        secret = self._secret
        shown = {name: _masked(value) if name in secret else value for name, value in headers.items()}
        together = "\n".join(shown.values())
        if any(key in together for key in self._keys):
            return {name: self.text(value) for name, value in shown.items()}
        return shown

    def text(self, text: str) -> str:
        """The text without the mock's keys."""
        for key in self._keys:
            if key in text:
                text = text.replace(key, _MASK)
        return text


def _masked(value: str) -> str:
    return f"Bearer {_MASK}" if value[:7].lower() == "bearer " else _MASK
