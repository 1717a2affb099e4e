"""Makes plans of calls, with the settings of a client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .addressing import Addresses
from .body import encode
from .building import RequestBuilder
from .call import Call, Prepared
from .credentials import first_configured
from .deadline import Deadline
from .errors import ConnectionFailed
from .exchange import exchange
from .other_keys import show
from .retries import Retries
from .steps import arun, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack

    import httpx

    from .body import Body
    from .connections import Connections
    from .credentials import Credential
    from .operation import Operation
    from .options import Options
    from .request import Request
    from .steps import Plan


class Calls:
    """Makes plans of calls.

    Args:
        base_url: Where the API is.
        credentials: By the security scheme's name.
        connections: What to send with.
        options: The client's options.
        whole: Whether answers are wanted with their status, headers and bytes.
    """

    run = staticmethod(run)
    arun = staticmethod(arun)

    def __init__(
        self,
        base_url: str,
        credentials: Mapping[str, Credential],
        connections: Connections[Any],
        options: Options,
        *,
        whole: bool,
    ) -> None:
        self._addresses = Addresses(base_url)
        self._credentials = credentials
        self._chosen: dict[str, tuple[Credential, ...]] = {}
        self._connections = connections
        self._asynchronous = connections.asynchronous
        self._options = options
        self._retries = Retries(options.max_retries, options.retry_lost_answers)
        self._builder = RequestBuilder(connections, options.headers, options.timeout)
        self._whole = whole

    def called(self, operation: Operation[Any], fields: Mapping[str, Any]) -> Plan[Any]:
        """The plan of a call by fields: the request that they mean is made, sent, and its answer read.

        Args:
            operation: The operation.
            fields: By Python name; ``content_type`` forces a media type, ``validate=False`` sends what is said.

        Raises:
            RequestRefused: The request breaks rules.
        """
        request, parameters, media_type = operation.meant(fields, validate=self._options.validate)
        return self.sent(operation, request, parameters, media_type, whole=self._whole)

    def sent(
        self,
        operation: Operation[Any],
        request: Request | None,
        parameters: Request | None,
        media_type: str | None,
        *,
        whole: bool,
    ) -> Plan[Any]:
        """The plan of a call whose request is made.

        Args:
            operation: The operation.
            request: The request body.
            parameters: The parameters outside of the body.
            media_type: The media type to send; by default that of the request's class.
            whole: Whether the answer is wanted with its status, headers and bytes.

        Raises:
            ConnectionFailed: The client is closed.
        """
        if self._connections.closed:
            raise ConnectionFailed("This client is closed, so nothing was sent. Make another one.")
        shown = self._shown(operation)
        body = None if request is None else encode(request, media_type or operation.media_type_of(request))
        url, headers = self._addresses.of(operation, parameters)
        return exchange(
            Call(
                operation=operation,
                http=self._connections.http,
                url=url,
                prepare=self._preparation(operation.method, body, headers, shown),
                retries=self._retries,
                deadline=Deadline.after(self._options.deadline),
                whole=whole,
            )
        )

    def _preparation(
        self, method: str, body: Body | None, own: Mapping[str, str], credentials: tuple[Credential, ...]
    ) -> Callable[[httpx.URL, ExitStack], Prepared]:
        def prepare(url: httpx.URL, stack: ExitStack) -> Prepared:
            content = {} if body is None else body.for_httpx(stack, asynchronous=self._asynchronous)
            headers = {**own, **content.pop("headers", {})}
            # Last, so that no frame holds a key when something above fails.
            url, shown = show(credentials, url, headers)
            request = self._builder.build(method, url, headers, content)
            return Prepared(request, shown)

        return prepare

    def _shown(self, operation: Operation[Any]) -> tuple[Credential, ...]:
        """The credentials to show for an operation, found once."""
        known = self._chosen.get(operation.id)
        if known is None:
            known = self._chosen[operation.id] = first_configured(
                operation.security, self._credentials, operation.called
            )
        return known
