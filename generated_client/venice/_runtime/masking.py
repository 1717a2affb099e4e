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

_LONGEST_ESCAPE: Final = 6
"""Bytes of a character, as JSON or a URL may write one of those that headers can carry."""

_MASK: Final = "***"
_SIGNS_IN = re.compile(r"auth|cookie|credential|key|passw|secret|sign|token", re.IGNORECASE)
"""What the names of headers have in them whose values are secrets."""


def secrets_in(headers: httpx.Headers, signed: Iterable[str] = ()) -> list[str]:
    """What must not be shown of a request's headers, those included that the user gave.

    Args:
        headers: The headers.
        signed: The names of those that are known to hold secrets.

    Returns:
        The secrets, with and without what stands before them, such as "Bearer"; the longest first, so that none leaves
        the rest of another.
    """
    known = {name.lower() for name in signed}
    values = [value for name, value in headers.items() if name in known or _SIGNS_IN.search(name)]
    cookies = [part.partition("=")[2] for part in headers.get("cookie", "").split(";")]
    # Spaces may be in the secret itself, as in JSON.
    found = {
        part for value in (*values, *cookies) for part in (value, value.partition(" ")[2], value.rpartition(" ")[2])
    }
    return sorted((secret for secret in found if len(secret) >= _SHORTEST), key=len, reverse=True)


def masked(text: bytes, secrets: Iterable[str]) -> bytes:
    """A text with each secret in it replaced by asterisks, also where JSON or a URL writes it with escapes.

    Args:
        text: The text.
        secrets: The secrets.
    """
    for secret in secrets:
        text = re.sub("".join(map(_written, secret)).encode(), _MASK.encode(), text)
    return text


def masked_beginning(text: bytes, secrets: Iterable[str]) -> bytes:
    """As `masked`, but for a text that may have been cut: at its end, the beginning of a secret is replaced too.

    Args:
        text: The text.
        secrets: The secrets.
    """
    secrets = tuple(secrets)
    text = masked(text, secrets)
    for secret in secrets:
        patterns = [re.compile(_written(character).encode()) for character in secret]
        first = max(len(text) - _LONGEST_ESCAPE * len(secret), 0)
        cut = next((at for at in range(first, len(text)) if _ends_within(text, at, patterns)), None)
        if cut is not None:
            text = text[:cut] + _MASK.encode()
    return text


def _ends_within(text: bytes, at: int, patterns: Sequence[re.Pattern[bytes]]) -> bool:
    """Whether a text ends in the midst of a secret that begins at a place, and not with but a few characters of it."""
    for count, pattern in enumerate(patterns):
        match = pattern.match(text, at)
        if match is None:
            cut = len(text) - at < _LONGEST_ESCAPE and text[at : at + 1] in {b"\\", b"%", b""}
            return cut and count >= _SHORTEST
        at = match.end()
    return False


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
    """A pattern for a character as it stands, or as JSON or a URL may escape it."""
    # Each alternative begins with a character that is known, which is what makes the search fast.
    plain = re.escape(character)
    in_url = "".join(f"%{byte:02x}" for byte in character.encode())
    space = r"|\+" if character == " " else ""
    return rf"(?:{plain}|\\{plain}|\\u(?i:{ord(character):04x})|%(?i:{in_url[1:]}){space})"
