"""The gateway at the other end: sends requests to it, shows credentials to it alone, fetches what its links lead to."""

from __future__ import annotations

import base64
import time
from contextlib import closing
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

import httpx
from attrs import evolve

from generator.conformance.content_coding import ACCEPTED, MOST, pieces, whole_body
from generator.conformance.deadline import Connections, within
from generator.conformance.exchange import Answer, Sent
from generator.conformance.json_text import read_json
from generator.conformance.links import ENOUGH, Fetched, Links
from generator.conformance.masking import Masks
from generator.conformance.sending import Credentials
from generator.conformance.unanswered import why_no_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Self

    from generator.conformance.exchange import Exchange
    from generator.conformance.sending import Request
    from generator.spec import Contract, Operation, SecurityScheme

    Sign = Callable[[SecurityScheme, str, bool], str]
    """Makes a wallet's proof for a scheme and a URL; true asks for that of a new wallet, which holds nothing."""

_CONNECT = 10.0
"""How long making a connection may take, in seconds."""
_FETCH = 30.0
"""How long what a link leads to may take, in seconds."""
_LOST = 120.0
"""After so many seconds of waiting in vain, links get less time: there may be thousands of them."""
_FETCH_SOON = 2.0
_HOPS = 10
"""How many redirects of a link are followed."""
_SHOWN = 64 * 1024
"""How many bytes of a body are kept to be shown."""
_BEGINNING = 1000
"""The same, of an answer that told nothing."""
_LONGEST_SECRET = 8192
_DIGITS = 18
_WRONG_TOKEN = "no-such-token"  # noqa: S105  that is the point of it
_NO_PROOF = "bm8gcHJvb2Y="
"""Base64 data, as a proof is, but of no proof."""


class Gateway:
    """Sends requests to a gateway, each once.

    Args:
        contract: Its spec.
        base_url: Where it is. A user name and password in it are left out: they would be credentials of their own.
        token: The credential; None to send none.
        transport: What carries the requests, for tests; the network if None.
        sign: Makes a wallet's proof; None where no wallet signs in.
    """

    def __init__(
        self,
        contract: Contract,
        base_url: str,
        token: str | None,
        transport: httpx.BaseTransport | None = None,
        sign: Sign | None = None,
    ) -> None:
        self._contract = contract
        self._token = token
        self._sign = sign
        self.speaks = False
        """Whether it ever answered as an API does, and so is none of the servers that show a web page to everybody."""
        self._masks = Masks(each.header for each in contract.security_schemes.values())
        self._connections = Connections()
        self.url = str(httpx.URL(base_url).copy_with(userinfo=b""))
        self._client = httpx.Client(
            base_url=self.url,
            transport=transport,
            trust_env=transport is None,
            cookies=_NoCookies(),
            headers={"Accept-Encoding": ACCEPTED},
            # The run itself says how many there are at once: none waits here, in a time that is the gateway's.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
        )
        self._lost = 0.0
        """How long was waited in vain for what links lead to, in seconds."""
        self._links = Links(self._fetched)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Who still waits for an answer, as a run was interrupted twice, is not waited for.
        self.cut()
        self._client.close()

    def cut(self) -> None:
        """End what is under way, as if the gateway had closed its connections."""
        self._connections.cut()

    def send(self, operation: Operation, request: Request, timeout: float) -> tuple[Sent, Answer]:
        """Send a request once.

        Args:
            operation: Its operation.
            request: The request.
            timeout: How long it may take in all, from the connection to the end of the answer, in seconds.

        Returns:
            What went over the wire, and what came back, whole and as it is: see `shown`.
        """
        credentials = self._headers(operation, request)
        built = request.build(self._client, credentials)
        built.extensions |= self._connections.extensions(timeout, _CONNECT)
        made_up = request.credentials in {Credentials.NO_PROOF, Credentials.EMPTY}
        if not made_up:
            self._keep_secret(*(value.rpartition(" ")[2] for value in credentials.values()))
        start = time.monotonic()
        try:
            with within(timeout):
                response = self._client.send(built, stream=True)
                try:
                    body, is_whole = whole_body(response)
                finally:
                    response.close()
        except (httpx.HTTPError, UnicodeError) as error:
            why = why_no_answer(error, timeout, _CONNECT)
            return self._sent(built, credentials), Answer(0, seconds=time.monotonic() - start, why=why)
        headers = {name.lower(): value for name, value in response.headers.items()}
        length = len(body) if is_whole else max(MOST + 1, _length_of(response))
        seconds = time.monotonic() - start
        return self._sent(built, credentials), Answer(response.status_code, headers, body, length, seconds)

    def shown(self, exchange: Exchange) -> Exchange:
        """An exchange as reports may show it: the answers' bodies cut, and no credential in them.

        Only what is judged already can be shown: a short token may stand in an image's data by chance, or in the name
        of a media type.
        """
        return evolve(
            exchange,
            answer=self._shown(exchange.answer),
            earlier=tuple(self._shown(answer) for answer in exchange.earlier),
            images=tuple(
                evolve(image, url=self.masked(image.url), stated=self.masked(image.stated)) for image in exchange.images
            ),
        )

    def beginning(self, answer: Answer) -> Answer:
        """An answer of which not all is kept, as there were others after it; no credential is in what is."""
        shown = self._shown(answer)
        return evolve(shown, body=shown.body[:_BEGINNING])

    def masked(self, text: str) -> str:
        """A text without the credentials that may stand in it."""
        return self._masks.text(text)

    def fetch(self, url: str) -> Fetched | None:
        """Fetch what a link leads to, without credentials.

        Args:
            url: An absolute URL, or one that is relative to the gateway's.

        Returns:
            What is there; None if there is nothing to be had.
        """
        return self._links.fetch(url)

    def _fetched(self, url: str, most: int) -> Fetched | None:
        """Fetch what stands at a URL, once."""
        seconds = _FETCH if self._lost < _LOST else _FETCH_SOON
        data = bytearray()
        is_all = False
        try:
            with within(seconds), closing(self._at_its_end(url)) as response:
                if not response.is_success:
                    return None
                for piece in pieces(response):
                    data += piece
                    if len(data) >= most:
                        break
                else:
                    is_all = True
        except (httpx.RemoteProtocolError, httpx.ReadError):
            return Fetched(bytes(data), is_broken=True) if data else None
        except httpx.TimeoutException:
            self._lost += seconds
            # A slow network is no fault of the image's: its beginning tells.
            return Fetched(bytes(data), is_all=False) if len(data) >= ENOUGH else None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            return None
        return Fetched(bytes(data), is_all=is_all)

    def _at_its_end(self, url: str) -> httpx.Response:
        """The response to which a link and its redirects lead, its body unread.

        Raises:
            httpx.HTTPError: There is none.
        """
        request = self._client.build_request("GET", url)
        for _ in range(_HOPS):
            request.extensions |= self._connections.extensions(_FETCH, _CONNECT)
            # Hop by hop, as httpx would read all of a redirect's body.
            response = self._client.send(request, stream=True)
            if response.next_request is None:
                return response
            response.close()
            request = response.next_request
        raise httpx.TooManyRedirects("too many redirects", request=request)

    def _headers(self, operation: Operation, request: Request) -> dict[str, str]:
        shows = request.credentials
        if shows is Credentials.NO_PROOF:
            return {self._contract.security_schemes[request.scheme].header: _NO_PROOF}
        if shows in {Credentials.WALLET, Credentials.EMPTY_WALLET}:
            return self._signed(request)
        if shows is Credentials.NONE or (shows is Credentials.GIVEN and not self._token):
            return {}
        # What compares beginnings alone takes more than the token, or none.
        others = {Credentials.WRONG: _WRONG_TOKEN, Credentials.LONGER: f"{self._token}-longer", Credentials.EMPTY: ""}
        token = others.get(shows, self._token)
        schemes = [[self._contract.security_schemes[name] for name in names] for names in operation.security]
        for alternative in schemes:
            if alternative and all(scheme.credential == "key" for scheme in alternative):
                word = "Token" if shows is Credentials.OTHER_SCHEME else "Bearer"
                return {
                    scheme.header: f"{word} {token}".rstrip() if scheme.kind == "bearer" else str(token)
                    for scheme in alternative
                }
        return {}

    def _signed(self, request: Request) -> dict[str, str]:
        if self._sign is None:
            return {}
        scheme = self._contract.security_schemes[request.scheme]
        url = str(httpx.URL(self.url).join(request.path))
        proof = self._sign(scheme, url, request.credentials is Credentials.EMPTY_WALLET)
        self._keep_secret(*_signature_in(proof))
        return {scheme.header: proof}

    def _keep_secret(self, *secrets: str) -> None:
        self._masks.keep(self._token or "", *secrets)

    def _shown(self, answer: Answer) -> Answer:
        # What is cut in two is not found.
        body = self._masks.data(answer.body[: _SHOWN + _LONGEST_SECRET])[:_SHOWN]
        return evolve(answer, headers=self._masks.headers(answer.headers), body=body)

    def _sent(self, built: httpx.Request, credentials: Mapping[str, str]) -> Sent:
        body = built.read()
        secret = {name.lower() for name in credentials}
        headers = {
            name: self.masked(value) if name.lower() in secret else value for name, value in built.headers.items()
        }
        return Sent(built.method, str(built.url), headers, body[:_SHOWN], len(body))


class _NoCookies(CookieJar):
    """Keeps none: a cookie would be a credential that a request without any doesn't have."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Read none either: a date that is none would be told as a bug of the library that reads it."""


def _length_of(response: httpx.Response) -> int:
    """How long an answer's body is said to be, in bytes; 0 if that isn't said."""
    told = response.headers.get("content-length", "")
    is_length = told.isascii() and told.isdecimal() and len(told) <= _DIGITS
    return int(told) if is_length and "content-encoding" not in response.headers else 0


def _signature_in(proof: str) -> tuple[str, ...]:
    """The signature in a wallet's proof, which a gateway may tell by itself once it has read the proof."""
    try:
        signature = read_json(base64.b64decode(proof))["signature"]
    except (ValueError, KeyError, TypeError):
        return ()
    return (str(signature), str(signature).removeprefix("0x"))
