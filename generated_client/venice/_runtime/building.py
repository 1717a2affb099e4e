"""Makes the httpx requests of attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .connections import Connections

_KNOWN: Final = (httpx.Client, httpx.AsyncClient)


class _Merged(NamedTuple):
    """The headers of an httpx client as they were seen, and what they make together with ours."""

    seen: Sequence[tuple[bytes, bytes]]
    headers: Sequence[tuple[bytes, bytes]]
    names: frozenset[str]


class RequestBuilder:
    """Makes requests that carry a client's headers.

    httpx merges the headers, cookies and parameters of its client into each request, which takes longer than all that
    we do for it. Most clients have neither cookies nor parameters, and the same headers all the time: for those the
    merged headers are kept.

    Args:
        connections: What the requests are sent with.
        headers: The headers of each request.
        timeout: The limits on single waits.
    """

    def __init__(self, connections: Connections[Any], headers: Mapping[str, str], timeout: httpx.Timeout) -> None:
        self._connections = connections
        self._headers = dict(headers)
        self._timeout = timeout
        self._limits = timeout.as_dict()
        self._merged = _Merged([], (), frozenset())

    def build(
        self, method: str, url: httpx.URL, headers: Mapping[str, str], content: Mapping[str, Any]
    ) -> httpx.Request:
        """Make a request.

        Args:
            method: The HTTP method.
            url: Where it goes.
            headers: Its own headers; they win over the client's.
            content: Arguments of httpx that carry the body.
        """
        own = [(name.encode(), value.encode()) for name, value in headers.items()]
        http = self._connections.http
        merged = self._merged_with(http)
        if merged is not None and merged.names.isdisjoint(name.lower() for name in headers):
            limits = {"timeout": dict(self._limits)}
            return httpx.Request(method, url, headers=[*merged.headers, *own], extensions=limits, **content)
        wanted = httpx.Headers(self._headers)
        wanted.update(httpx.Headers(own))
        request: httpx.Request = http.build_request(method, url, headers=wanted, timeout=self._timeout, **content)
        return request

    def _merged_with(self, http: Any) -> _Merged | None:
        """The headers of each request; None if httpx would merge more than headers into it."""
        if type(http) not in _KNOWN or http.params or http.cookies:
            return None
        merged, raw = self._merged, http.headers.raw
        if raw != merged.seen:
            headers = httpx.Headers(raw)
            headers.update(self._headers)
            merged = self._merged = _Merged(raw, tuple(headers.raw), frozenset(headers))
        return merged
