"""What a gateway's list of models tells of the one that is asked: its price and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from generator.conformance.cases.making import request_of
from generator.conformance.json_text import read_json
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.conformance.exchange import Answer
    from generator.conformance.sending import Request
    from generator.spec import Contract, Json, Operation, Shape


@frozen
class Told:
    """What is told of one model.

    Attributes:
        usd: What one request costs, in US dollars; None if that isn't told.
        limits: By role what the model takes: a number is the most characters, a list the values.
    """

    usd: float | None = None
    limits: Mapping[Role, Json] = field(factory=dict)

    def takes(self, shape: Shape, name: str, body: Json) -> bool:
        """Whether the list says that the model takes what a body has in a field.

        Args:
            shape: The body's shape.
            name: The field, at the top of the body.
            body: The body.
        """
        prop = shape.schema.get("properties", {}).get(name, {})
        if not isinstance(body, dict) or name not in body or "x-role" not in prop:
            return False
        value, limit = body[name], self.limits.get(Role(prop["x-role"]))
        if isinstance(limit, list):
            return value in limit
        return isinstance(limit, int) and isinstance(value, str) and len(value) <= limit

    def knows(self, shape: Shape, name: str) -> bool:
        """Whether the list says anything of what the model takes in a field."""
        role = shape.schema.get("properties", {}).get(name, {}).get("x-role")
        return role is not None and Role(role) in self.limits


NOTHING = Told()
_MOST_USD = 1e6
"""A price from here on is none."""


def lister_of(contract: Contract) -> Operation | None:
    """The operation that lists the models, if there is one and it is free of charge."""
    return next((each for each in contract.operations if each.model_list and each.method == "GET"), None)


def list_request(lister: Operation) -> Request:
    """The request that asks for the models in question: a list may hold others only, unless it is asked for these."""
    plain = request_of(lister, None, None)
    return evolve(plain, query={**plain.query, **lister.model_list.get("query", {})})


def told_of(lister: Operation, answer: Answer, contract: Contract) -> Told:
    """What a list of models tells of the model that requests get when they name none.

    Args:
        lister: The operation that was asked.
        answer: Its answer.
        contract: The spec, which names that model.
    """
    pointers = lister.model_list
    try:
        listed = _at(read_json(answer.body), pointers["items"])
    except ValueError:
        return NOTHING
    names = {name for operation in contract.operations for shape in operation.shapes if (name := _model_of(shape))}
    for item in listed if isinstance(listed, list) else []:
        model = _at(item, pointers["id"])
        if isinstance(model, str) and model in names:
            limits = {Role(role): _at(item, pointer) for role, pointer in pointers.get("limits", {}).items()}
            return Told(
                _price(_at(item, pointers.get("price", "/-"))),
                {role: limit for role, limit in limits.items() if limit is not None},
            )
    return NOTHING


def _price(value: Json) -> float | None:
    """A price; None for what is none, such as what JSON in Python reads as endless."""
    is_price = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < _MOST_USD
    return float(value) if is_price else None


def _model_of(shape: Shape) -> str | None:
    """The model that is asked where a request names none."""
    name = field_of(shape.schema, Role.MODEL)
    prop = shape.schema.get("properties", {}).get(name, {})
    return prop.get("default") if name not in shape.schema.get("required", ()) else None


def _at(value: Json, pointer: str) -> Json:
    """What stands at a JSON Pointer through objects; None if nothing does."""
    for step in pointer.split("/")[1:]:
        value = value.get(step.replace("~1", "/").replace("~0", "~")) if isinstance(value, dict) else None
    return value
