"""Calls by the generated client, with a body given as plain data, whatever the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec import Json

    from .subjects import Subject

KEY = "a-key-made-up-for-tests"
BASE_URL = "http://gateway.test"


def sync_client(subject: Subject, transport: httpx.BaseTransport, key: str = KEY) -> Any:
    """The subject's client, over a transport."""
    client = getattr(subject.package, subject.contract.title)
    return client(key, base_url=BASE_URL, max_retries=0, http_client=httpx.Client(transport=transport))


def async_client(subject: Subject, transport: httpx.AsyncBaseTransport, key: str = KEY) -> Any:
    """The subject's asynchronous client, over a transport."""
    client = getattr(subject.package, f"Async{subject.contract.title}")
    return client(key, base_url=BASE_URL, max_retries=0, http_client=httpx.AsyncClient(transport=transport))


def call(subject: Subject, client: Any, body: Mapping[str, Json]) -> Any:
    """Make the call whose request body is this one.

    JSON goes by the method that users call. A form goes by the function in `api`, for without a file the method would
    take its arguments for JSON.

    Args:
        subject: The request shape.
        client: The client. With an asynchronous one the call is to be awaited.
        body: The body; files in it are bytes.

    Raises:
        RequestRefused: The client's rules refuse the body.
    """
    if subject.shape.is_multipart:
        return call_function(subject, client, body)
    return call_method(subject, client, body)


def call_method(subject: Subject, client: Any, body: Mapping[str, Any], **options: Any) -> Any:
    """Make a call by the method that users call. See `call`.

    Args:
        subject: The request shape.
        client: The client.
        body: The body.
        options: What else the method takes.
    """
    resource = getattr(client, subject.operation.resource)
    return getattr(resource, subject.operation.name)(**arguments(subject, body), **options)


def call_function(subject: Subject, client: Any, body: Mapping[str, Any]) -> Any:
    """Make a call by the function in `api`, to which the request's class says how it is sent. See `call`."""
    send = subject.endpoint.asyncio if type(client).__name__.startswith("Async") else subject.endpoint.sync
    return send(client=client, body=subject.model(body)(**arguments(subject, body)))


def arguments(subject: Subject, body: Mapping[str, Any]) -> dict[str, Any]:
    """A body's fields as keyword arguments: by their names in Python; what is not documented in a mapping beside."""
    names = _python_names(subject.model(body))
    known = {names[name]: value for name, value in body.items() if name in names}
    others = {name: value for name, value in body.items() if name not in names}
    return {**known, "additional_properties": others} if others else known


def _python_names(model: Any) -> dict[str, str]:
    """Of a generated class, the name of each field in the API and in Python."""
    fields = {field.metadata.get("name", field.name): field.name for field in model.__attrs_attrs__}
    fields.pop("additional_properties")
    return fields


def stub_answer(subject: Subject) -> httpx.Response:
    """The least answer that the client takes for a success."""
    kinds = next(answer.content for answer in subject.operation.answers if answer.status == "200")
    media_type = next(iter(kinds))
    content = b"{}" if media_type == "application/json" else b"an image"
    return httpx.Response(200, content=content, headers={"Content-Type": media_type})
