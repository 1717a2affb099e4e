"""Request bodies as Schemathesis makes them from a shape's schema: right ones, and wrong ones by its mutations.

The keywords that Schemathesis doesn't know (``x-total-pixels``, ``x-image``) and the texts that every gateway takes
become formats, registered with it. What it makes is judged by the rules before it is sent.

Of its own checks one is on, ``content_type_conformance``, for answers of success. The others would cry wolf:

- ``not_a_server_error`` counts 502 to 504, which tell of an outage. The search asks again, and asks something plain.
- ``negative_data_rejection`` and ``positive_data_acceptance`` know neither levels of certainty, nor what the x-
  keywords ask for, nor that all is text in a form. The rules judge what is really sent.
- ``response_schema_conformance``, ``response_headers_conformance`` and ``status_code_conformance`` take what is only
  published for documented, and a null for a fault. The run judges each answer rule by rule, with its level.
- ``ignored_auth``, ``unsupported_method`` and ``missing_required_header`` are named cases of the run, sent once each.
- ``use_after_free`` and ``ensure_resource_availability`` are for APIs that keep resources.
- ``max_response_time`` is nobody's promise.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Literal

import requests
import schemathesis
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance
from schemathesis.transport.serialization import Binary

from generator.conformance.search.fields import model_fields, plain_fields
from generator.spec.boundary import base_body
from generator.spec.boundary.steps import schema_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy
    from schemathesis.schemas import APIOperation

    from generator.conformance.exchange import Exchange
    from generator.conformance.search.fields import PlainField
    from generator.spec import Json, Operation, Shape

_CONFIG: Final = {
    # What an answer said may not steer the search: the same seed is to send the same requests.
    "cache": {"enabled": False},
    "phases": {"fuzzing": {"error-feedback": {"enabled": False}, "extra-data-sources": {"responses": False}}},
}
_URL: Final = "http://gateway.invalid/"


def schemathesis_bodies(operation: Operation, shape: Shape, mode: Literal["right", "wrong"]) -> SearchStrategy[Json]:
    """Bodies that Schemathesis makes for a shape; what must come of each remains to be judged.

    Args:
        operation: The operation.
        shape: One of its shapes.
        mode: Right ones are made from the shape narrowed to plain fields, wrong ones from the shape as it stands.

    Returns:
        The bodies; ``bytes`` for one that is no value of its media type at all.
    """
    fields = plain_fields(operation, shape)
    if mode == "right":
        schema, generation = _narrowed(operation, shape, fields), GenerationMode.POSITIVE
    else:
        schema, generation = _formatted(operation, shape, fields), GenerationMode.NEGATIVE
    made = _explored(operation, shape, schema).as_strategy(generation_mode=generation)
    return made.map(lambda case: _plain(case.body))


class Complaints:
    """What those of Schemathesis's own checks say of successes that can be right.

    Args:
        operation: The operation.
        shape: The shape of its requests.
    """

    def __init__(self, operation: Operation, shape: Shape) -> None:
        self._operation = _explored(operation, shape, {})
        self._media_type = shape.media_type
        self._sent = requests.Request(operation.method, _URL).prepare()

    def of(self, exchange: Exchange) -> list[str]:
        """What is wrong with an answer of success, in words."""
        answer = exchange.answer
        headers = {name: [value] for name, value in answer.headers.items()}
        response = schemathesis.Response(answer.status, headers, answer.body, self._sent, answer.seconds, verify=False)
        case = self._operation.Case(media_type=self._media_type)
        try:
            case.validate_response(response, checks=[content_type_conformance])
        except FailureGroup as group:
            return [" ".join(str(failure).split()) for failure in group.exceptions]
        return []


def _explored(operation: Operation, shape: Shape, schema: Mapping[str, Json]) -> APIOperation[Any, Any, Any, Any]:
    """An operation with one body, as Schemathesis takes it: without credentials, which the run adds by itself."""
    answers = {
        answer.status: {"description": "", "content": {media_type: {} for media_type in answer.content}}
        for answer in operation.answers
        if answer.status.startswith("2")
    }
    body = {"required": True, "content": {shape.media_type: {"schema": schema}}}
    node = {"operationId": operation.id, "requestBody": body, "responses": answers or {"200": {"description": ""}}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "search", "version": "1"},
        "paths": {"/": {operation.method.lower(): node}},
    }
    config = schemathesis.Config.from_dict(_CONFIG)
    schemas = schemathesis.openapi.from_dict(json.loads(json.dumps(document)), config=config)
    found: APIOperation[Any, Any, Any, Any] = schemas["/"][operation.method]
    return found


def _narrowed(operation: Operation, shape: Shape, fields: Mapping[str, PlainField]) -> dict[str, Json]:
    """A shape of which all that keeps it is surely right, but for conditions between fields."""
    base, models = base_body(operation, shape), set(model_fields(shape))
    required = schema_at(shape.schema, ()).get("required", ())
    properties: dict[str, Json] = {}
    for name, plain in fields.items():
        stated = schema_at(shape.schema, (name,))
        if name in models and name in base:
            properties[name] = {"enum": [base[name]]}
        elif "enum" in stated or stated.get("type") == "boolean":
            properties[name] = {key: stated[key] for key in ("type", "enum") if key in stated}
        elif stated.get("type") == "integer":
            properties[name] = {
                "type": "integer",
                "minimum": stated.get("minimum", 0),
                "maximum": stated.get("maximum", 9),
            }
        elif stated.get("type") == "string":
            properties[name] = {"type": "string", "format": _format(operation, shape, plain)}
        elif name in base and not _holds_bytes(base[name]):
            properties[name] = {"enum": [base[name]]}
        elif name in required:
            properties[name] = {"type": "array", "minItems": 1, "maxItems": 1, "items": _file(operation, shape, plain)}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _formatted(operation: Operation, shape: Shape, fields: Mapping[str, PlainField]) -> dict[str, Json]:
    """A shape as it stands, its texts with formats: of a body that Schemathesis spoils, most of the rest is right."""
    schema: dict[str, Json] = json.loads(json.dumps(shape.schema))
    for name, plain in fields.items():
        stated = schema.get("properties", {}).get(name, {})
        if stated.get("type") == "string" and "enum" not in stated:
            stated["format"] = _format(operation, shape, plain)
    return schema


def _file(operation: Operation, shape: Shape, plain: PlainField) -> dict[str, Json]:
    return {"type": "string", "format": _format(operation, shape, plain)}


def _format(operation: Operation, shape: Shape, plain: PlainField) -> str:
    """The name of a format, newly registered, whose texts are a field's plain values."""
    name = "-".join(["plain", operation.path.strip("/").replace("/", "-"), shape.name, plain.name])
    schemathesis.openapi.format(name, plain.values.map(_wrapped))
    return name


def _wrapped(value: Json) -> Any:
    one = value[0] if isinstance(value, list) else value
    return Binary(one) if isinstance(one, bytes) else one


def _holds_bytes(value: Json) -> bool:
    return isinstance(value, bytes) or (isinstance(value, list) and any(isinstance(item, bytes) for item in value))


def _plain(body: Any) -> Json:
    """A body without Schemathesis's own types."""
    if isinstance(body, Binary):
        return body.data
    if isinstance(body, dict):
        return {key: _plain(value) for key, value in body.items()}
    if isinstance(body, float) and body.is_integer():
        return int(body)  # some gateways take 2.0 for an integer, and some don't
    return [_plain(value) for value in body] if isinstance(body, list) else body
