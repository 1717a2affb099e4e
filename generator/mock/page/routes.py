"""The routes of the page: itself, its files, the reference of rules, and what its form must know of the specs.

Nothing here comes from another host, and the page may reach no other host: its content security policy says so.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from generator.mock.control.control_api import ControlError, control_route
from generator.mock.page.reference import reference
from generator.mock.page.specs import described

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from generator.spec.model import Contract

PAGE: Final = "/"
"""Where the page is."""

RULES: Final = "/_mock/rules"
"""Where the reference of rules is; the fragment is a rule's id."""

_MEDIA_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",  # the page's address may hold a key until the page has read it
    "X-Content-Type-Options": "nosniff",
}


def page_routes(contracts: Sequence[Contract]) -> list[Route]:
    """The routes of the page.

    Args:
        contracts: The APIs that the mock serves.
    """
    rules = cache(lambda: reference(contracts).encode())
    specs = cache(lambda: described(contracts))

    async def page(_request: Request) -> Response:
        return _file("index.html")

    async def file(request: Request) -> Response:
        return _file(request.path_params["file"])

    async def rules_page(_request: Request) -> Response:
        return Response(rules(), headers=_HEADERS, media_type=_MEDIA_TYPES["html"])

    async def specs_of_page(request: Request) -> Response:
        paths = [route.path for route in request.app.routes if isinstance(route, Route)]
        control = [path for path in paths if path.startswith("/_mock/")]
        return JSONResponse({**specs(), "control": control}, headers={"Cache-Control": "no-cache"})

    return [
        control_route(PAGE, GET=page),
        control_route("/_mock/page/{file}", GET=file),
        control_route(RULES, GET=rules_page),
        control_route("/_mock/specs", GET=specs_of_page),
    ]


def _file(name: str) -> Response:
    content = _static().get(name)
    if content is None:
        raise ControlError(404, f"The page has no such file. It has {', '.join(sorted(_static()))}.")
    return Response(content, headers=_HEADERS, media_type=_MEDIA_TYPES[name.rpartition(".")[2]])


@cache
def _static() -> dict[str, bytes]:
    """The page's files by name: what isn't listed here can't be asked for."""
    folder = files("generator.mock.page") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in _MEDIA_TYPES}
