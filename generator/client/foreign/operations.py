"""Builds the views of a foreign package's operations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import evolve

from generator.client.foreign.examples import example_of
from generator.client.foreign.models import ForeignModels, argument_names
from generator.client.foreign.types import TypeWriter
from generator.client.literals import prose
from generator.client.models import headline, module_of
from generator.client.names import method_name
from generator.client.view import AnswerView, OperationView, ShapeView
from generator.spec.foreign.references import COMPONENTS
from generator.spec.media_types import is_json
from generator.spec.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.client.model_view import ModelView
    from generator.spec import Contract, Json, Operation

_RUNTIME: Final = ".._runtime"
_BUILT_IN: Final = re.compile(r"(?<![\w.\"'])(list|dict|str|int|float|bool)(?=[\[\]\s,|]|\Z)")


class ForeignOperations:
    """Builds the views of one package's operations, and with them those of the models that they use.

    Args:
        contract: What can be generated.
        models: Builds the models.
        bodies: The models of request bodies that are components, by name.
    """

    def __init__(self, contract: Contract, models: ForeignModels, bodies: dict[str, ModelView]) -> None:
        self.contract, self.models, self.bodies = contract, models, bodies
        self.made: list[ModelView] = []

    def view(self, operation: Operation) -> OperationView:
        """The view of one operation."""
        node = self.contract.document.data["paths"][operation.path][operation.method.lower()]
        shapes = self._shapes(operation, node)
        parameters = self._parameters(operation, node, shapes)
        types = TypeWriter(self.models.components)
        answers = tuple(self._answer(status, answer, types) for status, answer in node["responses"].items())
        good = [a for a in answers if a.status.startswith("2")] or [a for a in answers if a.status == "default"]
        returned = list(dict.fromkeys(a.types[media_type] for a in good for media_type in a.types))
        title, text = headline(operation.summary, operation.description, operation.id)
        used = {*types.models, *(shape.model.name for shape in shapes)}
        said = " ".join(
            answer["description"]
            for status, answer in node["responses"].items()
            if any(a.status == status for a in good)
        )
        view = OperationView(
            id=operation.id,
            method=operation.method,
            path=operation.path,
            module=snake_case(operation.id),
            name=method_name(operation.name),
            title=title,
            prose=text,
            deprecated=f"{operation.id} is deprecated." if operation.deprecated else "",
            shapes=shapes,
            parameters=parameters,
            returns=_union(returned),
            returns_prose=prose(said, indent=12),
            answers=answers,
            security=operation.security,
            imports=tuple(_imports(types, used)),
            resource=operation.resource,
            saved="",
            body_required=operation.body_required,
        )
        return evolve(view, examples=(example_of(self.contract, view),))

    def _shapes(self, operation: Operation, node: Json) -> tuple[ShapeView, ...]:
        content = node.get("requestBody", {}).get("content", {})
        found = []
        for shape in operation.shapes:
            body = content[shape.media_type]
            if body["x-kind"] in {"json", "form", "urlencoded"}:
                model = self.bodies[body["schema"]["$ref"].removeprefix(COMPONENTS)]
            else:
                model = self.models.body(body["x-class"], body["x-kind"], shape, body["schema"])
                self.made.append(model)
            found.append(ShapeView(model, shape.media_type, ""))
        return tuple(found)

    def _parameters(self, operation: Operation, node: Json, shapes: Sequence[ShapeView]) -> ModelView | None:
        if not operation.parameters:
            return None
        taken = {field.python_name for shape in shapes for field in shape.model.fields}
        names = argument_names(node["parameters"], taken)
        given = zip(operation.parameters, node["parameters"], names, strict=True)
        model = self.models.parameters(node["x-class"], operation.id, given)
        self.made.append(model)
        return model

    def _answer(self, status: str, node: Json, types: TypeWriter) -> AnswerView:
        readers: dict[str, str] = {}
        sources: dict[str, str] = {}
        annotations: dict[str, str] = {}
        for media_type, content in node.get("content", {}).items():
            schema = content["schema"]
            if schema.get("format") == "binary":
                readers[media_type], sources[media_type], annotations[media_type] = "", "AnswerFile", "AnswerFile"
                continue
            annotations[media_type] = types.answer(schema)
            if "$ref" in schema and "enum" not in types.components[schema["$ref"].removeprefix(COMPONENTS)]:
                readers[media_type] = sources[media_type] = annotations[media_type]
            elif not schema or (schema.get("type") == "string" and not is_json(media_type)):
                readers[media_type], sources[media_type] = "", ""
            else:
                readers[media_type] = ""
                sources[media_type] = f"Reads({types.reader_with_null(schema)})"
        return AnswerView(status, readers, sources, annotations)


def qualified(view: OperationView, shadowed: Iterable[str]) -> OperationView:
    """An operation's view, the built-in types that methods beside it hide written so that they are found."""
    hidden = set(shadowed)
    returns = _BUILT_IN.sub(lambda m: f"builtins.{m[1]}" if m[1] in hidden else m[1], view.returns)
    return evolve(view, returns=returns)


def _imports(types: TypeWriter, used: set[str]) -> Iterable[str]:
    for name in sorted(used):
        yield f"from ..models.{module_of(name)} import {name}"
    yield f"from {_RUNTIME}.answer_file import AnswerFile"
    yield f"from {_RUNTIME}.reading import Reads"
    yield "import builtins"
    for reader in sorted(types.readers):
        yield f"from {_RUNTIME}.reading import {reader}"


def _union(types: list[str]) -> str:
    if not types:
        return "None"
    if "Any" in types:
        return "Any"
    return TypeWriter({}).union(types)
