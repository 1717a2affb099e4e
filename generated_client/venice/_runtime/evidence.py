"""What is known of a request that came to nothing: whether it was sent.

An exception's class doesn't tell. Hooks of a given httpx client run once the server has answered, and raise what they
like; other transports call it a failure to connect when the server hangs up. So what counts is what the network told
meanwhile, by the extension "trace" of httpx's transports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import httpx

from .deadline import DeadlinePassedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .transfer import AnyHttp

    Info: TypeAlias = Mapping[str, Any]

_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
"""What is raised before a request is sent, as far as the class tells."""

_TELLING: Final = (httpx.HTTPTransport, httpx.AsyncHTTPTransport)
"""The transports that are known to tell of all that they send. Of a class derived from them that isn't known."""

_PLAIN: Final = (httpx.Client, httpx.AsyncClient)
"""The httpx clients that send what they are given. One derived from them may send a copy, which tells us nothing."""

_SENDING: Final = "send_request_headers.started"
_NOT_SENT: Final = "http11.send_request_headers.failed"


class Evidence:
    """Listens to what becomes of a request.

    Attributes:
        begun: Whether httpx was given the request.
        heard: Whether its transport has told of anything.
        sent: Whether its transport has begun to send it, or an answer has come.
    """

    # No constructor, since one is made for each attempt, and hardly any needs more than to begin.
    begun = heard = sent = False
    _others: Callable[[str, Info], Any] | None = None

    def begin(self, request: httpx.Request, *, awaited: bool = False) -> None:
        """Listen from now on; the request goes to httpx next.

        Args:
            request: The request. Whoever listened before still hears.
            awaited: Whether an asynchronous client sends it.
        """
        self._others = request.extensions.get("trace")
        request.extensions["trace"] = self.ahear if awaited else self.hear
        self.begun = True

    def hear(self, event: str, info: Info) -> None:
        """Take an event of httpcore's."""
        self._note(event, info)
        if self._others is not None:
            self._others(event, info)

    async def ahear(self, event: str, info: Info) -> None:
        """The asynchronous twin of `hear`."""
        self._note(event, info)
        if self._others is not None:
            await self._others(event, info)

    def may_be_sent(self, error: BaseException, http: AnyHttp, request: httpx.Request) -> bool:
        """Whether a request may have gone out that ended in an exception. Where nothing is known, it may.

        Args:
            error: The exception.
            http: What the request was given to.
            request: The request.
        """
        if self.sent or not self.begun:
            return self.sent
        transport = _transport(http, request.url)
        tells = type(http) in _PLAIN and type(transport) in _TELLING
        if self.heard:  # others than those known may have turned to another way, of which they tell nothing
            return not tells and not isinstance(error, _UNSENT)
        if tells and request.extensions.get("trace") in (self.hear, self.ahear):  # a hook may listen in our place
            # Silent, as before a connection is asked for. Tests put something silent in the place of its methods.
            if isinstance(error, httpx.RequestError):
                return not isinstance(error, (*_UNSENT, DeadlinePassedError))
            return bool(http.event_hooks["response"])
        if tells:
            return True
        if isinstance(transport, httpx.MockTransport) and not http.event_hooks["response"]:
            return not isinstance(error, _UNSENT)  # it is for tests, which mean what they raise
        return True

    def _note(self, event: str, info: Info) -> None:
        self.heard = True
        if event.endswith(_SENDING):
            if info["request"].method != b"CONNECT":  # which a proxy is sent before it is sent anything of ours
                self.sent = True
        elif event == _NOT_SENT and type(info["exception"]).__name__ == "LocalProtocolError":
            self.sent = False  # a header that can't be written; it is found before anything is


def _transport(http: AnyHttp, url: httpx.URL) -> Any:
    """What an httpx client sends with; None if it doesn't tell."""
    find = getattr(http, "_transport_for_url", None)
    return None if find is None else find(url)
