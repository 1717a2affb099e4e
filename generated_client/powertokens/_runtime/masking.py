"""Keeps secrets out of what errors show of an answer: some APIs repeat a key that they refuse."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import httpx

_SHORTEST: Final = 8
"""Characters; a shorter secret would be found in every other word of an answer."""

_MASK: Final = "***"
_SIGNS_IN = re.compile(r"auth|cookie|credential|key|passw|secret|sign|token", re.IGNORECASE)
"""What the names of headers have in them whose values are secrets."""


def secrets_in(headers: httpx.Headers, signed: Iterable[str] = ()) -> list[str]:
    """What must not be shown of a request's headers, those included that the user gave.

    Args:
        headers: The headers.
        signed: The names of those that are known to hold secrets.

    Returns:
        The secrets, without what stands before them, such as "Bearer"; the longest first, so that none leaves the rest
        of another.
    """
    known = {name.lower() for name in signed}
    values = [value for name, value in headers.items() if name in known or _SIGNS_IN.search(name)]
    cookies = [part.partition("=")[2] for part in headers.get("cookie", "").split(";")]
    found = {value.rpartition(" ")[2] for value in (*values, *cookies)}
    return sorted((secret for secret in found if len(secret) >= _SHORTEST), key=len, reverse=True)


def masked(text: bytes, secrets: Iterable[str]) -> bytes:
    """A text with each secret in it replaced by asterisks, also where JSON writes it with escapes.

    Args:
        text: The text.
        secrets: The secrets.
    """
    for secret in secrets:
        text = re.sub("".join(map(_written, secret)).encode(), _MASK.encode(), text)
    return text


def masked_data(data: Any, secrets: Sequence[str]) -> Any:
    """Decoded JSON with each secret in its texts and names replaced by asterisks.

    Args:
        data: The decoded JSON.
        secrets: The secrets.
    """
    if isinstance(data, str):
        for secret in secrets:
            data = data.replace(secret, _MASK)
        return data
    if isinstance(data, list):
        return [masked_data(item, secrets) for item in data]
    if isinstance(data, dict):
        return {masked_data(name, secrets): masked_data(item, secrets) for name, item in data.items()}
    return data


def _written(character: str) -> str:
    """A pattern for a character as it stands, or as JSON may escape it."""
    plain = re.escape(character)
    return rf"(?:\\?{plain}|\\u(?i:{ord(character):04x}))"
