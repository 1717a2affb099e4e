"""Which components requests are made of: they become request models, all others answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract, Json

_SCHEMAS = "#/components/schemas/"


def request_components(contract: Contract) -> frozenset[str]:
    """The names of the schema components that request bodies reach.

    Args:
        contract: The spec's contract.
    """
    raw = contract.document.data
    schemas = raw.get("components", {}).get("schemas", {})
    bodies = [
        raw["paths"][operation.path][operation.method.lower()].get("requestBody", {})
        for operation in contract.operations
    ]
    shared = raw.get("components", {}).get("requestBodies", {})
    waiting = [name for body in (*bodies, *shared.values()) for name in _references(body)]
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _references(schemas.get(name, {}))
    return frozenset(reached)


def _references(node: Json) -> Iterator[str]:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith(_SCHEMAS):
            yield reference.removeprefix(_SCHEMAS)
        for child in node.values():
            yield from _references(child)
    elif isinstance(node, list):
        for child in node:
            yield from _references(child)
