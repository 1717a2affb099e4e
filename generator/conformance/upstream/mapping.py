"""Where the fields of a request belong in the gateway's own request to the model provider, as the spec says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.spec import Level
from generator.spec.boundary.steps import schema_at
from generator.spec.sources import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Contract, Json, Operation, Shape

NEXT = "-"
"""In a target: any item of an array, in the array's order."""

Target = tuple[str, ...]
"""A JSON Pointer's parts."""


@frozen
class Fact:
    """What must be upstream, and how certain that is.

    Attributes:
        rule: The id under which it is reported.
        level: How certain it is.
        source: The document that it rests on.
    """

    rule: str
    level: Level
    source: str


@frozen
class Field:
    """A field that goes upstream.

    Attributes:
        path: Its place in the body.
        target: Its place upstream.
        schema: Its resolved schema.
        required: Whether each request has it.
        fact: That it must arrive.
    """

    path: tuple[str, ...]
    target: Target
    schema: Mapping[str, Json] = field(repr=False)
    required: bool
    fact: Fact

    @property
    def name(self) -> str:
        """Its name, dotted."""
        return ".".join(self.path)

    @property
    def spreads(self) -> bool:
        """Whether each of several values has an entry of its own."""
        return NEXT in self.target


@frozen
class Constant:
    """What stands upstream whatever the fields are."""

    target: Target
    value: Json


@frozen
class Upstream:
    """What the requests of one shape become upstream.

    Attributes:
        operation: The operation.
        shape: The shape.
        fields: The fields that go upstream, in the spec's order.
        constants: What stands there besides.
        constant_fact: That it must stand there.
        answer: Where in the gateway's answer the provider's is found; () if no document says that it is.
        answer_fact: That it is found there.
    """

    operation: Operation
    shape: Shape
    fields: tuple[Field, ...]
    constants: tuple[Constant, ...]
    constant_fact: Fact
    answer: Target
    answer_fact: Fact


def upstreams(contract: Contract, operation: Operation) -> Iterator[Upstream]:
    """The shapes of an operation whose fields go upstream.

    Args:
        contract: The spec.
        operation: One of its operations.
    """
    node = contract.resolved["paths"][operation.path][operation.method.lower()]
    around = Provenance(contract.resolved.get("x-documents", {})).at(contract.resolved).at(node)
    around = around.at(node.get("requestBody", {}))
    for shape in operation.shapes:
        reader = _Reader(operation, shape, around.at(shape.schema))
        if fields := tuple(reader.fields(shape.schema, (), reader.provenance)):
            constants = shape.schema.get("x-upstream-constants", {})
            yield Upstream(
                operation=operation,
                shape=shape,
                fields=fields,
                constants=tuple(Constant(parts_of(pointer), value) for pointer, value in constants.items()),
                constant_fact=reader.fact("x-upstream-constants", "upstream-constants"),
                answer=parts_of(shape.schema.get("x-upstream-answer", "")),
                answer_fact=reader.fact("x-upstream-answer", "upstream-answer"),
            )


def parts_of(pointer: str) -> Target:
    """The parts of a JSON Pointer."""
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])


def found_at(node: Json, target: Target) -> list[Json]:
    """What stands at a place: one value, or none; of a place in any item of an array, one for each item that has it."""
    if not target:
        return [node]
    part, rest = target[0], target[1:]
    if isinstance(node, list):
        below = node if part == NEXT else node[int(part) : int(part) + 1] if part.isdecimal() else []
    else:
        below = [node[part]] if isinstance(node, dict) and part in node else []
    return [value for item in below for value in found_at(item, rest)]


@frozen
class _Reader:
    operation: Operation
    shape: Shape
    provenance: Provenance

    def fields(self, schema: Mapping[str, Json], at: tuple[str, ...], provenance: Provenance) -> Iterator[Field]:
        merged = schema_at(schema, ())
        for name, prop in merged.get("properties", {}).items():
            path, around = (*at, name), provenance.at(prop)
            if "x-upstream" in prop:
                required = not at and name in merged.get("required", ())
                yield Field(path, parts_of(prop["x-upstream"]), prop, required, self._field_fact(path, around))
            else:
                yield from self.fields(prop, path, around)

    def fact(self, keyword: str, behaviour: str) -> Fact:
        """What is said of the shape as a whole."""
        asked = keyword if keyword in self.provenance.keywords or keyword == "x-upstream-answer" else "x-upstream"
        source = self.provenance.source(asked, "")
        rule = f"{self.operation.id}/{self.shape.name}/{behaviour}"
        return Fact(rule, source.level if source else Level.ASSUMED, str(source or ""))

    def _field_fact(self, path: tuple[str, ...], around: Provenance) -> Fact:
        said_for_all = "x-upstream" in self.provenance.keywords and "x-upstream" not in around.keywords
        name = ".".join(path)
        source = (self.provenance if said_for_all else around).source("x-upstream", name)
        rules = (rule.id for rule in self.shape.rules if rule.field == name and rule.when is None)
        place = next((rule.rpartition("/")[0] for rule in rules), f"{self.operation.id}/{self.shape.name}/{name}")
        return Fact(f"{place}/upstream", source.level if source else Level.ASSUMED, str(source or ""))
