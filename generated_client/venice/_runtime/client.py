"""The clients that generated ones derive from: they hold the settings, and carry out calls over httpx."""

# ruff: noqa: RUF100 - a noqa below is for whoever asks for its rule

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

import httpx

from .base_url import found_base_url
from .connections import Connections, Http, checked_http
from .options import DEADLINE, TIMEOUT, Options, checked_timeout
from .tls import ssl_context
from .types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from .calling import Calls
    from .credentials import Credential
    from .operation import Operation
    from .request import Request
    from .response import Response

T = TypeVar("T")
Kind = TypeVar("Kind", "SyncClient", "AsyncClient")


class _Client(Generic[Http]):
    """What both clients have in common.

    Args:
        default_base_url: Where the API is, as the spec says.
        user_agent: How the client calls itself.
        base_url: Where the API is instead.
        base_url_variable: The environment variable that may hold it.
        credentials: By the security scheme's name.
        timeout: Seconds, or httpx.Timeout, for single waits; by default 5 s to connect and 300 s to read.
        deadline: Seconds that a call may take in all, its repeats and pauses included; None for any time.
        max_retries: How often an attempt is repeated that was surely not carried out.
        retry_lost_answers: Whether a request is repeated whose answer was lost; it may be billed twice.
        validate: Whether requests are judged before they are sent.
        http_client: An httpx client to send with. It is not closed, and this client's time-outs hold.
        versioned_paths: Whether the API's paths begin with its version.

    Raises:
        TypeError: An argument is of a type that it can't be.
        ValueError: An argument isn't as it must be.
    """

    _http_kind: type[Http]

    def __init__(
        self,
        *,
        default_base_url: str,
        user_agent: str,
        base_url: str | None = None,
        base_url_variable: str | None = None,
        credentials: Mapping[str, Credential] | None = None,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | None = DEADLINE,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        validate: bool = True,
        http_client: Http | None = None,
        versioned_paths: bool = True,
    ) -> None:
        self._base_url = found_base_url(base_url, base_url_variable, default_base_url, versioned=versioned_paths)
        self._credentials = dict(credentials or {})
        self._options = Options(
            headers={"User-Agent": user_agent},
            timeout=TIMEOUT if timeout is None else checked_timeout(timeout),
            deadline=deadline,
            max_retries=max_retries,
            retry_lost_answers=retry_lost_answers,
            validate=validate,
        ).checked()
        self._connections: Connections[Http] = Connections(self._new_http, checked_http(http_client, self._http_kind))
        self._closes = http_client is None
        self._whole = False
        self._made: Calls | None = None

    @classmethod
    def _new_http(cls) -> Http:
        """An httpx client of one's own."""
        return cls._http_kind(timeout=TIMEOUT, verify=ssl_context())

    def __repr__(self) -> str:
        if not hasattr(self, "_credentials"):
            return f"<{type(self).__name__} that could not be made>"
        shown = [name for name, credential in self._credentials.items() if credential.configured]
        return f"{type(self).__name__}(base_url={self._base_url!r}, credentials={shown})"

    def with_options(
        self,
        *,
        timeout: httpx.Timeout | float | None = None,
        deadline: float | Unset | None = UNSET,
        max_retries: int | None = None,
        retry_lost_answers: bool | None = None,
        validate: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections; this one stays as it is.

        Args:
            timeout: Seconds, or httpx.Timeout, for single waits.
            deadline: Seconds that a call may take in all, its repeats and pauses included; None for any time.
            max_retries: How often an attempt is repeated that was surely not carried out.
            retry_lost_answers: Whether a request is repeated whose answer was lost; it may be billed twice.
            validate: Whether requests are judged before they are sent.
            headers: Headers to send besides.

        Raises:
            TypeError: An option is of a type that it can't be.
            ValueError: An option makes no sense.
        """
        now = self._options
        changed: dict[str, Any] = {
            "timeout": None if timeout is None else checked_timeout(timeout),
            "max_retries": max_retries,
            "retry_lost_answers": retry_lost_answers,
            "validate": validate,
            "headers": {**now.headers, **headers} if headers else None,
        }
        given = {name: value for name, value in changed.items() if value is not None}
        if not isinstance(deadline, Unset):
            given["deadline"] = deadline
        return self._twin(_options=now._replace(**given).checked())

    def _detailed_twin(self) -> Self:
        """A client whose `call` returns whole answers, as `Response`."""
        return self._twin(_whole=True)

    def _twin(self, **changed: Any) -> Self:
        twin = copy.copy(self)
        # What is cached on this client, such as its resources, belongs to this one.
        kept = {name: value for name, value in vars(self).items() if name.startswith("_")}
        vars(twin).clear()
        vars(twin).update(kept, _closes=False, _made=None, **changed)
        return twin

    @property
    def _calls(self) -> Calls:
        """What makes plans of calls. It is imported when the first call is made: programs want to start fast."""
        if self._made is None:
            from .calling import Calls  # noqa: PLC0415 - see above

            self._made = Calls(self._base_url, self._credentials, self._connections, self._options, whole=self._whole)
        return self._made


class SyncClient(_Client[httpx.Client]):
    """A client that blocks until the answer is there. Closing it, or leaving its ``with``, closes its connections."""

    _http_kind = httpx.Client

    def call(self, operation: Operation[T], fields: Mapping[str, Any]) -> T:
        """Make the request that fields mean, send it, and read the answer.

        Args:
            operation: The operation.
            fields: By Python name; ``content_type`` forces a media type, ``validate=False`` sends what is said.

        Raises:
            RequestRefused: The request breaks rules; it was not sent.
            ImageClientError: The call failed.
        """
        calls = self._calls
        return cast("T", calls.run(calls.called(operation, fields)))

    def send(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> T:
        """Send a request and read the answer.

        Args:
            operation: The operation.
            request: The request body.
            parameters: The parameters outside of the body.
            media_type: The media type to send; by default that of the request's class.

        Raises:
            ImageClientError: The call failed.
        """
        calls = self._calls
        return cast("T", calls.run(calls.sent(operation, request, parameters, media_type, whole=False)))

    def send_detailed(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> Response[T]:
        """Send a request; as `send`, but the answer comes with its status, headers and bytes."""
        calls = self._calls
        return cast("Response[T]", calls.run(calls.sent(operation, request, parameters, media_type, whole=True)))

    def close(self) -> None:
        """Close the connections, unless the httpx client was given."""
        if self._closes:
            self._connections.close().close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(_Client[httpx.AsyncClient]):
    """A client whose calls are awaited. Closing it, or leaving its ``async with``, closes its connections."""

    _http_kind = httpx.AsyncClient

    async def call(self, operation: Operation[T], fields: Mapping[str, Any]) -> T:
        """Make the request that fields mean, send it, and read the answer. See SyncClient.call."""
        calls = self._calls
        return cast("T", await calls.arun(calls.called(operation, fields)))

    async def send(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> T:
        """Send a request and read the answer. See SyncClient.send."""
        calls = self._calls
        return cast("T", await calls.arun(calls.sent(operation, request, parameters, media_type, whole=False)))

    async def send_detailed(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> Response[T]:
        """Send a request; as `send`, but the answer comes with its status, headers and bytes."""
        calls = self._calls
        return cast("Response[T]", await calls.arun(calls.sent(operation, request, parameters, media_type, whole=True)))

    async def close(self) -> None:
        """Close the connections, unless the httpx client was given; see `Connections.close` on other event loops."""
        if self._closes:
            await self._connections.close().aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def blocking(client: SyncClient) -> SyncClient:
    """The same client.

    Raises:
        TypeError: It is none that blocks; nothing was sent.
    """
    return _of_kind(client, SyncClient, "sync and sync_detailed take a client that blocks", "asyncio")


def awaited(client: AsyncClient) -> AsyncClient:
    """The same client.

    Raises:
        TypeError: It is none that is awaited; nothing was sent, for which there would be no answer.
    """
    return _of_kind(client, AsyncClient, "asyncio and asyncio_detailed take a client that is awaited", "sync")


def _of_kind(client: Any, kind: type[Kind], takes: str, other: str) -> Kind:
    if isinstance(client, kind):
        return client
    raise TypeError(f"{takes}, not {type(client).__name__}; with that one, use {other} or {other}_detailed")
