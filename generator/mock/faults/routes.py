"""The script of a bad day in the control interface: ``/_mock/faults``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response

from generator.mock.control.control_api import ControlError, control_route, json_value
from generator.mock.faults.fault import FaultError
from generator.mock.faults.file import faults_of
from generator.mock.faults.ready import READY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.routing import Route

    from generator.mock.faults.faults import Faults
    from generator.mock.faults.script import Step
    from generator.spec.model import Json

_SEQ: Final = re.compile(r"[0-9]{1,18}")


def fault_routes(faults: Faults) -> list[Route]:
    """The routes of the script: look at it (GET), add to it (POST), forget it or one of it (DELETE)."""

    async def shown(_request: Request) -> Response:
        ready = [{"name": name, "summary": fault.summary, "fields": fault.fields} for name, fault in READY.items()]
        return JSONResponse({"faults": _told(faults.steps()), "ready": ready})

    async def added(request: Request) -> Response:
        value = await json_value(request)
        try:
            steps = faults.add(*faults_of(value))
        except FaultError as error:
            raise ControlError(400, f"This can't be done: {error}") from None
        return JSONResponse({"faults": _told(steps)}, 201)

    async def forgotten(_request: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    async def removed(request: Request) -> Response:
        seq = request.path_params["seq"]
        if not (_SEQ.fullmatch(seq) and faults.remove(int(seq))):
            raise ControlError(404, "The script has no such fault (any more). GET /_mock/faults lists them.")
        return Response(status_code=204)

    return [
        control_route("/_mock/faults", GET=shown, POST=added, DELETE=forgotten),
        control_route("/_mock/faults/{seq}", DELETE=removed),
    ]


def _told(steps: Iterable[Step]) -> list[Json]:
    return [step.as_json() for step in steps]
