"""Writes a call of each operation, as a user would begin with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from generator.client.view import ExampleView

if TYPE_CHECKING:
    from generator.client.model_view import FieldView
    from generator.client.view import OperationView
    from generator.spec import Contract

_LONGEST: Final = 100
_STAND_INS: Final = {
    "str": '"..."',
    "int": "1",
    "float": "1.0",
    "bool": "True",
    "FileInput": 'Path("file")',
    "Any": "{}",
}


def example_of(contract: Contract, view: OperationView) -> ExampleView:
    """A call with what an operation requires.

    Args:
        contract: The contract.
        view: The operation.
    """
    fields = [*view.parameter_fields, *(view.shapes[0].model.fields if view.shapes and view.body_required else ())]
    arguments = [f"{field.python_name}={_stand_in(field)}" for field in fields if field.required]
    call = f"client.{view.resource}.{view.name}"
    line = f"print({call}({', '.join(arguments)}))"
    if len(line) > _LONGEST:
        line = "\n".join([f"answer = {call}(", *(f"    {argument}," for argument in arguments), ")", "print(answer)"])
    head = ["from pathlib import Path", ""] if "Path(" in line else []
    source = [*head, f"from {contract.name} import {contract.client}", "", f"client = {contract.client}()", line]
    return ExampleView("", "\n".join(source), ())


def _stand_in(field: FieldView) -> str:
    annotation = field.annotation
    if annotation.startswith("Literal["):
        return _first_literal(annotation)
    if annotation.startswith("Sequence["):
        return "[]"
    if "Mapping[" in annotation:
        return "{}"
    return _STAND_INS.get(annotation.partition(" | ")[0], '"..."')


def _first_literal(annotation: str) -> str:
    """The first value of ``Literal["a", "b"]``, as it is written."""
    text = annotation.removeprefix("Literal[")
    quote = next((i for i, char in enumerate(text[:2]) if char in "\"'"), None)
    if quote is None:
        return text.partition("]")[0].partition(",")[0]
    end = quote + 1
    while end < len(text) and text[end] != text[quote]:
        end += 2 if text[end] == "\\" else 1
    return text[: end + 1]
