"""Credentials that go otherwise than as a key in a header: name and password, keys in the query or in a cookie."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, TypeAlias, TypeGuard, cast
from urllib.parse import quote

from .credentials import KeyInHeader, hint_of, key_of, sendable
from .errors import CredentialsMissing

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from .credentials import Credential, Key

NamePassword: TypeAlias = "tuple[str, str] | Callable[[], tuple[str, str]]"
"""A name and a password, or a function that returns both."""


class _Basic(KeyInHeader):
    """A name and a password, as HTTP has them since ever."""

    def __init__(self, pair: NamePassword | None, hint: str) -> None:
        super().__init__("Authorization", "Basic ", None, hint, given=pair is not None)
        self._pair = pair

    @property
    def configured(self) -> bool:
        """Whether there are a name and a password."""
        return self._pair is not None

    def check(self) -> None:
        """Raise TypeError if these are no name and password. What a function returns is judged when it is shown."""
        if not (self._pair is None or callable(self._pair) or _is_pair(self._pair)):
            raise TypeError(f"a name and a password are a tuple of two texts; {self.hint}")

    def header(self, url: httpx.URL) -> tuple[str, str]:  # noqa: ARG002 - they are the same for every URL
        """The header's name and value."""
        return self.name, self.prefix + _encoded(self._pair() if callable(self._pair) else self._pair, self.hint)


class _Elsewhere(KeyInHeader):
    """A key in the query or in a cookie.

    Args:
        place: "query" or "cookie".
    """

    def __init__(self, place: str, name: str, key: Key | None, hint: str, *, given: bool) -> None:
        super().__init__(name, "", key, hint, given=given)
        self.place = place

    def header(self, url: httpx.URL) -> tuple[str, str]:  # noqa: ARG002 - a key is the same for every URL
        """The key's name and value."""
        return self.name, sendable(self._key() if callable(self._key) else self._key, self.hint)


def basic(pair: NamePassword | None, *, argument: str) -> Credential:
    """A name and a password that go as ``Authorization: Basic …``.

    Args:
        pair: Both, or a function that returns them.
        argument: The client's argument for them, for messages.
    """
    return _Basic(pair, hint_of(argument, None))


def key_elsewhere(place: str, name: str, key: Key | None, *, argument: str, variable: str | None) -> Credential:
    """A key that goes in the query or in a cookie.

    Args:
        place: "query" or "cookie".
        name: What it is called there.
        key: The key, or a function that returns it. None: the environment variable is read.
        argument: The client's argument for it, for messages.
        variable: The environment variable that may hold it.
    """
    return _Elsewhere(place, name, key_of(key, variable), hint_of(argument, variable), given=key is not None)


def show(credentials: tuple[Credential, ...], url: httpx.URL, headers: dict[str, str]) -> tuple[httpx.URL, list[str]]:
    """Put credentials to where they belong.

    Args:
        credentials: The credentials.
        url: Where the request goes.
        headers: Its headers, which are added to.

    Returns:
        The URL with the keys that belong there, and the names of the headers that show something.
    """
    names: list[str] = []
    for credential in credentials:
        place = getattr(credential, "place", "header")
        if place == "query":
            name, value = credential.header(url)
            url = url.copy_merge_params({name: value})
            names.append("")  # no header; but what a given httpx client signs in with stays out
        elif place == "cookie":
            name, value = credential.header(url)
            own = f"{name}={quote(value, safe='')}"
            headers["Cookie"] = f"{headers['Cookie']}; {own}" if "Cookie" in headers else own
            names.append("Cookie")
        else:
            shown = credential.header(url)
            headers.update([shown])
            names.append(shown[0])
    return url, names


def _is_pair(pair: object) -> TypeGuard[tuple[str, str]]:
    parts = cast("tuple[object, ...]", pair) if isinstance(pair, tuple) else ()
    return len(parts) == 2 and all(isinstance(part, str) for part in parts)  # noqa: PLR2004 - a pair


def _encoded(pair: object, hint: str) -> str:
    problem = "is no tuple of two texts"
    if _is_pair(pair):
        if ":" not in pair[0]:
            return base64.b64encode(f"{pair[0]}:{pair[1]}".encode()).decode()
        problem = "has a colon in its name"
    del pair  # so that no traceback with variables shows it
    raise CredentialsMissing(f"the credential {problem}; {hint}")
