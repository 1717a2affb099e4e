"""Where an API is."""

from __future__ import annotations

import os
import re
from typing import Final

import httpx

_VERSION: Final = re.compile(r"/v\d+\Z")


def found_base_url(given: str | None, variable: str | None, default: str, *, versioned: bool = True) -> str:
    """Where an API is, as the caller says, or else the environment, or else the spec.

    Args:
        given: What the caller says.
        variable: The environment variable that may say it.
        default: What the spec says; "" if it says nothing.
        versioned: Whether the API's paths begin with its version.

    Raises:
        ValueError: It is no base URL, or one with the beginning of the API's own paths.
        TypeError: What the caller says is no text.
    """
    if not (given is None or isinstance(given, (str, httpx.URL))):  # pyright: ignore[reportUnnecessaryIsInstance] - users err
        raise TypeError(f"base_url must be a str, not {type(given).__name__}")
    from_environment = os.environ.get(variable) if variable else None
    said = given or from_environment or default
    url = checked_base_url(said)
    doubled = _VERSION.search(url) if default and versioned else None
    if doubled and not _VERSION.search(default.rstrip("/")):
        where = "base_url" if given else f"{variable}, from the environment,"
        raise ValueError(
            f"{where} ends in {doubled[0]}, which each call's path has already; leave that path out, as in {default}"
        )
    return url


def checked_base_url(base_url: str) -> str:
    """A base URL without a slash at its end.

    Args:
        base_url: Like "https://host" or "https://host/path".

    Raises:
        ValueError: It is no base URL.
    """
    try:
        url = httpx.URL(str(base_url).strip().rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError("base_url must be like https://host or https://host/path, without password, query or fragment")
    return str(url)
