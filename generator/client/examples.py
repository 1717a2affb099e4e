"""Writes the documents' example requests as calls of the client, as a person would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from generator.client.file_bodies import FILE
from generator.client.formatting import format_source
from generator.client.literals import literal
from generator.client.names import pascal_case, python_name
from generator.client.view import ExampleView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.client.view import OperationView, PackageView
    from generator.spec import Contract, Example, Json, Operation, Parameter

_PLACEHOLDER = re.compile(r"<[^<>]*>")
_STAND_INS: Mapping[str, Json] = {"integer": 1, "number": 1.0, "boolean": True, "array": [], "object": {}}
_NOTHING = object()


@frozen
class _File:
    """A file that an example names as ``@name``."""

    name: str


def example_views(contract: Contract, operation: Operation, view: OperationView) -> tuple[ExampleView, ...]:
    """The calls that show an operation: one per example of the spec; without a body, one by its parameters.

    A file by itself needs no example.

    Args:
        contract: The spec's contract.
        operation: The operation.
        view: The operation as it is generated.
    """
    writer = _Writer(contract, operation, view)
    if not operation.shapes:
        return (writer.by_parameters(),)
    given = {example.media_type for example in operation.examples}
    untold = next((s.media_type for s in operation.shapes if s.is_file and s.media_type not in given), None)
    by_file = () if untold is None else (writer.by_file(untold),)
    # An example that leaves required fields open is shown where there is no better one of its media type.
    whole = [example for example in operation.examples if not _leaves_open(operation, example)]
    shown = {example.media_type for example in whole}
    views = (
        writer.by_example(example)
        for example in operation.examples
        if example in whole or example.media_type not in shown
    )
    return (*views, *by_file)


def options_snippet(contract: Contract, package: PackageView) -> str:
    """A call with other settings that asks for the whole answer; "" where no operation has an example."""
    shown = next(_shown(contract, package), None)
    if shown is None:
        return ""
    operation, requests = shown
    name = f"client.{operation.resource}.with_raw_response.{operation.name}".replace("client.", "patient.", 1)
    lines = [
        "patient = client.with_options(timeout=600, deadline=1800, max_retries=5)",
        f"answer = {name}({_arguments(requests[0])})",
        "print(answer.status_code, answer.headers.get('X-Request-Id'), answer.parsed)",
    ]
    return _snippet(contract, lines, requests[:1])


def many_snippet(contract: Contract, package: PackageView) -> str:
    """Many calls at once; "" where no operation has an example."""
    shown = next(_shown(contract, package), None)
    if shown is None:
        return ""
    operation, requests = shown
    lines = [
        f"requests = {_source(requests)}",
        f"for outcome in client.{operation.resource}.{operation.name}_many(requests, folder='out'):",
        "    print(outcome.index, outcome.error or outcome.paths)",
    ]
    return _snippet(contract, lines, requests)


def _shown(contract: Contract, package: PackageView) -> Iterator[tuple[OperationView, list[dict[str, Any]]]]:
    """Operations that have examples, each with what these must hold at least."""
    for view in package.operations:
        operation = contract.operation(view.id)
        writer = _Writer(contract, operation, view)
        if requests := [
            writer.least(example) for example in operation.examples if not _leaves_open(operation, example)
        ]:
            yield view, requests


def _snippet(contract: Contract, lines: Sequence[str], values: Any) -> str:
    """A complete snippet with a client."""
    name = pascal_case(contract.title)
    head = ["from pathlib import Path", ""] if next(_files(values), None) else []
    head += [f"from generated_client.{contract.name} import {name}", "", f"client = {name}()"]
    return format_source("\n".join([*head, *lines])).strip()


def _arguments(fields: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={_source(value)}" for name, value in fields.items())


class _Writer:
    def __init__(self, contract: Contract, operation: Operation, view: OperationView) -> None:
        self.contract, self.operation, self.view = contract, operation, view

    def by_example(self, example: Example) -> ExampleView:
        """The call that an example of a document means."""
        page = example.source.page if example.source else self.contract.title
        said = self._filled(_fields(example))
        given = {python_name(name): value for name, value in said.items()}
        return self._view(f"As in {page}:", {**self._required(), **given})

    def least(self, example: Example) -> dict[str, Any]:
        """The required ones among an example's fields, by Python name."""
        shape = self.operation.shape_meant(example.media_type, example.value)
        value = _fields(example)
        names = value if shape and shape.is_file else shape.schema.get("required", ()) if shape else ()
        given = {python_name(name): _with_files(value[name]) for name in names if name in value}
        return {**self._required(), **given}

    def by_parameters(self) -> ExampleView:
        """A call that gives the parameters of which the spec knows a value."""
        known = {python_name(p.name): value for p in self.operation.parameters if (value := _known(p)) is not None}
        return self._view("", {**self._required(), **known})

    def by_file(self, media_type: str) -> ExampleView:
        """A call that sends nothing but a file."""
        kind, _, name = media_type.partition("/")
        extension = "png" if name == "*" else name.partition("+")[0]
        return self._view("", {**self._required(), FILE: _File(f"image.{extension}" if kind == "image" else FILE)})

    def _required(self) -> dict[str, Json]:
        return {python_name(p.name): _any_value(p) for p in self.operation.parameters if p.required}

    def _view(self, title: str, fields: Mapping[str, Any]) -> ExampleView:
        call = f"client.{self.operation.resource}.{self.view.name}({_arguments(fields)})"
        return ExampleView(title, _snippet(self.contract, self._used(call), fields), tuple(_files(fields)))

    def _used(self, call: str) -> list[str]:
        """What is done with the result: images are saved, anything else is shown."""
        match self.view.saved:
            case "set":
                return [f"result = {call}", 'for path in result.save("out/"):', "    print(path)"]
            case "file":
                return [f"image = {call}", f'print(image.save("{self.view.name}.png"))']
        return [f"print({call})"]

    def _filled(self, value: Json) -> dict[str, Any]:
        """An example's fields, of those left open in the document what its other examples say, else nothing."""
        found = {}
        for name, given in value.items():
            filled = given if not _is_open(given) else self._elsewhere(name)
            if filled is not _NOTHING:
                found[name] = _with_files(filled)
        return found

    def _elsewhere(self, name: str) -> Any:
        for operation in (self.operation, *self.contract.operations):
            for example in operation.examples:
                value = _fields(example)
                if name in value and not _is_open(value[name]):
                    return value[name]
        return _NOTHING


def _leaves_open(operation: Operation, example: Example) -> bool:
    shape = operation.shape_meant(example.media_type, example.value)
    required = shape.schema.get("required", ()) if shape else ()
    value = _fields(example)
    return any(_is_open(value[name]) for name in required if name in value)


def _fields(example: Example) -> Mapping[str, Json]:
    """What an example gives, by field; of a file by itself, the file."""
    fields: Mapping[str, Json] = example.value if isinstance(example.value, dict) else {FILE: example.value}
    return fields


def _is_open(value: Json) -> bool:
    """Whether a document only shows that something may stand here: "<string>", or objects of nothing."""
    if isinstance(value, dict):
        return all(_is_open(item) for item in value.values())
    return isinstance(value, str) and _PLACEHOLDER.fullmatch(value) is not None


def _with_files(value: Json) -> Any:
    if isinstance(value, list):
        return [_with_files(item) for item in value]
    return _File(value[1:]) if isinstance(value, str) and value.startswith("@") else value


def _files(value: Any) -> Iterator[str]:
    """The names of the files in fields, each once or more."""
    if isinstance(value, _File):
        yield value.name
    elif isinstance(value, dict):
        for item in value.values():
            yield from _files(item)
    elif isinstance(value, list):
        for item in value:
            yield from _files(item)


def _source(value: Any) -> str:
    if isinstance(value, _File):
        return f"Path({literal(value.name)})"
    if isinstance(value, list):
        return f"[{', '.join(map(_source, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{literal(name)}: {_source(item)}' for name, item in value.items())}}}"
    return literal(value)


def _known(parameter: Parameter) -> Json:
    """A value that the spec gives for a parameter; None if it gives none."""
    schema = parameter.schema
    lists: Sequence[Sequence[Json]] = [schema.get(key, ()) for key in ("examples", "x-known-values", "enum")]
    return next((values[0] for values in lists if values), schema.get("const", schema.get("default")))


def _any_value(parameter: Parameter) -> Json:
    known = _known(parameter)
    return known if known is not None else _STAND_INS.get(str(parameter.schema.get("type")), "...")
