"""Builds the models of requests that are a file by themselves, one per media type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from generator.client.annotations import Annotator
from generator.client.literals import prose
from generator.client.model_view import FieldView, ModelView
from generator.client.models import headline, module_of
from generator.client.names import pascal_case
from generator.client.runtime.media_type import ANY_FILE
from generator.client.validators import ValidatorWriter
from generator.client.wording import sentence
from generator.spec import Place
from generator.spec.media_types import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.client.models import ModelBuilder
    from generator.spec import Contract, Operation, Rule, Shape

FILE: Final = "file"
"""The field and the argument for the file. No API names it: on the wire it is the body."""

_NEEDED: Final = 'Rule("file", Required(), "assumed", "RFC 9110")'
_A_FILE: Final = 'Rule("file", Image(forms=("file",)), "assumed", "RFC 9110")'


def file_body_views(contract: Contract, builder: ModelBuilder) -> Iterator[ModelView]:
    """The models of all requests of a package that are a file by themselves.

    Args:
        contract: The spec's contract.
        builder: Builds the package's models.
    """
    for operation in contract.operations:
        for shape in operation.shapes:
            if shape.is_file:
                yield _view(operation, shape, builder)


def file_body_class(operation: Operation, media_type: str) -> str:
    """The class of a file by itself: "EditImagePngBody" for image/png, "EditImageImageBody" for image/*."""
    kind, _, name = bare(media_type).partition("/")
    named = name if name != "*" else kind if kind != "*" else FILE
    return f"{pascal_case(operation.id)}{pascal_case(named)}Body"


def _view(operation: Operation, shape: Shape, builder: ModelBuilder) -> ModelView:
    annotator, writer = Annotator(runtime_types={"FileInput"}), ValidatorWriter()
    validators = tuple(_validators(operation, shape, writer))
    name = file_body_class(operation, shape.media_type)
    title, _ = headline(shape.schema.get("title", ""), "", "A file by itself")
    return ModelView(
        name=name,
        module=module_of(name),
        title=title,
        prose="",
        sources=writer.sources,
        fields=(FieldView(FILE, FILE, "FileInput", required=True, prose=_prose(shape), validators=validators),),
        bases=("FileBody",),
        class_variables=(),
        additional="",
        additional_reader="",
        additional_validators=(),
        imports=builder.imports(annotator, writer, ("FileBody",), name),
        is_request=True,
    )


def _validators(operation: Operation, shape: Shape, writer: ValidatorWriter) -> Iterator[str]:
    """What the spec says of the file; that there is one, and that it is one, also where the spec doesn't say it."""
    writer.checks.update(("Rule", "Rules", "Required", "Image"))
    required = _rules(operation, Place.BODY, "required")
    of_images = [rule for rule in shape.rules if rule.keyword == "x-image"]
    content = [evolve(rule, value=shape.media_type) for rule in _rules(operation, Place.HEADER, "content")]
    yield from writer.of_rules(required) or [_NEEDED]
    yield from writer.of_rules(of_images) or [_A_FILE]
    yield from writer.of_rules(content)


def _rules(operation: Operation, place: Place, keyword: str) -> list[Rule]:
    """The rules of a keyword that an operation has for whatever its body is."""
    found = [rule for rule in operation.rules if rule.place is place and rule.keyword == keyword]
    return [rule for rule in found if not rule.shape and rule.field in {"", "Content-Type"}]


def _prose(shape: Shape) -> str:
    described = shape.schema.get("description", "").strip() or ("" if shape.rules else "The file")
    parts = [described if not described or described.endswith((".", "!", "?")) else f"{described}."]
    parts.append(sentence(shape.rules))
    if bare(shape.media_type) not in {ANY_FILE, "*/*"}:
        parts.append(f"Its media type must be {shape.media_type}.")
    return prose(" ".join(part for part in parts if part), indent=12, lead=len(FILE) + 2)
