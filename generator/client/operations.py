"""Builds the views of a package's operations: their shapes, parameters, answers and what they return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from generator.client.examples import example_views
from generator.client.file_bodies import file_body_class
from generator.client.literals import prose
from generator.client.models import ModelBuilder, headline, module_of
from generator.client.names import method_name, pascal_case, python_name
from generator.client.view import AnswerView, OperationView, ShapeView
from generator.spec.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from openapi_python_client.parser import GeneratorData

    from generator.client.model_view import ModelView
    from generator.spec import Answer, Contract, Json, Operation, Shape

_RUNTIME = ".._runtime"


class OperationBuilder:
    """Builds the views of one package's operations.

    Args:
        contract: The spec's contract.
        parsed: The spec as the library parsed it.
        builder: Builds the models of parameters.
        models: The models built so far.
    """

    def __init__(
        self,
        contract: Contract,
        parsed: GeneratorData,
        builder: ModelBuilder,
        models: Sequence[ModelView],
    ) -> None:
        self.contract, self.builder = contract, builder
        self.models = {model.name: model for model in models}
        self.parameters = {
            (str(endpoint.path.get_untrusted_value()), endpoint.method.upper()): [
                *endpoint.path_parameters,
                *endpoint.query_parameters,
                *endpoint.header_parameters,
            ]
            for collection in parsed.endpoint_collections_by_tag.values()
            for endpoint in collection.endpoints
        }

    def view(self, operation: Operation) -> OperationView:
        """The view of one operation."""
        shapes = tuple(self._shapes(operation))
        parameters = self._parameters(operation)
        answers = tuple(self._answer(operation, answer) for answer in operation.answers)
        returns, returns_prose = self._returns(operation, answers)
        title, text = headline(operation.summary, operation.description, operation.id)
        used = [shape.model.name for shape in shapes] + [reader for a in answers for reader in a.readers.values()]
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
            returns=returns,
            returns_prose=returns_prose,
            answers=answers,
            security=operation.security,
            imports=tuple(self._imports(used)),
            resource=operation.resource,
            saved=self._saved(answers),
        )
        return evolve(view, examples=example_views(self.contract, operation, view))

    def _saved(self, answers: Iterable[AnswerView]) -> str:
        readers = {r for a in answers if a.status.startswith("2") for r in a.readers.values()}
        if any(r in self.models and "ImageSet" in self.models[r].bases for r in readers):
            return "set"
        # What reads an answer and is no model is the image file itself.
        return "file" if any(r and r not in self.models for r in readers) else ""

    def _shapes(self, operation: Operation) -> Iterator[ShapeView]:
        # The shape that a property tells is tried before the one that is meant otherwise.
        for shape in sorted(operation.shapes, key=lambda shape: not shape.present):
            present = python_name(shape.present) if shape.present else ""
            yield ShapeView(self.models[self._model_name(operation, shape)], shape.media_type, present)

    def _model_name(self, operation: Operation, shape: Shape) -> str:
        if shape.is_file:
            return file_body_class(operation, shape.media_type)
        return pascal_case(shape.schema_name or self._hoisted(operation, shape.media_type))

    def _hoisted(self, operation: Operation, media_type: str) -> str:
        suffix = "Form" if media_type == "multipart/form-data" else "Body"
        return f"{pascal_case(operation.id)}{suffix}"

    def _parameters(self, operation: Operation) -> ModelView | None:
        if not operation.parameters:
            return None
        parsed = {str(p.name.get_untrusted_value()): p for p in self.parameters[operation.path, operation.method]}
        name = f"{pascal_case(operation.id)}Parameters"
        pairs = [(parameter, parsed[parameter.name]) for parameter in operation.parameters]
        return self.builder.parameters(operation.id, name, pairs)

    def _answer(self, operation: Operation, answer: Answer) -> AnswerView:
        readers = {
            media_type: self._reader(operation, answer, media_type, schema)
            for media_type, schema in answer.content.items()
        }
        return AnswerView(answer.status, readers)

    def _reader(self, operation: Operation, answer: Answer, media_type: str, schema: Json) -> str:
        if is_binary(media_type, schema):
            return file_class(operation, answer) if answer.headers else "ImageFile"
        if name := self._component(operation, answer.status, media_type):
            return pascal_case(name)
        return ""

    def _component(self, operation: Operation, status: str, media_type: str) -> str:
        node = self.contract.document.data["paths"][operation.path][operation.method.lower()]["responses"][status]
        if "$ref" in node:
            node = self.contract.document.data["components"]["responses"][node["$ref"].rsplit("/", 1)[-1]]
        reference = node["content"][media_type].get("schema", {}).get("$ref", "")
        if reference:
            return str(reference.rsplit("/", 1)[-1])
        name = f"{pascal_case(operation.id)}Answer{status}"
        return name if name in self.models else ""

    def _returns(self, operation: Operation, answers: Iterable[AnswerView]) -> tuple[str, str]:
        good = [answer for answer in answers if answer.status.startswith("2")]
        types = [reader or "Any" for answer in good for reader in answer.readers.values()]
        said = [answer.description for answer in operation.answers if answer.status.startswith("2")]
        return " | ".join(dict.fromkeys(types)) or "None", prose(" ".join(said), indent=12)

    def _imports(self, used: Iterable[str]) -> Iterator[str]:
        for name in dict.fromkeys(used):
            if name == "ImageFile":
                yield f"from {_RUNTIME}.images import ImageFile"
            elif name in self.models:
                yield f"from ..models.{self.models[name].module} import {name}"
            elif name:
                yield f"from ..models.{module_of(name)} import {name}"


def is_binary(media_type: str, schema: Json) -> bool:
    """Whether an answer of this media type is bytes, such as an image."""
    return media_type.startswith("image/") or schema.get("format") == "binary"


def file_class(operation: Operation, answer: Answer) -> str:
    """The class of a binary answer with documented headers, e.g. "EditImageFile"."""
    suffix = "" if answer.status == "200" else answer.status
    return f"{pascal_case(operation.id)}File{suffix}"
