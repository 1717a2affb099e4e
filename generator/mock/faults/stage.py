"""Gives the answers of requests that meet a fault, and writes down what became of them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from attrs import evolve

from generator.mock.faults.answers import own_answer, spoiled
from generator.mock.faults.fault import FaultError
from generator.mock.faults.performing import Performance, perform
from generator.mock.judging.errors import RefusalError
from generator.mock.storage.unwritten import log_unwritten

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from generator.mock.exchange import Exchange
    from generator.mock.faults.fault import Fault
    from generator.mock.journal.entry import Entry
    from generator.mock.journal.recording import Recorder
    from generator.mock.judging.errors import ErrorShapes
    from generator.spec.model import Operation


def faulted(
    exchange: Exchange, response: Response, operation: Operation | None, errors: ErrorShapes | None, *, refused: bool
) -> Response:
    """The answer to a request that meets a fault.

    Args:
        exchange: The request.
        response: The answer that it would have had.
        operation: The operation; None where none was meant.
        errors: The error shapes; None for those of object stores, where a result's link was followed.
        refused: Whether the request was refused, so that the answer that the fault is for never was.

    Raises:
        RefusalError: The fault changes a place that this answer hasn't.
    """
    fault = exchange.fault
    if fault is None:
        return response
    if fault.replaces:
        response = own_answer(fault, operation, errors, exchange.id)
    elif refused:
        fault = evolve(fault, status=None, set={}, unknown_values=False, unknown_fields=False, violation=False)
    asked = exchange.body.described if exchange.body else None
    try:
        return spoiled(fault, response, operation, asked=asked, upstream=exchange.upstream and exchange.upstream.value)
    except FaultError as error:
        raise RefusalError(400, f"The fault can't be performed: {error}.") from None


async def give(
    fault: Fault, response: Response, entry: Entry, recorder: Recorder, *, scope: Scope, receive: Receive, send: Send
) -> None:
    """Give an answer as the request's fault wants it, and write down what becomes of it.

    Args:
        fault: The fault.
        response: The answer.
        entry: The request as the journal has it already.
        recorder: Writes the journal.
        scope: As ASGI has it.
        receive: As ASGI has it.
        send: As ASGI has it.

    Raises:
        ConnectionError: The application is called in-process, and the connection would have been lost.
    """

    def ended(performance: Performance) -> None:
        _finish(entry, performance, recorder, response)
        try:
            recorder.journal.update(entry)
        except (sqlite3.Error, OSError) as error:
            log_unwritten(error)
        recorder.tell(entry)

    await perform(fault, response, scope=scope, receive=receive, send=send, ended=ended)


def _finish(entry: Entry, performance: Performance, recorder: Recorder, response: Response) -> None:
    entry.first_byte = _text(performance.first_byte)
    entry.finished = _text(performance.finished)
    entry.outcome = performance.outcome
    if performance.first_byte is not None:
        entry.answer = {**recorder.answer(response), "sent": performance.sent}


def _text(time: datetime | None) -> str:
    return time.isoformat(timespec="microseconds") if time else ""
