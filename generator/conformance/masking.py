"""Takes out of what is to be shown what nobody may see: the run's credentials, and those that a gateway hands out."""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MASK: Final = "[token]"
_COOKIES: Final = frozenset(("set-cookie", "set-cookie2", "cookie"))
_CREDENTIALS: Final = frozenset(("authorization", "proxy-authorization", "authentication-info", "x-api-key"))
_USER: Final = re.compile(r"(:\\?/\\?/)[^/?#\s\"'<>\\@]+@")
"""A user name and password in a URL."""
_USER_IN_BYTES: Final = re.compile(_USER.pattern.encode())
_SHORT: Final = 6
"""So short a credential stands in the names of headers by chance."""


class Masks:
    """Replaces credentials; from several threads at once.

    Args:
        headers: The headers that carry credentials, besides those that always do.
    """

    def __init__(self, headers: Iterable[str] = ()) -> None:
        self._headers = _CREDENTIALS.union(name.lower() for name in headers)
        self._secrets: frozenset[str] = frozenset()
        self._text: re.Pattern[str] | None = None
        self._data: re.Pattern[bytes] | None = None
        self._names: re.Pattern[str] | None = None
        self._lock = threading.Lock()

    def keep(self, *secrets: str) -> None:
        """Let nobody see these from now on."""
        with self._lock:
            known = self._secrets.union(secrets) - {""}
            if known != self._secrets:
                self._secrets = known
                longest_first = sorted({form for each in known for form in _forms(each)}, key=len, reverse=True)
                self._data = re.compile(_any_of(longest_first).encode())
                self._text = re.compile(_any_of(longest_first))
                if long := [form for form in longest_first if len(form) >= _SHORT]:
                    # Names have lost their upper case.
                    self._names = re.compile(_any_of(long), re.IGNORECASE)

    def text(self, text: str) -> str:
        """A text without credentials."""
        if self._text is not None:
            text = self._text.sub(_MASK, text)
        return _USER.sub(rf"\1{_MASK}@", text) if "@" in text else text

    def data(self, data: bytes) -> bytes:
        """Bytes without credentials."""
        if self._data is not None:
            data = self._data.sub(_MASK.encode(), data)
        return _USER_IN_BYTES.sub(rb"\1%s@" % _MASK.encode(), data) if b"@" in data else data

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """An answer's headers without credentials; a gateway may hand out some of its own."""
        return {self._name(name): self._value(name, value) for name, value in headers.items()}

    def _name(self, name: str) -> str:
        return name if self._names is None else self._names.sub(_MASK, name)

    def _value(self, name: str, value: str) -> str:
        if name in _COOKIES:
            return "[cookie]"
        return _MASK if name in self._headers else self.text(value)


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, texts))


def _forms(secret: str) -> Iterator[str]:
    """A secret as it is, and as URLs and JSON write it."""
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret, safe="")
    in_json = json.dumps(secret)[1:-1]
    yield in_json
    yield in_json.replace("/", "\\/")
