"""Parameters outside of the body: their boundary values, and how they get into a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from generator.conformance.sending import as_text, in_path
from generator.spec import Place, Shape
from generator.spec.boundary import sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.conformance.sending import Request
    from generator.spec import Json, Operation, Parameter, Rule


def parameter_shape(operation: Operation, place: Place) -> Shape | None:
    """The parameters of one place as if they were the fields of a form: text all of them, as in a form.

    Args:
        operation: The operation.
        place: Query, path or header.

    Returns:
        The shape; None if there are no parameters there.
    """
    found = [parameter for parameter in operation.parameters if parameter.place is place]
    if not found:
        return None
    schema = {
        "type": "object",
        "required": [parameter.name for parameter in found if parameter.required],
        "properties": {parameter.name: parameter.schema for parameter in found},
    }
    rules = tuple(_rule(parameter, rule) for parameter in found for rule in parameter.rules)
    return Shape(place.value, "multipart/form-data", schema, "", "", rules)


def with_parameters(request: Request, operation: Operation, values: Mapping[Place, Mapping[str, Json]]) -> Request:
    """A request with its parameters put in.

    Args:
        request: The request, its path still a template.
        operation: The operation.
        values: The parameters of the places that are tested. Those of other places are there if they must be.
    """
    path = request.path
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    for parameter in operation.parameters:
        given = values.get(parameter.place)
        if given is None and not parameter.required:
            continue
        value = sample(parameter.schema) if given is None else given.get(parameter.name)
        if parameter.place is Place.PATH:
            path = path.replace(f"{{{parameter.name}}}", "" if value is None else in_path(value))
        elif value is not None:
            (query if parameter.place is Place.QUERY else headers)[parameter.name] = as_text(value)
    return evolve(request, path=path, query=query, headers=headers)


def _rule(parameter: Parameter, rule: Rule) -> Rule:
    if rule.schema_path == ("required",):
        return evolve(rule, schema_path=("required", parameter.name))
    return evolve(rule, schema_path=("properties", parameter.name, *rule.schema_path))
