"""The gateway at the other end: sends requests to it, shows credentials to it alone, fetches what its links lead to."""

from __future__ import annotations

import base64
import re
import threading
import time
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import httpx
from attrs import evolve

from generator.conformance.exchange import Answer, Sent
from generator.conformance.json_text import read_json
from generator.conformance.sending import Credentials
from generator.conformance.unanswered import why_no_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
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
_MOST = 256 * 1024 * 1024
"""How many bytes of an answer are read."""
_SHOWN = 64 * 1024
"""How many bytes of a body are kept to be shown."""
_WRONG_TOKEN = "no-such-token"  # noqa: S105  that is the point of it
_NO_PROOF = "bm8gcHJvb2Y="
"""Base64 data, as a proof is, but of no proof."""
_MASK = "[token]"


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
        self._secrets: frozenset[str] = frozenset()
        self._pattern = re.compile("")
        self._bytes = re.compile(b"")
        self._lock = threading.Lock()
        self.url = str(httpx.URL(base_url).copy_with(userinfo=b""))
        # A cookie would be a credential that a request without any doesn't have.
        no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        self._client = httpx.Client(
            base_url=self.url, transport=transport, trust_env=transport is None, cookies=no_cookies
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, operation: Operation, request: Request, timeout: float) -> tuple[Sent, Answer]:
        """Send a request once.

        Args:
            operation: Its operation.
            request: The request.
            timeout: How long the gateway may be silent before its answer's headers end, in seconds, and how long the
                answer's body may take after the request began.

        Returns:
            What went over the wire, and what came back, whole and as it is: see `shown`.
        """
        credentials = self._headers(operation, request)
        built = request.build(self._client, credentials)
        built.extensions["timeout"] = httpx.Timeout(timeout, connect=_CONNECT).as_dict()
        made_up = request.credentials is Credentials.NO_PROOF
        if not made_up:
            self._keep_secret(*(value.rpartition(" ")[2] for value in credentials.values()))
        start = time.monotonic()
        try:
            response = self._client.send(built, stream=True)
            try:
                body = b"".join(_chunks(response, start + timeout))
            finally:
                response.close()
        except (httpx.HTTPError, UnicodeError) as error:
            why = why_no_answer(error, timeout, _CONNECT)
            return self._sent(built, credentials), Answer(0, seconds=time.monotonic() - start, why=why)
        headers = {name.lower(): value for name, value in response.headers.items()}
        seconds = time.monotonic() - start
        return self._sent(built, credentials), Answer(response.status_code, headers, body, len(body), seconds)

    def shown(self, exchange: Exchange) -> Exchange:
        """An exchange as reports may show it: the answers' bodies cut, and no credential in them.

        Only what is judged already can be shown: a short token may stand in an image's data by chance, or in the name
        of a media type.
        """
        return evolve(
            exchange,
            answer=self._shown(exchange.answer),
            earlier=tuple(self._shown(answer) for answer in exchange.earlier),
            images=tuple(evolve(image, url=self.masked(image.url)) for image in exchange.images),
        )

    def masked(self, text: str) -> str:
        """A text without the credentials that may stand in it."""
        return self._pattern.sub(_MASK, text) if self._secrets else text

    def fetch(self, url: str, most: int) -> bytes | None:
        """Fetch what stands at a URL, without credentials.

        Args:
            url: An absolute URL, or one that is relative to the gateway's.
            most: How many bytes are wanted.

        Returns:
            The first bytes; None if there is nothing to be had.
        """
        deadline = time.monotonic() + _FETCH
        try:
            with self._client.stream("GET", url, follow_redirects=True, timeout=_FETCH) as response:
                if not response.is_success:
                    return None
                head = bytearray()
                for chunk in _chunks(response, deadline):
                    head += chunk
                    if len(head) >= most:
                        break
                return bytes(head)
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            return None

    def _headers(self, operation: Operation, request: Request) -> dict[str, str]:
        shows = request.credentials
        if shows is Credentials.NO_PROOF:
            return {self._contract.security_schemes[request.scheme].header: _NO_PROOF}
        if shows in {Credentials.WALLET, Credentials.EMPTY_WALLET}:
            return self._signed(request)
        if shows is Credentials.NONE or (shows is Credentials.GIVEN and not self._token):
            return {}
        token = _WRONG_TOKEN if shows is Credentials.WRONG else self._token
        schemes = [[self._contract.security_schemes[name] for name in names] for names in operation.security]
        for alternative in schemes:
            if alternative and all(scheme.credential == "key" for scheme in alternative):
                word = "Token" if shows is Credentials.OTHER_SCHEME else "Bearer"
                return {
                    scheme.header: f"{word} {token}" if scheme.kind == "bearer" else str(token)
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
        with self._lock:
            known = self._secrets.union((self._token or "", *secrets)) - {""}
            if known != self._secrets:
                self._secrets = known
                longest_first = sorted(known, key=len, reverse=True)
                self._pattern = re.compile("|".join(map(re.escape, longest_first)))
                self._bytes = re.compile(self._pattern.pattern.encode())

    def _shown(self, answer: Answer) -> Answer:
        headers = {name: self.masked(value) for name, value in answer.headers.items()}
        body = answer.body[:_SHOWN]
        return evolve(answer, headers=headers, body=self._bytes.sub(_MASK.encode(), body) if self._secrets else body)

    def _sent(self, built: httpx.Request, credentials: Mapping[str, str]) -> Sent:
        body = built.read()
        secret = {name.lower() for name in credentials}
        headers = {
            name: self.masked(value) if name.lower() in secret else value for name, value in built.headers.items()
        }
        return Sent(built.method, str(built.url), headers, body[:_SHOWN], len(body))


def _chunks(response: httpx.Response, deadline: float) -> Iterator[bytes]:
    """The chunks of an answer's body, as many as are read, in the time that it has.

    Raises:
        httpx.ReadTimeout: It took too long: a gateway that sends a byte now and then would keep a run for ever.
    """
    length = 0
    for chunk in response.iter_bytes():
        yield chunk
        length += len(chunk)
        if length > _MOST:
            return
        if time.monotonic() > deadline:
            raise httpx.ReadTimeout("the answer didn't end", request=response.request)


def _signature_in(proof: str) -> tuple[str, ...]:
    """The signature in a wallet's proof, which a gateway may tell by itself once it has read the proof."""
    try:
        signature = read_json(base64.b64decode(proof))["signature"]
    except (ValueError, KeyError, TypeError):
        return ()
    return (str(signature), str(signature).removeprefix("0x"))
