"""What is tested: each request shape of each spec, with the generated package that makes such requests."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.spec import load_all, openapi_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from generator.spec import Contract, Json, Operation, Shape


@frozen(eq=False, repr=False)
class Subject:
    """One request shape, and the package whose client makes such requests.

    Attributes:
        contract: The spec.
        operation: One of its operations.
        shape: One of the operation's request shapes.
        package: The generated package, e.g. ``generated_client.powertokens``.
    """

    contract: Contract
    operation: Operation
    shape: Shape
    package: ModuleType

    def __repr__(self) -> str:
        return self.id

    @property
    def id(self) -> str:
        """The name in a test's id, e.g. ``powertokens-generateImages-prompt``."""
        return f"{self.contract.name}-{self.operation.id}-{self.shape.name}"

    @property
    def endpoint(self) -> Any:
        """The package's module for the operation, e.g. ``api.images.generate_images``."""
        return _endpoint(self.package, self.operation.resource, self.operation.id)

    def model(self, body: Mapping[str, Json]) -> Any:
        """The package's class for the shape that a body means."""
        meant = self.operation.shape_meant(self.shape.media_type, body)
        assert meant is not None
        models = [
            shape.model
            for shape in self.endpoint.OPERATION.shapes
            if (shape.media_type, shape.present) == (meant.media_type, meant.present)
        ]
        assert len(models) == 1
        return models[0]


@cache
def _endpoint(package: ModuleType, resource: str, operation_id: str) -> Any:
    folder = importlib.import_module(f"{package.__name__}.api.{resource}")
    for found in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        module: Any = importlib.import_module(found.name)
        if module.OPERATION.id == operation_id:
            return module
    raise LookupError(f"{folder.__name__} has no module for {operation_id}. Generate the client anew.")


@cache
def contracts() -> tuple[Contract, ...]:
    """Every spec's contract."""
    return tuple(load_all(openapi_folder()))


@cache
def subjects() -> tuple[Subject, ...]:
    """Every request shape of every spec."""
    return tuple(
        Subject(contract, operation, shape, importlib.import_module(f"generated_client.{contract.name}"))
        for contract in contracts()
        for operation in contract.operations
        for shape in operation.shapes
    )
