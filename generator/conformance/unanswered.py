"""Why no answer came, in words that don't name what was sent."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator


_NO_HTTP = ("illegal", "malformed", "bad", "multiple", "conflicting", "only transfer", "receive buffer", "no ")
"""How h11 begins to tell what is wrong with an answer. Where it says something else, the connection was closed."""


def why_no_answer(error: httpx.HTTPError | UnicodeError, timeout: float, connect: float) -> str:
    """Why no answer came.

    Args:
        error: What httpx raised.
        timeout: How long the answer had, in seconds.
        connect: How long the connection had, in seconds.

    Returns:
        One clause, which begins with "no connection" or "TLS" where nothing of the request was sent.
    """
    connect = min(connect, timeout)
    # Only while it connects is nothing sent: what fails later may have been read, and billed.
    if isinstance(error, UnicodeError | httpx.ConnectError | httpx.ConnectTimeout):
        why = next((why for cause in _causes(error) if (why := _by_cause(cause))), "")
        return why or _by_kind(error, timeout, connect)
    return _by_kind(error, timeout, connect)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _by_cause(cause: BaseException) -> str:
    match cause:
        case ssl.SSLCertVerificationError():
            told = f"the certificate isn't trusted ({cause.verify_message})"
            return f"TLS failed: {told}; an authority of your own is named by SSL_CERT_FILE"
        case ssl.SSLError():
            return f"TLS failed: {cause.reason or 'no secure connection'}"
        case socket.gaierror():
            return "no connection: the host's name is unknown"
        case ConnectionRefusedError():
            return "no connection: nobody listens there"
        case _:
            return ""


def _by_kind(error: httpx.HTTPError | UnicodeError, timeout: float, connect: float) -> str:
    match error:
        case httpx.ConnectTimeout():
            return f"no connection within {connect:g} seconds"
        case UnicodeError():
            return "no connection: the host's name is none"
        case httpx.ConnectError():
            return "no connection: nobody listens there, or the name is unknown"
        case httpx.TimeoutException():
            return f"no answer within {timeout:g} seconds"
        case httpx.ProxyError():
            return "no connection: the proxy that the environment names doesn't let it through"
        case httpx.RemoteProtocolError():
            return _by_words(str(error).lower())
        case httpx.ReadError() | httpx.WriteError():
            return "the connection broke before an answer was complete"
        case httpx.DecodingError():
            return "the answer's content encoding can't be read"
        case _:
            return f"no answer: {type(error).__name__}"


def _by_words(words: str) -> str:
    if words.startswith(_NO_HTTP):
        return "what came is no answer of HTTP, or its headers are too long"
    if words.startswith("invalid url in location"):
        return "the gateway redirects to what is no URL"
    return "the connection was closed before an answer was complete"
