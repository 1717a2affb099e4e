"""Makes the calls that a specimen states, over httpx's mock transport, and keeps what was sent."""

from __future__ import annotations

import asyncio
import importlib
import io
import pkgutil
import sys
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
from attrs import field, frozen

import generator.client.runtime as shared_runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .specimens import Specimen

_KINDS = ("path", "query", "header", "cookie")


@frozen
class Exchange:
    """What a call sent, and what came of it.

    Attributes:
        requests: The requests, each read to its end.
        result: What the method returned; None if it raised.
        error: What it raised.
        warnings: What it warned of.
    """

    requests: list[httpx.Request] = field(factory=list)
    result: Any = None
    error: Exception | None = None
    warnings: list[str] = field(factory=list)


def import_package(name: str) -> None:
    """Import every module of a package, which shares the runtime of the generator.

    Each package holds its own copy of the runtime, byte for byte; to compile a hundred copies would take a minute.

    Args:
        name: The package, which can be imported.
    """
    for module in runtime_modules():
        below = module.removeprefix(shared_runtime.__name__)
        sys.modules[f"{name}._runtime{below}"] = importlib.import_module(module)
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        if "._runtime" not in found.name:
            importlib.import_module(found.name)


@cache
def runtime_modules() -> tuple[str, ...]:
    """The modules of the runtime."""
    below = pkgutil.iter_modules(shared_runtime.__path__, f"{shared_runtime.__name__}.")
    return (shared_runtime.__name__, *(found.name for found in below))


def round_trips_of(module: str) -> list[Callable[[], None]]:
    """The tests of a module that was generated beside a package.

    Args:
        module: Its name.
    """
    return [value for name, value in vars(importlib.import_module(module)).items() if name.startswith("test_")]


@cache
def operations(name: str) -> tuple[Any, ...]:
    """What a package's client knows of each operation."""
    package = importlib.import_module(f"{name}._operations")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__, f"{name}._operations."))
    return tuple(importlib.import_module(each).OPERATION for each in names)


def made(specimen: Specimen, call: Mapping[str, Any], *, is_async: bool) -> Exchange:
    """Make a call.

    Args:
        specimen: The specimen, whose package can be imported.
        call: The call as its `x-zoo` states it.
        is_async: Whether to make it with the asynchronous client.
    """
    operation = _operation(specimen.name, call)
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        requests.append(request)
        return _answer(call, request)

    async def answer_later(request: httpx.Request) -> httpx.Response:
        await request.aread()
        requests.append(request)
        return _answer(call, request)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result, error = None, None
        try:
            arguments = _arguments(operation, call)
            if is_async:
                result = asyncio.run(_awaited(specimen, call, operation, arguments, answer_later))
            else:
                with httpx.Client(transport=httpx.MockTransport(answer)) as over:
                    result = _method(_client(specimen, call, "", over), operation)(**arguments)
        except Exception as caught_error:  # noqa: BLE001 - the test says what must be raised
            error = caught_error
    return Exchange(requests, result, error, [str(each.message) for each in caught])


async def _awaited(
    specimen: Specimen, call: Mapping[str, Any], operation: Any, arguments: dict[str, Any], answer: Any
) -> Any:
    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as over:
        return await _method(_client(specimen, call, "Async", over), operation)(**arguments)


def _client(specimen: Specimen, call: Mapping[str, Any], prefix: str, over: httpx.Client | httpx.AsyncClient) -> Any:
    module = importlib.import_module(f"{specimen.name}._client")
    ending = "AsyncClient" if prefix else "SyncClient"
    kind = next(
        value
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == module.__name__ and value.__mro__[1].__name__ == ending
    )
    credentials = call.get("credentials", ())
    if isinstance(credentials, dict):
        return kind(http_client=over, **specimen.client, **credentials)
    given = [tuple(each) if isinstance(each, list) else each for each in credentials]
    return kind(*given, http_client=over, **specimen.client)


def _method(client: Any, operation: Any) -> Any:
    _, resource, name = operation.called.split(".")
    return getattr(getattr(client, resource), name)


def _operation(name: str, call: Mapping[str, Any]) -> Any:
    found = [each for each in operations(name) if _is_meant(each, call)]
    known = [(each.called, each.method, each.path) for each in operations(name)]
    assert len(found) == 1, f"{call.get('call') or call.get('at')} is none of {known}"
    return found[0]


def _is_meant(operation: Any, call: Mapping[str, Any]) -> bool:
    if "at" in call:
        return bool(f"{operation.method} {operation.path}" == call["at"])
    return bool(operation.called == f"client.{call['call']}")


def _arguments(operation: Any, call: Mapping[str, Any]) -> dict[str, Any]:
    if "wire" in call or "model" in call:
        wire = call.get("wire", {"body": call.get("model")})
        return dict(_by_wire_names(operation, wire))
    return {name: _value(value) for name, value in call.get("give", {}).items()}


def _by_wire_names(operation: Any, wire: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Arguments by their Python names, which the specimen doesn't state where they are for the generator to choose."""
    known = {(place, name): own for own, place, name in _parameters(operation)}
    for place in _KINDS:
        for name, value in wire.get(place, {}).items():
            yield known[place, name], value
    body = wire.get("body")
    if body is None:
        return
    fields = [_fields(shape.model) for shape in operation.shapes]
    named = next((each for each in fields if body.keys() <= each.keys()), max(fields, key=len))
    if "body" in named.values() and body.keys().isdisjoint(named):
        yield "body", body
        return
    yield from ((named[name], value) for name, value in body.items() if name in named)
    if more := {name: value for name, value in body.items() if name not in named}:
        yield "additional_properties", more


def _fields(model: Any) -> dict[str, str]:
    fields = (each for each in model.__attrs_attrs__ if each.name != "additional_properties")
    return {each.metadata.get("name", each.name): each.name for each in fields}


def _parameters(operation: Any) -> Iterator[tuple[str, str, str]]:
    for each in operation.parameters.__attrs_attrs__ if operation.parameters else ():
        name = each.metadata.get("name", each.name)
        place = each.metadata.get("in") or ("path" if f"{{{name}}}" in operation.path else "query")
        yield each.name, place, name


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(each) for each in value]
    if isinstance(value, dict) and "$file" in value:
        name, content = value["$file"]
        return name, io.BytesIO(content.encode())
    if isinstance(value, dict) and "$bytes" in value:
        return value["$bytes"].encode()
    return value


def _answer(call: Mapping[str, Any], request: httpx.Request) -> httpx.Response:
    stated = call.get("answers", {}).get(request.url.path, call.get("answer", {}))
    headers = dict(stated.get("headers", {}))
    if "type" in stated:
        headers["Content-Type"] = stated["type"]
    if "location" in stated:
        headers["Location"] = stated["location"]
    if "json" in stated and "type" in stated:
        content = httpx.Response(200, json=stated["json"]).content
        return httpx.Response(stated.get("status", 200), headers=headers, content=content)
    if "json" in stated:
        return httpx.Response(stated.get("status", 200), headers=headers, json=stated["json"])
    return httpx.Response(stated.get("status", 200), headers=headers, content=stated.get("text", "").encode())
