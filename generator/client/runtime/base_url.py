"""Where an API is."""

from __future__ import annotations

import httpx


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
