"""The mock's own pages, beside the APIs: the images that links lead to, and the journal. They take no credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from generator.mock.pictures import draw
from generator.mock.results import FOLDER

if TYPE_CHECKING:
    from starlette.requests import Request

    from generator.mock.journal import Journal
    from generator.mock.results import Results


def page_routes(journal: Journal, results: Results) -> list[Route]:
    """The routes of the mock's own pages."""

    async def image(request: Request) -> Response:
        recipe = results.recipe(request.path_params["name"])
        if recipe is None:
            return JSONResponse({"error": "There is no such image. The mock forgets images when it stops."}, 404)
        return Response(await run_in_threadpool(draw, recipe), media_type=recipe.media_type)

    async def requests(request: Request) -> Response:
        if request.method == "DELETE":
            journal.reset()
            return Response(status_code=204)
        return JSONResponse([entry.as_json() for entry in journal.entries()])

    return [
        Route(f"{FOLDER}/{{name}}", image, methods=["GET"]),
        Route("/_mock/requests", requests, methods=["GET", "DELETE"]),
    ]
