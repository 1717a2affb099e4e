"""What stands between the caller and the mock: changes of requests, changes of answers, answers in its stead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from attrs import evolve

from tests.conformance.mutants.edits import edited
from tests.conformance.mutants.image_change import changed_images
from tests.conformance.mutants.messages import Asked, Given, as_json, with_header
from tests.conformance.mutants.notation import File
from tests.conformance.mutants.predicates import holds

Next = Callable[[Asked], Awaitable[Given]]
Step = Callable[[Asked, Next], Awaitable[Given]]


def step_of(how: Mapping[str, Any]) -> Step:
    """The step that a mutation of a kind other than ``spec`` is.

    Args:
        how: ``kind`` and ``when`` (see `predicates`), and by kind:

            - ``request``: ``edit`` (see `edits`), ``header`` (name to value, or to null), ``query`` (the same),
              ``content`` (another body)
            - ``answer``: ``of`` (a status, else 2xx), ``status``, ``edit``, ``header``, ``content``, ``content_type``
            - ``instead``: ``status``, ``json`` or ``content`` and ``content_type``
            - ``refuse``: ``status`` (400 if absent), ``json`` the API's error
            - ``image``: ``to`` (see `image_change`)
    """
    return _KINDS[how["kind"]](how)


def _request_step(how: Mapping[str, Any]) -> Step:
    async def step(asked: Asked, answer: Next) -> Given:
        return await answer(_changed_request(how, asked) if holds(how["when"], asked) else asked)

    return step


def _changed_request(how: Mapping[str, Any], asked: Asked) -> Asked:
    for name, value in how.get("header", {}).items():
        asked = evolve(asked, headers=with_header(asked.headers, name, value))
    if query := how.get("query"):
        kept = [(name, value) for name, value in parse_qsl(asked.query) if name not in query]
        given = [(name, value) for name, value in query.items() if value is not None]
        asked = evolve(asked, query=urlencode(kept + given))
    if "content" in how:
        headers = with_header(asked.headers, "content-length", None)
        asked = evolve(asked, body=how["content"].encode(), headers=headers)
    body = asked.decoded() if "edit" in how else None
    if body is None:
        return asked
    new = edited(body, how["edit"])
    return asked if new == body and repr(new) == repr(body) else asked.with_body(new)


def _answer_step(how: Mapping[str, Any]) -> Step:
    async def step(asked: Asked, answer: Next) -> Given:
        given = await answer(asked)
        is_meant = given.status == how["of"] if "of" in how else given.status // 100 == 2
        return _changed_answer(how, given) if is_meant and holds(how["when"], asked) else given

    return step


def _changed_answer(how: Mapping[str, Any], given: Given) -> Given:
    if "edit" in how:
        given = given.with_body(as_json(edited(given.decoded(), how["edit"])))
    if "content" in how:
        given = given.with_body(_bytes(how["content"]), how.get("content_type"))
    for name, value in how.get("header", {}).items():
        given = evolve(given, headers=with_header(given.headers, name, value))
    return evolve(given, status=how.get("status", given.status))


def _instead_step(how: Mapping[str, Any]) -> Step:
    content = as_json(how["json"]) if "json" in how else _bytes(how.get("content", ""))
    content_type = how.get("content_type", "application/json" if "json" in how else "text/plain")
    headers = ((b"content-type", content_type.encode()), (b"content-length", str(len(content)).encode()))

    async def step(asked: Asked, answer: Next) -> Given:
        return Given(how["status"], headers, content) if holds(how["when"], asked) else await answer(asked)

    return step


def _bytes(content: str | File) -> bytes:
    return content.data if isinstance(content, File) else content.encode()


def _image_step(how: Mapping[str, Any]) -> Step:
    async def step(asked: Asked, answer: Next) -> Given:
        given = await answer(asked)
        is_meant = given.status // 100 == 2 and holds(how["when"], asked)
        return changed_images(given, how["to"]) if is_meant else given

    return step


_KINDS: Mapping[str, Callable[[Mapping[str, Any]], Step]] = {
    "request": _request_step,
    "answer": _answer_step,
    "instead": _instead_step,
    "refuse": lambda how: _instead_step({"status": 400, **how}),
    "image": _image_step,
}
