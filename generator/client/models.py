"""Builds the views of a package's models: requests with their validators, answers with their readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.client.annotations import Annotator
from generator.client.literals import literal, prose
from generator.client.model_view import AliasView, FieldView, ModelView
from generator.client.names import python_name
from generator.client.validators import ValidatorWriter
from generator.client.wording import sentence
from generator.spec import Place
from generator.spec.naming import snake_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from openapi_python_client.parser.properties import EnumProperty, LiteralEnumProperty, ModelProperty, Property

    from generator.spec import Contract, Json, Parameter, Rule, Shape

RUNTIME = ".._runtime"
_ITEM = re.compile(r"[*+-] |\d+[.)] ")
_SENTENCE = re.compile(r"(?<=[.!?])\s")


class ModelBuilder:
    """Builds the views of one package's models.

    Args:
        contract: The spec's contract.
        requests: The components that requests are made of; all others are answers.
        modules: Class name to module name, for imports.
    """

    def __init__(self, contract: Contract, requests: frozenset[str], modules: Mapping[str, str]) -> None:
        self.contract = contract
        self.requests = requests
        components = contract.resolved.get("components", {})
        self.component_schemas: Mapping[str, Json] = components.get("schemas", {})
        taken = set(modules)
        self.open_names = [n for n, s in self.component_schemas.items() if "x-known-values" in s and n not in taken]
        self.modules = {**modules, **{name: module_of(name) for name in self.open_names}}

    def model(self, parsed: ModelProperty, schema: Json, place: str, shape: Shape | None) -> ModelView:
        """The view of a model.

        Args:
            parsed: The model as openapi-python-client parsed it.
            schema: Its resolved schema.
            place: JSON Pointer of the schema.
            shape: The request shape that it is, if it is one.
        """
        steps = place.split("/")
        is_request = "requestBody" in steps or bool(self.requests & set(steps[3:4]))
        annotator, writer = Annotator(), ValidatorWriter()
        validators = writer.by_property(shape) if shape else {}
        rules = _rules_by_property(shape) if shape else {}
        schemas = _properties(schema)
        properties = {str(p.name.get_untrusted_value()): p for p in _all_properties(parsed)}
        fields = tuple(
            self._field(
                properties[name], schemas[name], annotator, validators.get(name, ()), rules.get(name, ()),
                is_request=is_request, alias=self._open_enum(place, name),
            )
            for name in schemas
            if name in properties
        )  # fmt: skip
        bases, variables = _bases(schema, schemas, is_request=is_request)
        additional, additional_reader = _additional(parsed, schema, annotator, is_request=is_request)
        name = str(parsed.class_info.name)
        title, rest = headline(schema.get("title", ""), schema.get("description", ""), name)
        return ModelView(
            name=name,
            module=self.modules[name],
            title=title,
            prose=rest,
            sources=writer.sources,
            fields=fields,
            bases=bases,
            class_variables=variables,
            additional=additional,
            additional_reader=additional_reader,
            additional_validators=tuple(validators.get("", ())),
            imports=self.imports(annotator, writer, bases, name),
            is_request=is_request,
            images=next((each for each in fields if "ImageSet" in bases and _holds_images(schemas[each.name])), None),
        )

    def parameters(self, operation: str, name: str, parameters: Iterable[tuple[Parameter, Property]]) -> ModelView:
        """The view of the model that holds an operation's parameters."""
        annotator, writer = Annotator(), ValidatorWriter()
        fields = tuple(
            self._field(
                parsed, parameter.schema, annotator, writer.of_rules(parameter.rules), parameter.rules,
                is_request=True, required=parameter.required, description=parameter.description,
                place="header" if parameter.place is Place.HEADER else "",
            )
            for parameter, parsed in parameters
        )  # fmt: skip
        return ModelView(
            name=name,
            module=module_of(name),
            title=f"The parameters of `{operation}`.",
            prose="",
            sources=writer.sources,
            fields=fields,
            bases=("Request",),
            class_variables=(),
            additional="",
            additional_reader="",
            additional_validators=(),
            imports=self.imports(annotator, writer, ("Request",), name),
            is_request=True,
        )

    def alias(self, parsed: EnumProperty | LiteralEnumProperty) -> AliasView:
        """The view of an enum, its values in the spec's order."""
        name = str(parsed.class_info.name)
        schema = self.component_schemas.get(name, {})
        values = schema.get("enum") or sorted(parsed.values)
        annotation = f"Literal[{', '.join(literal(value) for value in values if value is not None)}]"
        text = prose(schema.get("description", "") or "The values that the API documents.")
        return AliasView(name, self.modules[name], text, annotation)

    def open_enums(self) -> list[AliasView]:
        """The views of the components that take any text and know some."""
        views = []
        for name in self.open_names:
            schema = self.component_schemas[name]
            text = prose(schema.get("description", "") or "The values that the API documents; it may take others.")
            views.append(AliasView(name, self.modules[name], text, Annotator().known_values(schema)))
        return views

    def _open_enum(self, place: str, name: str) -> str:
        """The component that a property refers to, if it takes any text and knows some; "" otherwise."""
        node = self.contract.document.data
        for part in (*place.split("/")[1:], "properties", name):
            step = part.replace("~1", "/").replace("~0", "~")
            node = node[int(step)] if isinstance(node, list) else node.get(step, {})
        component = str(node.get("$ref", "")).rsplit("/", 1)[-1]
        return component if component in self.open_names else ""

    def imports(
        self, annotator: Annotator, writer: ValidatorWriter, bases: Iterable[str], name: str
    ) -> tuple[str, ...]:
        """The imports that annotations, validators and bases need; ruff sorts and formats them."""
        homes = {"ImageItem": "images", "ImageSet": "images", "Answer": "reading"}
        homes |= {"Request": "request", "FileBody": "file_body"}
        lines = [f"from {RUNTIME}.{homes[base]} import {base}" for base in bases]
        lines += [f"from {RUNTIME}.rules import {check}" for check in sorted(writer.checks)]
        lines += [f"from {RUNTIME}.reading import {reader}" for reader in sorted(annotator.readers)]
        lines += [f"from {RUNTIME}.types import {each}" for each in sorted(annotator.runtime_types)]
        abstract = {"Mapping", "Sequence"}
        for each in sorted(annotator.typing):
            lines.append(f"from {'collections.abc' if each in abstract else 'typing'} import {each}")
        lines += [f"from .{self.modules[model]} import {model}" for model in sorted(annotator.models - {name})]
        return tuple(lines)

    def _field(
        self,
        parsed: Property,
        schema: Json,
        annotator: Annotator,
        validators: Iterable[str],
        rules: Iterable[Rule],
        *,
        is_request: bool,
        required: bool | None = None,
        description: str = "",
        alias: str = "",
        place: str = "",
    ) -> FieldView:
        name = str(parsed.name.get_untrusted_value())
        annotation = annotator.request(parsed, schema) if is_request else annotator.answer(parsed, schema)
        argument = annotator.request(parsed, schema, read=True) if is_request else ""
        if alias and is_request:
            annotator.models.add(alias)
            annotation = argument = alias
        return FieldView(
            name=name,
            python_name=python_name(name),
            annotation=annotation,
            argument=argument,
            required=parsed.required if required is None else required,
            prose=field_prose(name, description, schema, rules, is_request=is_request),
            validators=tuple(validators),
            deprecated=_deprecation(name, schema),
            reader="" if is_request else annotator.reader(parsed, schema),
            place=place,
        )


def module_of(name: str) -> str:
    """The module below ``models`` that defines a class. It is private: users import from ``models``."""
    return f"_{snake_case(name)}"


def headline(title: str, description: str, fallback: str) -> tuple[str, str]:
    """A docstring's first line and its further text, both escaped: the title, or the description's first sentence."""
    text = " ".join(description.split()) if "\n\n" not in description.strip() else description.strip()
    if title:
        return _closed(prose(title)), prose(text, indent=4)
    first, _, rest = text.partition("\n\n")
    sentences = _SENTENCE.split(first, maxsplit=1)
    more = "\n\n".join(part for part in ("".join(sentences[1:]), rest) if part)
    return _closed(prose(sentences[0] or fallback)), prose(more, indent=4)


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _properties(schema: Json) -> dict[str, Json]:
    """A schema's properties, those of its `allOf` included."""
    found: dict[str, Json] = {}
    for part in schema.get("allOf", ()):
        found.update(_properties(part))
    found.update(schema.get("properties", {}))
    return found


def _all_properties(parsed: ModelProperty) -> list[Property]:
    return [*(parsed.required_properties or []), *(parsed.optional_properties or [])]


def _rules_by_property(shape: Shape) -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in shape.rules:
        found.setdefault(rule.field, []).append(rule)
    return found


def field_prose(name: str, description: str, schema: Json, rules: Iterable[Rule], *, is_request: bool) -> str:
    """What a docstring says of a field: its description, its rules, its default.

    Args:
        name: The field.
        description: What is said of it outside of its schema.
        schema: Its schema.
        rules: Its rules.
        is_request: Whether it is sent.
    """
    said = (description or schema.get("description", "")).strip()
    parts = [said if not said or said.endswith((".", "!", "?", ":")) else f"{said}."]
    if is_request:
        parts.append(sentence(rules))
        if known := schema.get("x-known-values"):
            parts.append(f"Known: {', '.join(known)}.")
        if "default" in schema:
            default = schema["default"]
            shown = str(default).lower() if isinstance(default, bool) else default
            parts.append(f"Absent, the API takes {shown}.")
    if schema.get("deprecated"):
        parts.append("Deprecated.")
    first, *others = [part for part in parts if part] or [""]
    apart = "\n\n" if _ITEM.match(first.rpartition("\n\n")[2]) else " "  # what follows a list is none of its items
    return prose(apart.join((first, " ".join(others))), indent=12, lead=len(python_name(name)) + 2)


def _deprecation(name: str, schema: Json) -> str:
    if not schema.get("deprecated"):
        return ""
    instead = schema.get("x-replaced-by")
    return f"{name} is deprecated; use {python_name(instead)} instead." if instead else f"{name} is deprecated."


def _bases(schema: Json, schemas: Mapping[str, Json], *, is_request: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Base classes, and the class variables that tell them where the images are."""
    if is_request:
        return ("Request",), ()
    if image := schema.get("x-image-from"):
        names = f"({literal(python_name(image['url']))}, {literal(python_name(image['base64']))})"
        return ("ImageItem", "Answer"), (f"_image_from: ClassVar[tuple[str, str]] = {names}",)
    for name, child in schemas.items():
        if _holds_images(child):
            return ("ImageSet", "Answer"), (f"_images_field: ClassVar[str] = {literal(python_name(name))}",)
    return ("Answer",), ()


def _holds_images(schema: Json) -> bool:
    return "x-image-from" in schema.get("items", {})


def _additional(parsed: ModelProperty, schema: Json, annotator: Annotator, *, is_request: bool) -> tuple[str, str]:
    """The type of what else an object may hold, and the source of its reader; "" for a closed one."""
    if not parsed.additional_properties:
        return ("Any", "") if not is_request else ("", "")
    below = schema.get("additionalProperties")
    below = below if isinstance(below, dict) else {}
    if is_request:
        return annotator.request(parsed.additional_properties, below), ""
    annotation = annotator.answer(parsed.additional_properties, below)
    reader = annotator.reader(parsed.additional_properties, below) if below else ""
    return annotation, reader
