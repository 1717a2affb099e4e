"""The mock as an ASGI application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from generator.mock.credentials import Keyring
from generator.mock.errors import ErrorShapes, RefusalError
from generator.mock.exchange import CallerGoneError, Exchange
from generator.mock.handling import Handler
from generator.mock.journal import Journal, Mask
from generator.mock.pages import page_routes
from generator.mock.results import Results
from generator.mock.wallets import WalletGate
from generator.spec import load_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from generator.spec.model import Contract

DEFAULT_KEY: Final = "mock-key"
"""The API key that an application accepts if it is given none."""

_log = logging.getLogger(__name__)


class UnservableSpecsError(ValueError):
    """These specs can't be mocked together, or have nothing to mock."""


class PathEndpoint:
    """Answers all requests to one path of an API, and writes each into the journal."""

    def __init__(self, handlers: Mapping[str, Handler], errors: ErrorShapes, journal: Journal, mask: Mask) -> None:
        """Prepare.

        Args:
            handlers: The operations at this path, by HTTP method; none for the path that stands for all unknown ones.
            errors: The shape of errors that come before an operation is known.
            journal: Where requests are written.
            mask: Hides secrets from the journal.
        """
        self._handlers = dict(handlers)
        if "GET" in self._handlers:
            self._handlers.setdefault("HEAD", self._handlers["GET"])
        self._errors = errors
        self._journal = journal
        self._mask = mask

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        exchange = Exchange.of(scope, receive)
        verdict: tuple[str, ...] = ()
        try:
            response = await self._handler(exchange).handle(exchange)
        except CallerGoneError:
            return
        except RefusalError as refusal:
            verdict = refusal.rules
            response = self._refused(exchange, refusal)
        except Exception:  # noqa: BLE001  # whatever fails, the caller gets an answer of the documented shape
            _log.exception("The mock failed at %s %s", exchange.method, exchange.path)
            response = self._refused(exchange, RefusalError(500, "The mock failed; its log says at what."))
        response.headers["X-Request-Id"] = exchange.id
        size = exchange.body.size if exchange.body else 0
        self._journal.record(exchange.entry(self._mask, response.status_code, verdict), size)
        await response(scope, receive, send)

    def _handler(self, exchange: Exchange) -> Handler:
        handler = self._handlers.get(exchange.method)
        if handler:
            return handler
        if not self._handlers:
            raise RefusalError(404, f"There is nothing at {exchange.path}.")
        allowed = ", ".join(sorted(self._handlers))
        raise RefusalError(405, f"This path takes {allowed}, not {exchange.method}.", headers={"Allow": allowed})

    def _refused(self, exchange: Exchange, refusal: RefusalError) -> Response:
        handler = self._handlers.get(exchange.method)
        errors = handler.errors if handler else self._errors
        return JSONResponse(errors.body(refusal, exchange.id), refusal.status, refusal.headers)


class UnknownPath:
    """Refuses requests to paths that no operation has, in the error shape of the API that the path seems to mean."""

    def __init__(self, contracts: Sequence[Contract], journal: Journal, mask: Mask) -> None:
        self._endpoints = [
            (operation.path.split("/"), PathEndpoint({}, ErrorShapes.of(operation.answers), journal, mask))
            for contract in contracts
            for operation in contract.operations
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        asked = scope["path"].split("/")
        _, endpoint = max(self._endpoints, key=lambda known: _common(known[0], asked))
        await endpoint(scope, receive, send)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many path segments two paths have in common, from the beginning."""
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


def create_app(
    contracts: Sequence[Contract] | None = None, *, keys: Sequence[str] = (DEFAULT_KEY,), seed: int = 0
) -> Starlette:
    """The mock of one or more APIs, as an application to serve or to call in-process.

    Args:
        contracts: The APIs; the project's own if None.
        keys: The API keys that are accepted; no other is.
        seed: Varies the images; the same seed and request give the same image.

    Returns:
        The application. Its journal is at ``app.state.journal``.

    Raises:
        UnservableSpecsError: Two APIs have an operation at the same path, or there is none.
    """
    contracts = load_all() if contracts is None else contracts
    journal, mask, results = Journal(), Mask(contracts), Results()
    keyring, wallets = Keyring(keys), WalletGate()
    at_path: dict[str, dict[str, Handler]] = {}
    for contract in contracts:
        for operation in contract.operations:
            handlers = at_path.setdefault(operation.path, {})
            if operation.method in handlers:
                taken = f"{operation.method} {operation.path}"
                raise UnservableSpecsError(f"Two operations are at {taken}. Serve their specs by two mocks.")
            handlers[operation.method] = Handler(
                contract, operation, keyring=keyring, wallets=wallets, results=results, seed=seed
            )
    if not at_path:
        raise UnservableSpecsError("The specs have no operations to mock.")
    routes = [
        Route(path, PathEndpoint(handlers, next(iter(handlers.values())).errors, journal, mask))
        for path, handlers in at_path.items()
    ]
    unknown = Route("/{path:path}", UnknownPath(contracts, journal, mask))
    app = Starlette(routes=[*routes, *page_routes(journal, results), unknown])
    app.state.journal = journal
    return app
