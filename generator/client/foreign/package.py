"""Builds the view of a package from a document that nobody here wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from generator.client.error_classes import error_views
from generator.client.foreign.credentials import foreign_credentials
from generator.client.foreign.models import ForeignModels
from generator.client.foreign.operations import ForeignOperations, qualified
from generator.client.literals import prose
from generator.client.models import headline
from generator.client.view import PackageView, ResourceView
from generator.spec.foreign.naming import class_name
from generator.spec.foreign.references import COMPONENTS, of_request, reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.client.view import OperationView
    from generator.spec import Contract, Shape

_VERSIONED: Final = re.compile(r"/v\d+(/|\Z)")
_HIDING: Final = frozenset({"list", "dict"})


def foreign_package(contract: Contract) -> PackageView:
    """Build the view of a package.

    Args:
        contract: What can be generated of a foreign document.
    """
    models = ForeignModels(contract)
    shapes = _shapes(contract)
    nodes = [node for item in contract.document.data["paths"].values() for node in item.values()]
    requests = reached([name for node in nodes for name in of_request(node)], models.components)
    by_name = {name: (shape, deep) for name, shape, deep in reversed(shapes)}
    views = [
        models.model(
            name, by_name.get(name, (None, ()))[0], is_request=name in requests, deep=by_name.get(name, (None, ()))[1]
        )
        for name, schema in models.components.items()
        if "enum" not in schema
    ]
    builder = ForeignOperations(contract, models, {view.name: view for view in views})
    resources = tuple(_resources(contract, builder))
    info = contract.document.data["info"]
    return PackageView(
        name=contract.name,
        class_name=contract.client,
        title=_closed(prose(contract.title)),
        prose=prose(info.get("description", "")),
        version=contract.version,
        server=contract.server,
        server_environment="",
        spec_name=prose(contract.path.name),
        credentials=foreign_credentials(contract),
        resources=resources,
        models=tuple(sorted([*views, *builder.made], key=lambda model: model.name)),
        aliases=tuple(sorted(models.aliases(), key=lambda alias: alias.name)),
        file_answers=(),
        errors=error_views(operation for resource in resources for operation in resource.operations),
        importable=contract.name,
        command="image-contract generate",
        versioned_paths=all(_VERSIONED.match(operation.path) for operation in contract.operations),
        foreign=True,
    )


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _shapes(contract: Contract) -> list[tuple[str, Shape, tuple[str, ...]]]:
    """The components that are request bodies, each with the body, and with what is deep in it."""
    found: list[tuple[str, Shape, tuple[str, ...]]] = []
    for operation in contract.operations:
        node = contract.document.data["paths"][operation.path][operation.method.lower()]
        for shape in operation.shapes:
            body = node["requestBody"]["content"][shape.media_type]
            if body["x-kind"] in {"json", "form", "urlencoded"}:
                found.append((body["schema"]["$ref"].removeprefix(COMPONENTS), shape, tuple(body.get("x-deep", ()))))
    return found


def _resources(contract: Contract, builder: ForeignOperations) -> Iterator[ResourceView]:
    described = {tag["name"]: tag["description"] for tag in contract.document.data["tags"]}
    for name in dict.fromkeys(operation.resource for operation in contract.operations):
        operations = [builder.view(operation) for operation in contract.operations if operation.resource == name]
        text, _ = headline("", described.get(name, ""), f"The operations of {name}")
        yield ResourceView(name, f"{class_name(name, 'Api')}Resource", text, tuple(_without_hiding(operations)))


def _without_hiding(operations: list[OperationView]) -> list[OperationView]:
    hidden = _HIDING & {operation.name for operation in operations}
    return [qualified(operation, hidden) for operation in operations] if hidden else operations
