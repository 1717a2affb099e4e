"""The gateway at the other end: sends requests to it, shows credentials to it alone, fetches what its links lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from attrs import frozen

from generator.conformance.pictures import ENOUGH
from generator.conformance.sending import Credentials

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from generator.conformance.sending import Request
    from generator.spec import Contract, Operation

_TIMEOUT = httpx.Timeout(300, connect=5)
"""In seconds; an image takes its time."""
_WRONG_TOKEN = "no-such-token"  # noqa: S105  that is the point of it


@frozen
class NoAnswer:
    """That no answer came.

    Attributes:
        why: The reason, in words.
    """

    why: str


class Gateway:
    """Sends requests to a gateway.

    Args:
        contract: Its spec.
        base_url: Where it is. A user name and password in it are left out: they would be credentials of their own.
        token: The credential; None to send none.
        transport: What carries the requests, for tests; the network if None.
    """

    def __init__(
        self, contract: Contract, base_url: str, token: str | None, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._contract = contract
        self._token = token
        self.url = str(httpx.URL(base_url).copy_with(userinfo=b""))
        self._client = httpx.Client(
            base_url=self.url, timeout=_TIMEOUT, transport=transport, trust_env=transport is None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, operation: Operation, request: Request) -> httpx.Response | NoAnswer:
        """Send a request once.

        Args:
            operation: Its operation.
            request: The request.

        Returns:
            The answer, read; or why there is none.
        """
        try:
            return self._client.send(request.build(self._client, self._headers(operation, request.credentials)))
        except httpx.HTTPError as error:
            return NoAnswer(f"no answer: {type(error).__name__}")

    def fetch(self, url: str) -> bytes | None:
        """Fetch the beginning of what stands at a URL, without credentials.

        Args:
            url: An absolute URL, or one that is relative to the gateway's.

        Returns:
            The first bytes, enough to tell an image's format and size; None if there is nothing to be had.
        """
        try:
            with self._client.stream("GET", url, follow_redirects=True) as response:
                if not response.is_success:
                    return None
                head = b""
                for chunk in response.iter_bytes(ENOUGH):
                    head += chunk
                    if len(head) >= ENOUGH:
                        break
                return head
        except (httpx.HTTPError, httpx.InvalidURL):
            return None

    def masked(self, text: str) -> str:
        """A text without the token, should the gateway have sent it back."""
        return text.replace(self._token, "[token]") if self._token else text

    def _headers(self, operation: Operation, shows: Credentials) -> dict[str, str]:
        if shows is Credentials.NONE or (shows is Credentials.GIVEN and not self._token):
            return {}
        token = _WRONG_TOKEN if shows is Credentials.WRONG else self._token
        schemes = [[self._contract.security_schemes[name] for name in names] for names in operation.security]
        for alternative in schemes:
            if alternative and all(scheme.credential == "key" for scheme in alternative):
                return {
                    scheme.header: f"Bearer {token}" if scheme.kind == "bearer" else str(token)
                    for scheme in alternative
                }
        return {}
