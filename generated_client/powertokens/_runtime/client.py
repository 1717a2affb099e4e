"""The clients that generated ones derive from: they hold the settings, and drive exchanges over httpx."""

from __future__ import annotations

import copy
import os
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast
from urllib.parse import quote

import httpx

from .body import encode
from .credentials import first_configured
from .exchange import Pause, Steps, exchange
from .retries import Retries
from .types import UNSET, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack
    from types import TracebackType

    from .body import Body
    from .credentials import Credential
    from .operation import Operation
    from .request import Request

T = TypeVar("T")
_Http = TypeVar("_Http", httpx.Client, httpx.AsyncClient)

_TIMEOUT = httpx.Timeout(connect=5, read=300, write=60, pool=60)  # seconds; an image takes its time


class _Client(ABC, Generic[_Http]):
    """What both clients have in common.

    Args:
        default_base_url: Where the API is, as the spec says.
        user_agent: How the client calls itself.
        base_url: Where the API is instead.
        base_url_variable: The environment variable that may hold it.
        credentials: By the security scheme's name.
        timeout: Seconds, or httpx.Timeout; by default 5 s to connect and 300 s to read.
        max_retries: How often an attempt is repeated that was surely not carried out.
        retry_lost_answers: Whether a request is repeated whose answer was lost; it may be billed twice.
        http_client: An httpx client to send with. It is not closed, and this client's time-outs hold.
    """

    def __init__(
        self,
        *,
        default_base_url: str,
        user_agent: str,
        base_url: str | None = None,
        base_url_variable: str | None = None,
        credentials: Mapping[str, Credential] | None = None,
        timeout: httpx.Timeout | float | None = None,
        max_retries: int = 2,
        retry_lost_answers: bool = False,
        http_client: _Http | None = None,
    ) -> None:
        from_environment = os.environ.get(base_url_variable) if base_url_variable else None
        self._base_url = _checked(base_url or from_environment or default_base_url)
        self._urls: dict[str, httpx.URL] = {}  # parsing one takes longer than all our other work on a request
        self._credentials = dict(credentials or {})
        self._timeout = _TIMEOUT if timeout is None else httpx.Timeout(timeout)
        self._retries = Retries(max_retries, retry_lost_answers)
        self._headers = {"User-Agent": user_agent}
        self._owned = http_client is None
        self._http: _Http = self._new_http() if http_client is None else http_client

    @abstractmethod
    def _new_http(self) -> _Http:
        """An httpx client of one's own."""

    def __repr__(self) -> str:
        shown = [name for name, credential in self._credentials.items() if credential.configured]
        return f"{type(self).__name__}(base_url={self._base_url!r}, credentials={shown})"

    def with_options(
        self,
        *,
        timeout: httpx.Timeout | float | None = None,
        max_retries: int | None = None,
        retry_lost_answers: bool | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """A client with other options that shares this one's connections; this one stays as it is.

        Args:
            timeout: Seconds, or httpx.Timeout.
            max_retries: How often an attempt is repeated that was surely not carried out.
            retry_lost_answers: Whether a request is repeated whose answer was lost; it may be billed twice.
            headers: Headers to send besides.
        """
        other = copy.copy(self)
        # What is cached on this client, such as its resources, belongs to this one.
        other.__dict__ = {name: value for name, value in self.__dict__.items() if name.startswith("_")}
        most = self._retries.most if max_retries is None else max_retries
        lost = self._retries.lost_answers if retry_lost_answers is None else retry_lost_answers
        other.__dict__.update(
            _timeout=self._timeout if timeout is None else httpx.Timeout(timeout),
            _retries=Retries(most, lost),
            _headers={**self._headers, **(headers or {})},
            _owned=False,
        )
        return other

    def _steps(
        self, operation: Operation[Any], request: Request | None, parameters: Request | None, media_type: str | None
    ) -> Steps:
        """The conversation that carries out a call, its request checked and encoded."""
        shown = first_configured(operation.security, self._credentials, operation.id)
        body = None if request is None else encode(request, media_type or operation.media_type_of(request))
        url = self._url(operation, parameters)
        return exchange(operation, url, self._preparation(operation.method, body, shown), self._retries)

    def _url(self, operation: Operation[Any], parameters: Request | None) -> httpx.URL:
        path, query = operation.path, {}
        for name, value in ({} if parameters is None else parameters.to_dict()).items():
            if f"{{{name}}}" in path:
                path = path.replace(f"{{{name}}}", quote(str(value), safe=""))
            elif value is not None:
                query[name] = value
        url = self._urls.get(path) or httpx.URL(self._base_url + path)
        if path == operation.path:
            self._urls[path] = url
        return url.copy_merge_params(query) if query else url

    def _preparation(
        self, method: str, body: Body | None, credentials: tuple[Credential, ...]
    ) -> Callable[[httpx.URL, ExitStack], httpx.Request]:
        def prepare(url: httpx.URL, stack: ExitStack) -> httpx.Request:
            headers = dict(self._headers)
            headers.update(credential.header(url) for credential in credentials)
            if body is None:
                return self._http.build_request(method, url, headers=headers, timeout=self._timeout)
            if body.content:
                headers["Content-Type"] = body.media_type
            sent = body.for_httpx(stack)
            return self._http.build_request(method, url, headers=headers, timeout=self._timeout, **sent)

        return prepare


class SyncClient(_Client[httpx.Client]):
    """A client that blocks until the answer is there. Closing it, or leaving its ``with``, closes its connections."""

    _sleep: Callable[[float], None] = staticmethod(time.sleep)

    def _new_http(self) -> httpx.Client:
        return httpx.Client(timeout=self._timeout)

    def call(self, operation: Operation[T], fields: Mapping[str, Any]) -> T:
        """Make the request that fields mean, send it, and read the answer.

        Args:
            operation: The operation.
            fields: By Python name; ``content_type`` forces a media type.

        Raises:
            RequestRefused: The request breaks rules; it was not sent.
            ImageClientError: The call failed.
        """
        request, parameters, media_type = _made(operation, fields)
        return self.send(operation, request, parameters=parameters, media_type=media_type)

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
        return cast("T", self._run(self._steps(operation, request, parameters, media_type))[1])

    def send_detailed(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> Response[T]:
        """Send a request; as `send`, but the answer comes with its status and headers."""
        return _detailed(*self._run(self._steps(operation, request, parameters, media_type)))

    def _run(self, steps: Steps) -> tuple[httpx.Response, Any]:
        try:
            step = next(steps)
            while True:
                if isinstance(step, Pause):
                    self._sleep(step.seconds)
                    step = steps.send(None)
                    continue
                response, failure = None, None
                try:
                    response = self._http.send(step, follow_redirects=False)
                except httpx.RequestError as error:
                    failure = error
                # Outside of the handler, so that httpx's error, which holds the request, does not hang on ours.
                step = steps.send(response) if failure is None else steps.throw(failure)
        except StopIteration as end:
            return cast("tuple[httpx.Response, Any]", end.value)
        finally:
            steps.close()

    def close(self) -> None:
        """Close the connections, unless the httpx client was given."""
        if self._owned:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(_Client[httpx.AsyncClient]):
    """A client whose calls are awaited. Closing it, or leaving its ``async with``, closes its connections."""

    def _new_http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=self._timeout)

    async def call(self, operation: Operation[T], fields: Mapping[str, Any]) -> T:
        """Make the request that fields mean, send it, and read the answer. See SyncClient.call."""
        request, parameters, media_type = _made(operation, fields)
        return await self.send(operation, request, parameters=parameters, media_type=media_type)

    async def send(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> T:
        """Send a request and read the answer. See SyncClient.send."""
        return cast("T", (await self._run(self._steps(operation, request, parameters, media_type)))[1])

    async def send_detailed(
        self,
        operation: Operation[T],
        request: Request | None = None,
        *,
        parameters: Request | None = None,
        media_type: str | None = None,
    ) -> Response[T]:
        """Send a request; as `send`, but the answer comes with its status and headers."""
        return _detailed(*await self._run(self._steps(operation, request, parameters, media_type)))

    async def _sleep(self, seconds: float) -> None:
        import anyio  # noqa: PLC0415 - httpx brings it, for asyncio and trio alike, and imports it as late

        await anyio.sleep(seconds)

    async def _run(self, steps: Steps) -> tuple[httpx.Response, Any]:
        try:
            step = next(steps)
            while True:
                if isinstance(step, Pause):
                    await self._sleep(step.seconds)
                    step = steps.send(None)
                    continue
                response, failure = None, None
                try:
                    response = await self._http.send(step, follow_redirects=False)
                except httpx.RequestError as error:
                    failure = error
                # Outside of the handler, so that httpx's error, which holds the request, does not hang on ours.
                step = steps.send(response) if failure is None else steps.throw(failure)
        except StopIteration as end:
            return cast("tuple[httpx.Response, Any]", end.value)
        finally:
            steps.close()

    async def close(self) -> None:
        """Close the connections, unless the httpx client was given."""
        if self._owned:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _checked(base_url: str) -> str:
    try:
        url = httpx.URL(base_url.strip().rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError("base_url must be like https://host or https://host/path, without password, query or fragment")
    return str(url)


def _made(operation: Operation[Any], fields: Mapping[str, Any]) -> tuple[Request | None, Request | None, str | None]:
    """The request, the parameters and the media type that a method's arguments mean."""
    given = {name: value for name, value in fields.items() if value is not UNSET}
    content_type = given.pop("content_type", None)
    parameters = operation.parameters_from(given)
    if not operation.shapes and not given:
        return None, parameters, None
    request, media_type = operation.build(given, content_type=content_type)
    return request, parameters, media_type


def _detailed(response: httpx.Response, parsed: T) -> Response[T]:
    return Response(response.status_code, response.content, response.headers, parsed)
