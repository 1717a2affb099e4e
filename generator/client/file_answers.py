"""Builds the views of binary answers: their documented headers become attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.client.literals import prose
from generator.client.model_view import FileAnswerView, HeaderView
from generator.client.models import module_of
from generator.client.names import python_name
from generator.client.operations import file_class, is_binary
from generator.client.runtime.image_file import ImageFile
from generator.spec.naming import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec import Contract, Json

_TYPES = {"boolean": "bool"}


def file_answer_views(contract: Contract) -> tuple[FileAnswerView, ...]:
    """The classes of a package's binary answers.

    Args:
        contract: The spec's contract.

    Returns:
        One per answer that is bytes and has documented headers.
    """
    return tuple(_views(contract))


def _views(contract: Contract) -> Iterator[FileAnswerView]:
    for operation in contract.operations:
        for answer in operation.answers:
            binary = any(is_binary(media_type, schema) for media_type, schema in answer.content.items())
            if not binary or not answer.headers:
                continue
            name = file_class(operation, answer)
            headers = tuple(_header(contract, header, node) for header, node in answer.headers.items())
            yield FileAnswerView(name, module_of(name), prose(answer.description), headers)


def _header(contract: Contract, name: str, node: Json) -> HeaderView:
    """The view of a header; its attribute's name leaves out "x-" and the API's own name."""
    noise = {"x", *words(contract.title)}
    parts = [word for word in words(name) if word not in noise]
    attribute = python_name("_".join(parts) or name)
    if hasattr(ImageFile, attribute):
        attribute = f"{attribute}_"
    annotation = _TYPES.get(node.get("schema", {}).get("type", ""), "str")
    said = node.get("description", "") or f"The header {name}."
    return HeaderView(name, attribute, annotation, prose(said, indent=8))
