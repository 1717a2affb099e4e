"""Keeps web pages of other origins from driving the mock through the browser of who runs it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send


class Guard:
    """Lets requests to the control interface pass that come from the mock's own page, or from no page at all.

    A browser states from which origin a page calls, and a page of another origin is refused. A page can also have its
    own name lead to this machine; the name that it calls is then none of the mock's, and it is refused for that.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        """Prepare.

        Args:
            hosts: The names that the mock goes by, beside localhost and addresses.
        """
        self._hosts = frozenset(host.lower() for host in hosts)

    def __call__(self, app: ASGIApp) -> ASGIApp:
        """The application behind this guard."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            sent = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
            if any([name for name, _ in sent].count(name) > 1 for name in ("host", "origin")):
                complaint = "The control interface takes one Host header and at most one Origin header; send it once."
            else:
                complaint = self.complaint(dict(sent), (scope.get("server") or ("", None))[0])
            inner = JSONResponse({"error": complaint}, 403) if complaint else app
            await inner(scope, receive, send)

        return guarded

    def complaint(self, headers: Mapping[str, str], server: str) -> str:
        """Why a request is refused; "" for one that may pass.

        Args:
            headers: The request's, names in lower case.
            server: The address that it came to; in-process, the name that was called.
        """
        host = headers.get("host", "")
        name = _name(f"//{host}")
        if host and not (name == server.lower() or name in self._hosts or _is_here(name)):
            return (
                f"The control interface isn't served under the name {name[:100]!r}. Call it by its address, "
                "or start the mock with --allow-host and the name."
            )
        origin = headers.get("origin")
        if origin is not None and not host:
            return "The control interface takes no requests from pages without a Host header. Open the mock's own page."
        if origin is not None and origin.lower().partition("://")[2] != host.lower():
            return "The control interface takes no requests from pages of another origin. Open the mock's own page."
        return ""


def _name(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _is_here(name: str) -> bool:
    """Whether a name is localhost or an address, which no foreign page can have lead elsewhere."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
