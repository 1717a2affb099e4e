"""Serves the images that result URLs lead to, as object stores do: without credentials, until the URL expires."""

from __future__ import annotations

import logging
import sqlite3
from http.client import OK
from typing import TYPE_CHECKING
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from starlette.responses import Response
from starlette.routing import Route

from generator.mock.exchange import Exchange
from generator.mock.faults import DOWNLOAD
from generator.mock.faults.stage import faulted, give
from generator.mock.images.drawing import in_drawing_thread
from generator.mock.images.pictures import draw
from generator.mock.judging.errors import RefusalError
from generator.mock.storage.results import FOLDER, Altered, Expired
from generator.mock.storage.unwritten import NOT_WRITTEN, log_unwritten

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from generator.mock.handle import MockControl
    from generator.mock.journal.recording import Recorder


_log = logging.getLogger(__name__)


class Download:
    """Answers the requests to result URLs."""

    def __init__(self, mock: MockControl, recorder: Recorder) -> None:
        """Prepare.

        Args:
            mock: The results, and what goes wrong on purpose.
            recorder: Writes down the requests that meet a fault.
        """
        self._mock = mock
        self._recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        exchange = Exchange.of(scope, receive)
        try:
            exchange.fault = self._mock.faults.met_by(exchange, DOWNLOAD, "")
            response = await self._image(exchange)
            response = faulted(exchange, response, None, None, refused=response.status_code != OK)
        except RefusalError as refusal:
            exchange.fault = None
            response = _error(refusal.status, "InvalidArgument", refusal.message)
        except Exception:  # noqa: BLE001  # whatever fails, the caller gets an answer as object stores give it
            _log.exception("The mock failed at a result's link")
            exchange.fault = None
            response = _error(500, "InternalError", "The mock failed; its log says at what.")
        if exchange.fault is None:
            await response(scope, receive, send)
            return
        exchange.operation = DOWNLOAD
        try:
            entry = await self._recorder.record_under_way(exchange, response)
        except (sqlite3.Error, OSError) as error:
            log_unwritten(error)
            await _error(500, "InternalError", NOT_WRITTEN)(scope, receive, send)
            return
        await give(exchange.fault, response, entry, self._recorder, scope=scope, receive=receive, send=send)

    async def _image(self, exchange: Exchange) -> Response:
        expires = parse_qs(exchange.query).get("expires", [""])[-1]
        recipe = self._mock.results.recipe(exchange.path_parameters["name"], expires)
        if recipe is None:
            return _error(404, "NoSuchKey", "The specified key does not exist.")
        if isinstance(recipe, Expired):
            return _error(403, "AccessDenied", "Request has expired.")
        if isinstance(recipe, Altered):
            return _error(403, "SignatureDoesNotMatch", "Follow the link as it was given, with its query.")
        content = await in_drawing_thread(lambda: draw(recipe, self._mock.blobs.read))
        return Response(content, media_type=recipe.media_type)


def download_routes(mock: MockControl, recorder: Recorder) -> list[Route]:
    """The route of result URLs."""
    return [Route(f"{FOLDER}/{{name}}", Download(mock, recorder), methods=["GET"])]


def _error(status: int, code: str, message: str) -> Response:
    told = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>\n{told}', status, media_type="application/xml")
