"""Answers requests to the paths of the APIs, and writes each into the journal."""

from __future__ import annotations

import logging
import sqlite3
import time
from typing import TYPE_CHECKING

from starlette.responses import Response

from generator.mock.exchange import CallerGoneError, Exchange
from generator.mock.faults.connection import whole_answer_of
from generator.mock.faults.performing import waited
from generator.mock.faults.stage import faulted, give
from generator.mock.journal.entry import Entry
from generator.mock.json_text import JsonResponse
from generator.mock.judging.errors import ErrorShapes, RefusalError
from generator.mock.storage.unwritten import NOT_WRITTEN, cant_keep, is_unwritten, log_unwritten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from generator.mock.faults import Faults
    from generator.mock.handling import Handler
    from generator.mock.journal.raw_entry import RawEntry
    from generator.mock.journal.recording import Recorder
    from generator.mock.serving.date_header import DateHeader
    from generator.spec.model import Contract

_log = logging.getLogger(__name__)


class PathEndpoint:
    """Answers all requests to one path of an API."""

    def __init__(
        self,
        handlers: Mapping[str, Handler],
        errors: ErrorShapes,
        recorder: Recorder,
        faults: Faults,
        date: DateHeader,
        *,
        latency: float = 0.0,
    ) -> None:
        """Prepare.

        Args:
            handlers: The operations at this path, by HTTP method; none for the path that stands for all unknown ones.
            errors: The shape of errors that come before an operation is known.
            recorder: Writes requests into the journal.
            faults: What goes wrong on purpose.
            date: Tells the time in answers.
            latency: How long every answer takes at least, in seconds.
        """
        self._handlers = dict(handlers)
        if "GET" in self._handlers:
            self._handlers.setdefault("HEAD", self._handlers["GET"])
        self._errors = errors
        self._recorder = recorder
        self._faults = faults
        self._date = date
        self._latency = latency

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        exchange = Exchange.of(scope, receive)
        try:
            response, entry = await self._answered(exchange, scope)
        finally:
            exchange.let_go()  # the answer may take its time, and others may wait for the room that the body takes
        if response is None:
            return
        if exchange.fault and isinstance(entry, Entry):
            dated = self._date.added(send)
            await give(exchange.fault, response, entry, self._recorder, scope=scope, receive=receive, send=dated)
        elif isinstance(response, JsonResponse):  # as Starlette would, in a third of the time
            headers = [*response.raw_headers, self._date.now()]
            at_once = whole_answer_of(scope)
            if at_once and at_once(response.status_code, headers, bytes(response.body)):
                return
            await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
            await send({"type": "http.response.body", "body": response.body})
        else:
            await response(scope, receive, self._date.added(send))

    async def _answered(self, exchange: Exchange, scope: Scope) -> tuple[Response | None, Entry | RawEntry | None]:
        """The answer, None where the caller is gone; and the request as it is written down, None where it can't be."""
        began = time.monotonic()
        refusal: RefusalError | None = None
        try:
            response = await self._answer(exchange)
        except CallerGoneError:
            return None, await self._recorded(exchange, None)
        except RefusalError as error:
            refusal = error.without_origin()
            response = self._refused(exchange, refusal)
        except Exception as error:  # noqa: BLE001  # whatever fails, the caller gets an answer of the documented shape
            refusal = self._failure(exchange, error)
            response = self._refused(exchange, refusal)
        if exchange.fault:
            response, refusal = self._faulted(exchange, response, refusal)
        if exchange.fault:
            response.headers["X-Request-Id"] = exchange.id  # in place of one that the fault says
        else:
            response.raw_headers.append((b"x-request-id", exchange.id.encode()))
        if self._latency and not await waited(scope, exchange.receive, began + self._latency - time.monotonic()):
            return None, await self._recorded(exchange, None)
        entry = await self._recorded(exchange, response, refusal)
        if entry is None:
            response = self._refused(exchange, RefusalError(500, NOT_WRITTEN))
        return response, entry

    def _failure(self, exchange: Exchange, error: Exception) -> RefusalError:
        """What a caller is told where the mock itself fails, after that is logged."""
        exchange.belongings.recipes.clear()  # no link to them is handed out
        if is_unwritten(error):
            log_unwritten(error)
            return RefusalError(500, cant_keep(error))
        path = self._recorder.mask.text(exchange.path)
        _log.error("The mock failed at %s %s", exchange.method, path, exc_info=error)
        return RefusalError(500, "The mock failed; its log says at what.")

    async def _answer(self, exchange: Exchange) -> Response:
        """The answer that the request deserves. What it is to meet on the way is found out first."""
        handler = self._handlers.get(exchange.method)
        operation, api = (handler.operation.id, handler.api) if handler else ("", "")
        exchange.fault = fault = self._faults.met_by(exchange, operation, api)
        if fault and fault.is_before:
            exchange.operation, exchange.api = operation, api
            return Response()
        return await self._handler(exchange).handle(exchange)

    def _faulted(
        self, exchange: Exchange, response: Response, refusal: RefusalError | None
    ) -> tuple[Response, RefusalError | None]:
        """The answer with what its fault makes of it, and why it is refused."""
        handler = self._handlers.get(exchange.method)
        operation, errors = (handler.operation, handler.errors) if handler else (None, self._errors)
        try:
            return faulted(exchange, response, operation, errors, refused=refusal is not None), refusal
        except RefusalError as error:
            return self._refused(exchange, error), error.without_origin()

    async def _recorded(
        self, exchange: Exchange, response: Response | None, refusal: RefusalError | None = None
    ) -> Entry | RawEntry | None:
        """What is written down of a request, once it is; None where that can't be done."""
        try:
            if exchange.fault:
                return await self._recorder.record_under_way(exchange, response, refusal)
            return await self._recorder.record(exchange, response, refusal)
        except (sqlite3.Error, OSError) as error:
            log_unwritten(error)
            return None

    def _handler(self, exchange: Exchange) -> Handler:
        handler = self._handlers.get(exchange.method)
        if handler:
            return handler
        if not self._handlers:
            raise RefusalError(404, f"There is nothing at {exchange.path}.")
        allowed = ", ".join(sorted(self._handlers))
        raise RefusalError(405, f"This path takes {allowed}, not {exchange.method}.", headers={"Allow": allowed})

    def _refused(self, exchange: Exchange, refusal: RefusalError) -> Response:
        if exchange.charge:
            exchange.charge.give_back()
            exchange.charge = None
        handler = self._handlers.get(exchange.method)
        errors = handler.errors if handler else self._errors
        return JsonResponse(errors.body(refusal, exchange.id), refusal.status, refusal.headers)


class UnknownPath:
    """Refuses requests to paths that no operation has, in the error shape of the API that the path seems to mean."""

    def __init__(self, contracts: Sequence[Contract], recorder: Recorder, faults: Faults, date: DateHeader) -> None:
        self._endpoints = [
            (operation.path.split("/"), PathEndpoint({}, ErrorShapes.of(operation.answers), recorder, faults, date))
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
