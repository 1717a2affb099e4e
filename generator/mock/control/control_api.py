"""The control interface under ``/_mock/``, without credentials: the journal, the clock, uploads, a new start."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from generator.mock.journal.curl import as_curl
from generator.mock.journal.har import as_har
from generator.mock.journal.journal_filter import InvalidFilterError, JournalFilter
from generator.mock.json_text import JsonResponse
from generator.mock.requests.bodies import UnreadableBodyError, decode_json
from generator.mock.requests.image_input import media_type_of
from generator.mock.storage.blobs import FOLDER as BLOBS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from generator.mock.handle import MockControl
    from generator.mock.journal.entry import Entry
    from generator.spec.model import Json

    Answer = Callable[[Request], Awaitable[Response]]

_log = logging.getLogger(__name__)

_ROOT: Final = "/_mock"
_LARGEST_BODY: Final = 1_000_000  # bytes
_FORMATS: Final = ("json", "har", "curl")
_INERT: Final = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


class ControlError(Exception):
    """A control request that can't be carried out.

    Attributes:
        status: The HTTP status.
        message: What is wrong and what to do about it.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class ControlEndpoint:
    """Answers the control requests to one path."""

    def __init__(self, path: str, answers: Mapping[str, Answer]) -> None:
        """Prepare.

        Args:
            path: The path's template.
            answers: What answers, by HTTP method; none for the path that stands for all unknown ones.
        """
        self._path = path
        self._answers = dict(answers)
        if "GET" in self._answers:
            self._answers.setdefault("HEAD", self._answers["GET"])

    @property
    def methods(self) -> frozenset[str]:
        """The HTTP methods that it answers."""
        return frozenset(self._answers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as ASGI has it."""
        request = Request(scope, receive)
        answer = self._answers.get(request.method)
        try:
            response = await answer(request) if answer else self._refused(request)
        except ControlError as error:
            response = JsonResponse({"error": error.message}, error.status)
        except ClientDisconnect:
            return
        except Exception:  # noqa: BLE001  # whatever fails, the caller gets an answer that can be read
            _log.exception("The mock failed at %s %s", request.method, self._path)
            response = JsonResponse({"error": "The mock failed; its log says at what."}, 500)
        await response(scope, receive, send)

    def _refused(self, request: Request) -> Response:
        if not self._answers:
            place = request.url.path[:200]
            message = f"The control interface has nothing at {place}. GET {_ROOT} lists what there is."
            return JsonResponse({"error": message}, 404)
        allowed = ", ".join(sorted(self._answers))
        message = f"This path takes {allowed}, not {request.method}."
        return JsonResponse({"error": message}, 405, {"Allow": allowed})


def control_route(path: str, **answers: Answer) -> Route:
    """A route of the control interface.

    Args:
        path: Its path.
        answers: What answers, by HTTP method: ``GET=show, PUT=change``.
    """
    return Route(path, ControlEndpoint(path, answers))


async def json_object(request: Request) -> dict[str, Json]:
    """The JSON object that a control request carries.

    Raises:
        ControlError: It carries none.
    """
    value = await json_value(request)
    if not isinstance(value, dict):
        raise ControlError(400, "The request's body must be a JSON object.")
    return value


async def json_value(request: Request) -> Json:
    """The JSON value that a control request carries.

    Raises:
        ControlError: It carries none.
    """
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LARGEST_BODY:
            raise ControlError(413, f"A control request takes at most {_LARGEST_BODY} bytes.")
    try:
        return decode_json(bytes(content))
    except UnreadableBodyError as error:
        raise ControlError(400, f"The request can't be read: {error}.") from None


def control_routes(mock: MockControl) -> list[Route]:
    """The routes of journal, uploads, clock and reset."""
    return [
        *_journal_routes(mock),
        control_route("/_mock/clock", GET=_clock_shown(mock), PUT=_clock_moved(mock)),
        control_route("/_mock/reset", POST=_reset(mock)),
        control_route(f"{BLOBS}/{{digest}}", GET=_blob(mock)),
    ]


def index_route(routes: Sequence[Route]) -> Route:
    """The route that lists others.

    Args:
        routes: The others.
    """
    known = [
        {"path": route.path, "methods": sorted(route.app.methods)}
        for route in routes
        if isinstance(route.app, ControlEndpoint) and route.path.startswith(_ROOT)
    ]

    async def listed(_request: Request) -> Response:
        return JsonResponse({"routes": known})

    return control_route(_ROOT, GET=listed)


def unknown_route() -> Route:
    """The route of all other paths of the control interface."""
    path = f"{_ROOT}/{{path:path}}"
    return Route(path, ControlEndpoint(path, {}))


def _journal_routes(mock: MockControl) -> list[Route]:
    async def listed(request: Request) -> Response:
        query = dict(request.query_params)
        form = query.pop("format", _FORMATS[0])
        try:
            epoch = mock.journal.epoch()  # first: entries of a later journal are read anew, those of an earlier not
            entries = mock.requests(JournalFilter.of_query(query))
        except InvalidFilterError as error:
            raise ControlError(400, str(error)) from None
        answer = _exported(entries, form)
        answer.headers["X-Mock-Epoch"] = epoch
        return answer

    async def forgotten(_request: Request) -> Response:
        mock.journal.reset()
        return Response(status_code=204)

    async def one(request: Request) -> Response:
        entry = mock.journal.entry(request.path_params["id"])
        if entry is None:
            raise ControlError(
                404, "The journal has no request with this id (any more). GET /_mock/requests lists them."
            )
        form = request.query_params.get("format", _FORMATS[0])
        return JsonResponse(entry.as_json()) if form == _FORMATS[0] else _exported([entry], form)

    return [
        control_route("/_mock/requests", GET=listed, DELETE=forgotten),
        control_route("/_mock/requests/{id}", GET=one),
    ]


def _exported(entries: Sequence[Entry], form: str) -> Response:
    match form:
        case "json":
            return JsonResponse([entry.as_json() for entry in entries])
        case "har":
            headers = {"Content-Disposition": 'attachment; filename="mock.har"'}
            return Response(as_har(entries), headers=headers, media_type="application/json")
        case "curl":
            return PlainTextResponse("\n".join(as_curl(entry) for entry in entries))
    raise ControlError(400, f"format must be one of {', '.join(_FORMATS)}.")


def _clock_shown(mock: MockControl) -> Answer:
    async def shown(_request: Request) -> Response:
        return _clock(mock)

    return shown


def _clock_moved(mock: MockControl) -> Answer:
    async def moved(request: Request) -> Response:
        change = await json_object(request)
        ways = {"move_seconds": mock.clock.move, "offset_seconds": mock.clock.set_offset}
        match [*change.items()]:
            case [(str(name), int() | float() as seconds)] if name in ways and not isinstance(seconds, bool):
                try:
                    ways[name](seconds)
                except ValueError as error:
                    raise ControlError(400, str(error)) from None
            case _:
                raise ControlError(400, 'Send {"move_seconds": number} or {"offset_seconds": number}.')
        return _clock(mock)

    return moved


def _clock(mock: MockControl) -> Response:
    now = mock.clock.now().isoformat(timespec="milliseconds")
    return JsonResponse({"now": now, "offset_seconds": mock.clock.offset})


def _reset(mock: MockControl) -> Answer:
    async def reset(_request: Request) -> Response:
        mock.reset()
        return Response(status_code=204)

    return reset


def _blob(mock: MockControl) -> Answer:
    async def blob(request: Request) -> Response:
        content = mock.blobs.read(request.path_params["digest"])
        if content is None:
            raise ControlError(404, "There is no such upload (any more). The journal names them.")
        # What somebody has sent: shown if it is an image that pages show, and never run.
        media_type = media_type_of(content)
        headers = _INERT if media_type else {**_INERT, "Content-Disposition": "attachment"}
        return Response(content, headers=headers, media_type=media_type or "application/octet-stream")

    return blob
