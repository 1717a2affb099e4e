"""Finds names of a spec that would be one name in Python, or one that the package needs itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client.file_bodies import FILE
from generator.client.names import python_name
from generator.client.runtime.client import AsyncClient, SyncClient
from generator.spec.document import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.client.view import PackageView
    from generator.spec import Contract, Json, Operation, Problem, Shape
    from generator.spec.document import Pointer

_TAKEN_BY_CODE = frozenset(
    (
        *("Any", "AsyncOutcomes", "Callable", "ClassVar", "Credential", "Iterable", "Literal", "Mapping", "Operation"),
        *("Outcomes", "PathLike", "Response", "Self", "Sequence", "Shape", "Unset", "UNSET", "FileInput", "WalletLike"),
        *("Answer", "ImageFile", "ImageItem", "ImageSet", "Request"),
        *("AdditionalProperties", "AnyOf", "Check", "Condition", "Const", "DependentRequired", "Enum", "Image"),
        *("FileBody", "MediaType"),
        *("ExclusiveMaximum", "ExclusiveMinimum", "MaxItems", "MaxLength", "MaxProperties", "Maximum", "MinItems"),
        *("MinLength", "MinProperties", "Minimum", "MultipleOf", "Not", "OneOf", "Pattern", "Present", "Required"),
        *("Rule", "Rules", "TotalPixels", "Type", "UniqueItems"),
    )
)
"""Names that generated modules import."""


def colliding_members(contract: Contract) -> list[Problem]:
    """Attributes, methods and arguments that can't all be called as they should be.

    Args:
        contract: The spec's contract.

    Returns:
        A problem per name, with both places, or with what the name is needed for.
    """
    arguments = (problem for operation in contract.operations for problem in _arguments(contract, operation))
    return [*_resources(contract), *_methods(contract), *arguments]


def colliding_classes(contract: Contract, package: PackageView) -> list[Problem]:
    """Classes that can't all be called as they should be; see `colliding_members`.

    Args:
        contract: The spec's contract.
        package: What is to be generated from it.
    """
    return list(_classes(contract, package))


def _resources(contract: Contract) -> Iterator[Problem]:
    members = {name for client in (SyncClient, AsyncClient) for name in dir(client)}
    for operation in contract.operations:
        if (name := operation.resource) in members:
            message = f"The tag {operation.tag!r} would be the client's {name!r}, which it has already. Rename it."
            yield contract.document.problem((*_place(operation), "tags"), "taken-name", message)


def _methods(contract: Contract) -> Iterator[Problem]:
    for operation in contract.operations:
        others = [o for o in contract.operations if o.resource == operation.resource and o is not operation]
        taken = {f"{other.name}_many": f"{other.id} for many calls" for other in others if other.shapes}
        taken["with_raw_response"] = "whole answers"
        if operation.name in taken:
            message = f"The method {operation.name!r} is needed for {taken[operation.name]}. Rename the operation."
            yield contract.document.problem((*_place(operation), "operationId"), "taken-name", message)


def _classes(contract: Contract, package: PackageView) -> Iterator[Problem]:
    first: set[str] = set()
    for name, _ in package.names:
        place: Pointer = ("components", "schemas", name)
        if name in _TAKEN_BY_CODE:
            message = f"The client has a class {name!r} of its own. Call the schema otherwise."
            yield contract.document.problem(place, "taken-name", message)
        if name in first:
            message = f"Two classes would be {name!r}. Call one of the schemas otherwise, or one of the operations."
            yield contract.document.problem(place, "taken-name", message)
        first.add(name)


def _arguments(contract: Contract, operation: Operation) -> Iterator[Problem]:
    """Fields and parameters of an operation that would be one argument of its method."""
    parameters = list(_parameters(contract, operation))
    for shape in operation.shapes or (None,):
        fields = [] if shape is None else _fields(operation, shape)
        first: dict[str, Pointer] = {}
        for name, place in (*parameters, *fields):
            argument = python_name(name)
            if argument in first:
                other = json_pointer(first[argument])
                message = f"{name!r} would be the argument {argument!r}, as {other} is already. Rename one of the two."
                yield contract.document.problem(place, "taken-name", message)
            first.setdefault(argument, place)


def _parameters(contract: Contract, operation: Operation) -> Iterable[tuple[str, Pointer]]:
    given = contract.document.at(_place(operation)).get("parameters", ())
    for index, parameter in enumerate(operation.parameters):
        referred = "$ref" in given[index]
        yield parameter.name, (*_place(operation), "parameters", index, *(() if referred else ("name",)))


def _fields(operation: Operation, shape: Shape) -> Iterable[tuple[str, Pointer]]:
    content: Pointer = (*_place(operation), "requestBody", "content", shape.media_type)
    if shape.is_file:
        return [(FILE, content)]
    inline: Pointer = (*content, "schema")
    home: Pointer = ("components", "schemas", shape.schema_name) if shape.schema_name else inline
    return [(name, (*home, "properties", name)) for name in _properties(shape.schema)]


def _properties(schema: Mapping[str, Json]) -> list[str]:
    below = [name for part in schema.get("allOf", ()) for name in _properties(part)]
    return list(dict.fromkeys([*below, *schema.get("properties", {})]))


def _place(operation: Operation) -> Pointer:
    return ("paths", operation.path, operation.method.lower())
