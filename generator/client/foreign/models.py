"""Builds the views of a foreign package's models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from generator.client.foreign.cycles import groups
from generator.client.foreign.names import apart, attribute, attributes
from generator.client.foreign.types import TypeWriter
from generator.client.literals import literal, prose
from generator.client.model_view import AliasView, FieldView, ModelView
from generator.client.models import RUNTIME, field_prose, headline, module_of
from generator.client.validators import ValidatorWriter
from generator.spec.foreign.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.spec import Contract, Json, Parameter, Rule, Shape

_Made = tuple[ValidatorWriter, tuple[str, ...]]
_ABSTRACT: Final = frozenset({"Mapping", "Sequence", "Iterator"})
_NEEDED: Final = 'Rule("{name}", Required(), "documented", {source})'


class ForeignModels:
    """Builds the views of one package's models.

    Args:
        contract: What can be generated.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.components: Mapping[str, Json] = contract.document.data["components"]["schemas"]
        self._groups = groups({name: set(references(schema)) for name, schema in self.components.items()})
        self.names = {
            name: attributes(schema["properties"]) for name, schema in self.components.items() if "enum" not in schema
        }

    def aliases(self) -> list[AliasView]:
        """The views of the named enums."""
        enums = [(name, schema) for name, schema in self.components.items() if "enum" in schema]
        return [
            AliasView(
                name, module_of(name), prose(_text(schema) or "The values that the API documents."), _literal(schema)
            )
            for name, schema in enums
        ]

    def model(self, name: str, shape: Shape | None, *, is_request: bool, deep: tuple[str, ...] = ()) -> ModelView:
        """The view of a component.

        Args:
            name: The component.
            shape: The request body that it is, if it is one.
            is_request: Whether it is (part of) a request.
            deep: Fields of a form whose lists have numbers in brackets.
        """
        schema = self.components[name]
        types, writer = TypeWriter(self.components), ValidatorWriter()
        validators = writer.by_property(shape) if shape else {}
        rules = _rules_by_property(shape) if shape else {}
        required = set(schema.get("required", ()))
        fields = tuple(
            self._field(
                (key, python), child, types, validators.get(key, ()), rules.get(key, ()),
                required=key in required, is_request=is_request,
            )
            for (key, python), child in zip(self.names[name].items(), schema["properties"].values(), strict=True)
        )  # fmt: skip
        title, rest = headline(str(schema.get("title", "")), _text(schema), name)
        additional, reader = _additional(schema, types, is_request=is_request)
        base = "Request" if is_request else "Answer"
        variables = (f"_deep_fields: ClassVar[tuple[str, ...]] = ({', '.join(map(literal, deep))},)",) if deep else ()
        now, late = self._imports(types, writer, base, name)
        return ModelView(
            name=name,
            module=module_of(name),
            title=title,
            prose=rest,
            sources=writer.sources,
            fields=fields,
            bases=(base,),
            class_variables=variables,
            additional=additional,
            additional_reader=reader,
            additional_validators=tuple(validators.get("", ())),
            imports=now,
            late_imports=late,
            is_request=is_request,
        )

    def parameters(self, name: str, operation: str, given: Iterable[tuple[Parameter, Json, str]]) -> ModelView:
        """The view of the model that holds an operation's parameters.

        Args:
            name: The model.
            operation: The operationId.
            given: The parameters, each with how the document has it and with its name in Python.
        """
        types, writer = TypeWriter(self.components), ValidatorWriter()
        fields = tuple(
            evolve(
                self._field(
                    (parameter.name, python), node["schema"], types,
                    writer.of_rules(parameter.rules, parameter.schema), parameter.rules,
                    required=parameter.required, is_request=True, description=parameter.description,
                ),
                place=node["in"], style=node["x-style"],
            )
            for parameter, node, python in given
        )  # fmt: skip
        now, _ = self._imports(types, writer, "Request", name)
        return _request_model(name, f"The parameters of `{operation}`.", "Request", fields, (writer, now))

    def body(self, name: str, kind: str, shape: Shape, schema: Json) -> ModelView:
        """The view of a body that is no object with fields.

        Args:
            name: The model.
            kind: "value", "text" or "file".
            shape: The body.
            schema: Its adapted schema.
        """
        types, writer = TypeWriter(self.components), ValidatorWriter()
        base = {"value": "ValueBody", "text": "TextBody", "file": "AnyFileBody"}[kind]
        key = "file" if kind == "file" else "body"
        rules = () if kind == "file" else shape.rules
        validators = [*writer.of_value(rules, shape.schema)]
        writer.checks.update(("Rule", "Rules", "Required"))
        writer.sources.setdefault("_SPEC", self.contract.document.data["x-documents"]["spec"]["page"])
        needed = _NEEDED.format(name=key, source="_SPEC")
        field = self._field((key, key), schema, types, [needed, *validators], rules, required=True, is_request=True)
        described = _text(schema).strip()
        field = evolve(
            field,
            prose=field.prose or prose(described or f"The body, as {shape.media_type}.", indent=12, lead=len(key) + 2),
        )
        now, _ = self._imports(types, writer, base, name)
        title = "A file by itself." if kind == "file" else "A body by itself."
        return _request_model(name, title, base, (field,), (writer, now))

    def _field(
        self,
        name: tuple[str, str],
        schema: Json,
        types: TypeWriter,
        validators: Iterable[str],
        rules: Iterable[Rule],
        *,
        required: bool,
        is_request: bool,
        description: str = "",
    ) -> FieldView:
        key, python = name
        annotation = types.request(schema) if is_request else types.answer(schema)
        reader = ""
        if not is_request:
            reader = types.reader_with_null(schema) if required else types.reader(schema)
        return FieldView(
            name=key,
            python_name=python,
            annotation=annotation,
            argument=types.request(schema, read=True) if is_request else "",
            required=required,
            prose=field_prose(python, description, schema, rules, is_request=is_request),
            validators=tuple(validators),
            deprecated=f"{key} is deprecated." if schema.get("deprecated") is True else "",
            reader=reader,
        )

    def _imports(
        self, types: TypeWriter, writer: ValidatorWriter, base: str, name: str
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a model imports: at once, and after its class, where the other module leads back to it."""
        homes = {
            "Answer": "reading",
            "Request": "request",
            "ValueBody": "value_body",
            "TextBody": "value_body",
            "AnyFileBody": "value_body",
        }
        lines = [f"from {RUNTIME}.{homes[base]} import {base}"]
        lines += [f"from {RUNTIME}.rules import {check}" for check in sorted(writer.checks)]
        lines += [f"from {RUNTIME}.reading import {reader}" for reader in sorted(types.readers)]
        lines += [f"from {RUNTIME}.types import {each}" for each in sorted(types.runtime_types)]
        lines += [
            f"from {'collections.abc' if each in _ABSTRACT else 'typing'} import {each}"
            for each in sorted(types.typing)
        ]
        late: list[str] = []
        for model in sorted(types.models - {name}):
            circular = name in self._groups and self._groups[model] == self._groups[name]
            (late if circular else lines).append(f"from .{module_of(model)} import {model}")
        return tuple(lines), tuple(late)


def argument_names(parameters: Iterable[Json], taken: Iterable[str]) -> list[str]:
    """The Python names of an operation's parameters, none of which is the name of a field of its bodies.

    Args:
        parameters: The parameters as the document has them.
        taken: The names of the bodies' fields.
    """
    used = set(taken)
    found = []
    listed = [(attribute(parameter["name"]), parameter["in"]) for parameter in parameters]
    names = {name for name, _ in listed}
    for own, place in listed:
        wanted = apart(own, names)
        chosen = wanted if wanted not in used else f"{wanted.rstrip('_')}_{place}"
        number = 1
        while chosen in used:
            number += 1
            chosen = f"{wanted.rstrip('_')}_{number}"
        used.add(chosen)
        found.append(chosen)
    return found


def _request_model(name: str, title: str, base: str, fields: tuple[FieldView, ...], made: _Made) -> ModelView:
    writer, imports = made
    return ModelView(
        name=name,
        module=module_of(name),
        title=title,
        prose="",
        sources=writer.sources,
        fields=fields,
        bases=(base,),
        class_variables=(),
        additional="",
        additional_reader="",
        additional_validators=(),
        imports=imports,
        is_request=True,
    )


def _literal(schema: Json) -> str:
    return f"Literal[{', '.join(literal(value) for value in schema['enum'])}]"


def _text(schema: Json) -> str:
    said = schema.get("description", "")
    return said if isinstance(said, str) else ""


def _rules_by_property(shape: Shape) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in shape.rules:
        found.setdefault(rule.field, []).append(rule)
    return found


def _additional(schema: Json, types: TypeWriter, *, is_request: bool) -> tuple[str, str]:
    """The type of what else an object may hold, and its reader; "" for a closed one."""
    below = schema.get("additionalProperties")
    if below is False:
        return ("Any", "") if not is_request else ("", "")
    if not isinstance(below, dict) or not below:
        return "Any", ""
    if is_request:
        return types.request(below), ""
    return types.answer(below), types.reader_with_null(below)
