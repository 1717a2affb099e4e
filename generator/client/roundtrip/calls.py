"""Works out the sample calls of an operation: what is given, what must be sent, what is answered."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import jsonschema_rs
from attrs import frozen

from generator.client.literals import literal
from generator.client.roundtrip.answers import AnswerWriter, SampleAnswer
from generator.client.roundtrip.sampling import Sampler, stand_in
from generator.client.roundtrip.scalars import NoSampleError
from generator.client.roundtrip.sent import Sent, body_check
from generator.client.roundtrip.values import source, with_bytes, without_files
from generator.client.roundtrip.wire_form import in_header, in_path, is_plain, pairs
from generator.spec.boundary.breaches import Judge
from generator.spec.boundary.samples import example_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.client.model_view import FieldView
    from generator.client.view import OperationView, PackageView, ShapeView
    from generator.spec import Contract, Json, Operation, Parameter, Shape

_STYLES: Final = {"query": "form*", "path": "simple", "header": "simple", "cookie": "form*"}


@frozen
class CallView:
    """One call of an operation, as a test makes it.

    Attributes:
        name: The test's name, less "test_".
        title: Its docstring.
        call: The source of the call on the client.
        checks: The source of what compares what was sent.
        answer: The answer.
        deprecated: Whether it must warn.
    """

    name: str
    title: str
    call: str
    checks: tuple[str, ...]
    answer: SampleAnswer
    deprecated: bool


class CallWriter:
    """Writes the calls of one package.

    Args:
        contract: The spec's contract.
        package: The package.
    """

    def __init__(self, contract: Contract, package: PackageView) -> None:
        self._contract, self._package = contract, package
        self._schemas: Mapping[str, Json] = contract.document.data.get("components", {}).get("schemas", {})
        self._answers = AnswerWriter(contract, package, self._find)

    def calls(self, view: OperationView) -> Iterator[CallView]:
        """The calls of an operation: for each form of its body with what is required, and with all.

        Args:
            view: The operation.
        """
        operation = self._contract.operation(view.id)
        if not view.shapes:
            yield from self._pair(operation, view, None, "")
        several = len(view.shapes) > 1
        for number, shape in enumerate(view.shapes, start=1):
            yield from self._pair(operation, view, shape, f"_form_{number}" if several else "")

    def _pair(
        self, operation: Operation, view: OperationView, shape: ShapeView | None, suffix: str
    ) -> Iterator[CallView]:
        least = self._call(operation, view, shape, suffix, full=False)
        most = self._call(operation, view, shape, suffix, full=True)
        yield least
        if most.call != least.call:
            yield most

    def _call(
        self, operation: Operation, view: OperationView, shape: ShapeView | None, suffix: str, *, full: bool
    ) -> CallView:
        path, _, query = operation.path.partition("#")[0].partition("?")  # a fragment is never sent
        sent = Sent(operation.method, path, parse_qsl(query, keep_blank_values=True))
        arguments: dict[str, str] = {}
        judged = self._give_parameters(operation, view, sent, arguments, full=full)
        warned = bool(view.deprecated)
        check = "exchange.sent_no_body()"
        if shape is not None:
            body, keeps = self._body(operation, shape, full=full)
            judged &= keeps
            fields = {field.name: field for field in shape.model.fields}
            arguments |= {fields[name].python_name: source(value) for name, value in body.items()}
            warned |= any(fields[name].deprecated for name in body)
            if body or operation.body_required:
                check = body_check(shape, _node(self._contract, operation, shape), body)
            if view.takes_content_type:
                arguments["content_type"] = literal(shape.media_type)
        if not judged:
            arguments["validate"] = "False"
        given = ", ".join(f"{name}={value}" for name, value in arguments.items())
        named = {name for name, written in _names(view) if written in arguments}
        warned |= any(field.deprecated and field.name in named for field in view.parameter_fields)
        title = "with all that it takes" if full else "with what it requires"
        title += "" if judged else ", unjudged, since no value was found that keeps its rules"
        return CallView(
            name=f"{view.module}{suffix}{'_with_all' if full else ''}",
            title=f"`{view.id}` {title}.",
            call=f"client.{view.resource}.{view.name}({given})",
            checks=(sent.check(self._credentials(operation)), check),
            answer=self._answers.answer(view, full=full),
            deprecated=warned,
        )

    def _give_parameters(
        self, operation: Operation, view: OperationView, sent: Sent, arguments: dict[str, str], *, full: bool
    ) -> bool:
        """Give an operation's parameters; whether all of them keep their rules."""
        judged = True
        for parameter, field in zip(operation.parameters, view.parameter_fields, strict=True):
            if not (parameter.required or full):
                continue
            style = _style(self._contract, operation, parameter)
            try:
                value = Sampler(self._find, full=True, most=12).sample(parameter.schema)
            except NoSampleError:
                if not parameter.required:
                    continue
                value, judged = stand_in(parameter.schema, self._find), False
            if value is None or value in ([], {}) or not (style == "json" or is_plain(value)):
                if not parameter.required:
                    continue
                value, judged = {"sample": "text"} if isinstance(value, dict) else "text", False
            arguments[field.python_name] = source(value)
            _send(parameter, style, value, sent)
        return judged

    def _body(self, operation: Operation, view: ShapeView, *, full: bool) -> tuple[dict[str, Any], bool]:
        """A body by the names of its fields, and whether it keeps its rules."""
        shape = next(
            each
            for each in operation.shapes
            if each.media_type == view.media_type and (not each.present or _is_told(each, view))
        )
        fields = {field.name: field for field in view.model.fields}
        keeps = self._judge(shape)
        least = {name: self._value(shape, fields, name, operation, full=full) for name in _required(fields)}
        if any(value is _NOTHING for value in least.values()):
            schema = self._schema(operation, shape)
            filled = {
                name: stand_in(_property(schema, name, alone=False), self._find) if value is _NOTHING else value
                for name, value in least.items()
            }
            return filled, False
        if view.present and (told := next((f for f in fields.values() if f.python_name == view.present), None)):
            least[told.name] = self._value(shape, fields, told.name, operation, full=full)
        if not full:
            return least, keeps(least)
        more = {n: self._value(shape, fields, n, operation, full=True) for n, f in fields.items() if not f.required}
        whole = least | {name: value for name, value in more.items() if value is not _NOTHING}
        if keeps(whole):
            return whole, True
        found = least
        for name, value in whole.items():
            if keeps({**found, name: value}):
                found = {**found, name: value}
        return found, keeps(found)

    def _value(
        self, shape: Shape, fields: Mapping[str, FieldView], name: str, operation: Operation, *, full: bool
    ) -> Any:
        """A sample of one field; `_NOTHING` if none is found."""
        schema = _property(self._schema(operation, shape), name, alone=len(fields) == 1)
        try:
            return Sampler(self._find, full=full, most=30).sample(schema, example_of(operation, shape).get(name))
        except NoSampleError:
            return _NOTHING

    def _schema(self, operation: Operation, shape: Shape) -> Mapping[str, Json]:
        """The schema of a body; in a foreign document what it refers to is told there alone, however deep."""
        if not self._contract.foreign:
            return shape.schema
        path = self._contract.document.data["paths"][operation.path]
        schema: Mapping[str, Json] = path[operation.method.lower()]["requestBody"]["content"][shape.media_type][
            "schema"
        ]
        return self._find(schema["$ref"]) if "$ref" in schema else schema

    def _judge(self, shape: Shape) -> Callable[[Mapping[str, Any]], bool]:
        if not _is_object(shape.schema):
            return lambda _: True
        if not self._contract.foreign:
            judge = Judge(shape)
            return lambda body: not judge.breaks(with_bytes(dict(body)))
        try:
            validator = jsonschema_rs.validator_for(dict(shape.schema))
        except ValueError:  # a pattern that this library can't read
            return lambda _: True
        return lambda body: bool(validator.is_valid(without_files(dict(body))))

    def _credentials(self, operation: Operation) -> tuple[tuple[str, str, str], ...]:
        """The credentials that a call must show: kind, name of header, query field or cookie, and value."""
        first = next((names for names in operation.security if names), ())
        schemes = [self._contract.security_schemes[name] for name in first]
        return tuple((scheme.kind, scheme.header, key_of(scheme.name)) for scheme in schemes)

    def _find(self, reference: str) -> Json:
        node: Json = self._contract.document.data
        for raw in reference.removeprefix("#/").split("/"):
            part = raw.replace("~1", "/").replace("~0", "~")
            node = node[int(part)] if isinstance(node, list) else node[part]
        return node


_NOTHING: Final = object()
_OF_HTTP: Final = frozenset({"connection", "content-length", "host", "transfer-encoding"})
"""Headers that tell where a message ends and where it goes: HTTP's to say, whatever a spec lets a caller ask for."""


@cache
def key_of(scheme: str) -> str:
    """A made-up key for a security scheme."""
    return f"key-for-{''.join(sign if sign.isascii() and sign.isalnum() else '-' for sign in scheme)}"


def _send(parameter: Parameter, style: str, value: Any, sent: Sent) -> None:
    match parameter.place.value:
        case "path":
            template, written = f"{{{parameter.name}}}", in_path(parameter.name, style, value)
            sent.path = sent.path.replace(template, written)
            sent.query = [
                (name.replace(template, written), text.replace(template, written)) for name, text in sent.query
            ]
        case "query":
            sent.query += pairs(parameter.name, style, value)
        case "header" if parameter.name.lower() not in _OF_HTTP:
            sent.headers[parameter.name] = in_header(style, value)
        case "cookie":
            sent.cookies |= dict(pairs(parameter.name, style, value))


def _style(contract: Contract, operation: Operation, parameter: Parameter) -> str:
    node = contract.document.data["paths"][operation.path][operation.method.lower()]
    for each in node.get("parameters", ()):
        if each.get("name") == parameter.name and each.get("in") == parameter.place.value:
            return str(each.get("x-style", _STYLES[parameter.place.value]))
    return _STYLES[parameter.place.value]


def _node(contract: Contract, operation: Operation, shape: ShapeView) -> Json:
    """The media type's node in the document; an empty one for a body that is a reference."""
    node = contract.document.data["paths"][operation.path][operation.method.lower()]
    return node.get("requestBody", {}).get("content", {}).get(shape.media_type, {})


def _names(view: OperationView) -> Iterator[tuple[str, str]]:
    return ((field.name, field.python_name) for field in view.parameter_fields)


def _required(fields: Mapping[str, FieldView]) -> list[str]:
    return [name for name, field in fields.items() if field.required]


def _is_told(shape: Shape, view: ShapeView) -> bool:
    return any(field.name == shape.present and field.python_name == view.present for field in view.model.fields)


def _is_object(schema: Mapping[str, Json]) -> bool:
    return "properties" in schema or schema.get("type") == "object" or "allOf" in schema


def _property(schema: Mapping[str, Json], name: str, *, alone: bool) -> Json:
    for part in [schema, *schema.get("allOf", ())]:
        if name in part.get("properties", {}):
            return part["properties"][name]
    return schema if alone else {}
