"""The script of each fault that the documents tell of, by the heading and the words that it has there."""

from __future__ import annotations

from email.utils import formatdate
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from attrs import field, frozen

from . import acts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .scripted_server import Act

Place: TypeAlias = Literal["server", "https server", "late server", "closed port", "full port"]
"""What is at the address: the scripted server, called by http or https, or after a pause; or nobody."""

_SHORT: Final = 0.15  # seconds; a wait that the test sits through
_LONG: Final = 10.0  # seconds; a wait that never comes


@frozen
class Script:
    """A fault, and how to call so that it shows.

    Attributes:
        acts: What the server does, request by request.
        place: What is at the address.
        big: Whether the request is larger than what the network holds on its way.
        warm: Whether a call goes before on the same connection; the first act serves it.
        waits: How long each single wait may last, in seconds.
        deadline: How long the call may last, in seconds.
    """

    acts: tuple[Act, ...] = field(default=())
    place: Place = "server"
    big: bool = False
    warm: bool = False
    waits: float = _LONG
    deadline: float = _LONG


def script(*played: Act, place: Place = "server", big: bool = False, warm: bool = False) -> Script:
    """A fault that shows at once."""
    return Script(played, place=place, big=big, warm=warm)


def slow(*played: Act, place: Place = "server", big: bool = False) -> Script:
    """A fault that shows when a single wait lasts too long."""
    return Script(played, place=place, big=big, waits=_SHORT)


def endless(*played: Act) -> Script:
    """A fault that shows when the call as a whole lasts too long."""
    return Script(played, deadline=2 * _SHORT)


_HALF: Final = acts.IMAGES[: len(acts.IMAGES) // 2]
_CHUNKED: Final = acts.head(200, Content_Type="application/json", Transfer_Encoding="chunked")
_ENDLESS_JSON: Final = acts.head(200, Content_Type="application/json", Content_Length="100000000") + b'{"data": "'
_TRUNCATED: Final = acts.sent(acts.head(200, Content_Type="application/json", Content_Length="100000") + _HALF)
_LATER: Final = "3600"  # seconds, more than any pause lasts
_DEEP: Final = b'{"data": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


CALLS_THAT_COST: Final[Mapping[str, Script]] = {
    "nothing listens at that address": script(place="closed port"),
    "nothing listens at first, then a server does": script(acts.done(), place="late server"),
    "connecting takes too long": slow(place="full port"),
    "the server speaks no TLS though the address is https": script(acts.not_tls, place="https server"),
    "the connection is reset in the TLS handshake": script(acts.reset_greeting, place="https server"),
    "the TLS handshake is never answered": slow(acts.unanswered_greeting, place="https server"),
    "the connection is reset before the request is read": script(acts.reset_before),
    "the connection is reset during the request": script(acts.reset_during, big=True),
    "the connection is closed during the request": script(acts.closed_during, big=True),
    "the server stops reading the request": slow(acts.stuck, big=True),
    "the connection is reset after the request": script(acts.reset_after),
    "the connection is closed after the request": script(acts.closed_afterwards),
    "the server takes the request drop by drop past the deadline": Script(
        (acts.sipped,), big=True, deadline=2 * _SHORT
    ),
    "no answer comes within the read time-out": slow(acts.silent),
    "the answer's headers drip past the deadline": endless(acts.dripping(b"HTTP/1.1 200 OK\r\nX-Drip: ", b".")),
    "the answer's body drips past the deadline": endless(acts.dripping(_ENDLESS_JSON, b".")),
    "1xx answers come past the deadline": endless(acts.dripping(b"", acts.head(103, Link="</style.css>"))),
    "some 1xx answers come before the real one": script(
        acts.sent(
            acts.head(100)
            + acts.head(103, Link="</style.css>")
            + acts.head(200, Content_Type="application/json", Content_Length=str(len(acts.IMAGES)))
            + acts.IMAGES
        )
    ),
    "the body is shorter than its Content-Length": script(_TRUNCATED),
    "the chunked body breaks off": script(acts.sent(_CHUNKED + b"1000\r\n" + _HALF)),
    "the chunked body is malformed": script(acts.sent(_CHUNKED + b"many\r\n" + acts.IMAGES)),
    "what comes is no HTTP": script(acts.sent(b"SSH-2.0-OpenSSH_9.6\r\n")),
    "101, though nobody asked to switch protocols": script(
        acts.sent(acts.head(101, Upgrade="websocket", Connection="Upgrade"))
    ),
    "the answer's headers are larger than 100 kB": script(
        acts.sent(acts.head(200, Content_Type="application/json", Content_Length="2", X_Large="x" * 200_000) + b"{}")
    ),
    "an idle connection was closed meanwhile": script(acts.closed_after(acts.done()), acts.done(), warm=True),
    "an idle connection was reset meanwhile": script(
        acts.closed_after(acts.done(), by_reset=True), acts.done(), warm=True
    ),
    "an idle connection is reset as the request arrives": script(acts.done(), acts.reset_before, warm=True),
    "200 with an HTML page": script(acts.page(200)),
    "200 with an empty body": script(acts.done(b"")),
    "200 with another media type": script(acts.answered(200, acts.IMAGES, "application/xml", made=True)),
    "200 with broken JSON": script(acts.done(_HALF)),
    "200 with other JSON than documented": script(acts.done(b'{"data": [17]}')),
    "200 with JSON nested a hundred thousand deep": script(acts.done(_DEEP)),
    "200 with broken gzip": script(acts.answered(200, acts.IMAGES, made=True, Content_Encoding="gzip")),
    "a 2xx status that is not documented": script(acts.answered(299, acts.IMAGES, made=True)),
    "401": script(acts.answered(401)),
    "402": script(acts.answered(402)),
    "408": script(acts.answered(408, made=True)),
    "413 before the request is read whole": script(acts.refused_early(), big=True),
    "429": script(acts.answered(429)),
    "429 once, with Retry-After in seconds": script(acts.answered(429, Retry_After="1"), acts.done()),
    "429 once, with Retry-After as a date": script(
        acts.answered(429, Retry_After=formatdate(usegmt=True)), acts.done()
    ),
    "429 once, with a Retry-After that nobody can read": script(
        acts.answered(429, Retry_After="next Tuesday"), acts.done()
    ),
    "429 with a Retry-After past the deadline": script(acts.answered(429, Retry_After=_LATER)),
    "503": script(acts.answered(503)),
    "503 once, with Retry-After": script(acts.answered(503, Retry_After="1"), acts.done()),
    "503 once, then the connection is reset after the request": script(acts.answered(503), acts.reset_after),
    "500": script(acts.answered(500, made=True)),
    "501": script(acts.answered(501, made=True)),
    "502 with an HTML page": script(acts.page(502)),
    "504": script(acts.answered(504, made=True)),
    "520, which no registry knows": script(acts.answered(520, made=True)),
    "500 whose body breaks off": script(acts.sent(acts.head(500, Content_Length="1000") + b'{"error"')),
    "500 whose body drips past the deadline": endless(acts.dripping(acts.head(500, Content_Length="100000000"), b".")),
    "301 to the same server": script(acts.answered(301, Location="/elsewhere"), acts.done()),
    "302 to the same server": script(acts.answered(302, Location="/elsewhere"), acts.done()),
    "303 to the same server": script(acts.answered(303, Location="/elsewhere"), acts.done()),
    "307 to the same server": script(acts.answered(307, Location="/elsewhere"), acts.done()),
    "308 to the same server": script(acts.answered(308, Location="/elsewhere"), acts.done()),
    "307 to the same server, then a reset after the request": script(
        acts.answered(307, Location="/elsewhere"), acts.reset_after
    ),
    "307 without Location": script(acts.answered(307), acts.done()),
    "307 to another host": script(acts.sent_elsewhere, acts.done()),
    "307 in a circle": script(acts.answered(307, Location="/again")),
}
"""Played to a call that makes images."""

RETRYING_LOST_ANSWERS: Final[Mapping[str, Script]] = {
    "the connection is reset after the request": script(acts.reset_after),
    "the connection is reset after the request, once": script(acts.reset_after, acts.done()),
    "no answer comes within the read time-out": slow(acts.silent),
    "the body is shorter than its Content-Length, once": script(_TRUNCATED, acts.done()),
    "the answer's body drips past the deadline": endless(acts.dripping(_ENDLESS_JSON, b".")),
    "500": script(acts.answered(500, made=True)),
    "200 with an HTML page": script(acts.page(200)),
}
"""Played to a call that makes images, of a client with `retry_lost_answers=True`."""

_MODELS: Final = acts.done(acts.MODELS)

CALLS_THAT_READ: Final[Mapping[str, Script]] = {
    "the connection is reset after the request": script(acts.reset_after),
    "the connection is reset after the request, once": script(acts.reset_after, _MODELS),
    "no answer comes within the read time-out": slow(acts.silent),
    "the body is shorter than its Content-Length, once": script(_TRUNCATED, _MODELS),
    "the answer's body drips past the deadline": endless(acts.dripping(_ENDLESS_JSON, b".")),
    "408 once": script(acts.answered(408), _MODELS),
    "500": script(acts.answered(500)),
    "500 once": script(acts.answered(500), _MODELS),
    "502 once": script(acts.answered(502), _MODELS),
    "504 once": script(acts.answered(504), _MODELS),
    "501": script(acts.answered(501)),
    "520, which no registry knows": script(acts.answered(520)),
    "200 with an HTML page": script(acts.page(200)),
}
"""Played to a call that costs nothing."""
