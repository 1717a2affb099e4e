"""Python types for the fields of requests and answers, and the readers that take answers apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field
from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty

from generator.client.literals import literal
from generator.client.prepare import is_free_object, is_mixed_enum

if TYPE_CHECKING:
    from openapi_python_client.parser.properties.protocol import PropertyProtocol as Property

    from generator.spec import Json

_REQUEST_SCALARS = {StringProperty: "str", IntProperty: "int", FloatProperty: "float", BooleanProperty: "bool"}
_READERS = {
    StringProperty: "string",
    IntProperty: "integer",
    FloatProperty: "number",
    BooleanProperty: "boolean",
    AnyProperty: "anything",
}

_IN_TEXT = {"base64", "data-uri"}
"""The forms of an image that a file can be turned into."""


class UnsupportedTypeError(Exception):
    """A schema whose Python type is not known."""


@define
class Annotator:
    """Writes annotations, and remembers the classes that they need.

    Attributes:
        models: The names of the model classes used so far.
        readers: The names of the readers used so far.
        typing: The names from `typing` and `collections.abc` used so far.
        runtime_types: The names from the runtime's types used so far.
    """

    models: set[str] = field(factory=set)
    readers: set[str] = field(factory=set)
    typing: set[str] = field(factory=set)
    runtime_types: set[str] = field(factory=set)

    def request(self, prop: Property, schema: Json, *, read: bool = False) -> str:
        """The type of a request's field: models may be given as mappings, lists as any sequence.

        Args:
            prop: The field.
            schema: Its schema.
            read: Whether it is a method's argument, which may be an iterator too, since it is read at once.
        """
        if is_free_object(schema):
            return self._typing("Mapping", "Any", form="Mapping[str, Any]")
        if "x-known-values" in schema:
            return self.known_values(schema)
        if is_mixed_enum(schema):
            return self._values(schema["enum"])
        if isinstance(prop, FileProperty):
            self.runtime_types.add("FileInput")
            return "FileInput"
        if isinstance(prop, ListProperty):
            self.typing.add("Sequence")
            inner = self.request(prop.inner_property, schema.get("items", {}))
            sequence = f"Sequence[{inner}] | Iterator[{inner}]" if read else f"Sequence[{inner}]"
            return f"{inner} | {sequence}" if isinstance(prop.inner_property, FileProperty) else sequence
        if isinstance(prop, ModelProperty):
            return self._typing("Mapping", "Any", form=f"{self._model(prop)} | Mapping[str, Any]")
        if isinstance(prop, UnionProperty):
            branches = [(inner, _branch(schema, inner)) for inner in prop.inner_properties]
            return self._union([self.request(inner, branch, read=read) for inner, branch in branches])
        if isinstance(prop, StringProperty) and _IN_TEXT & set(schema.get("x-image", {}).get("forms", ())):
            self.runtime_types.add("FileInput")
            return "str | FileInput"  # a file is sent as base64 data
        return self._scalar(prop)

    def answer(self, prop: Property, schema: Json) -> str:
        """The type of an answer's field: unknown values of an enum are kept, so that its type is open."""
        if is_free_object(schema):
            return self._typing("Any", form="dict[str, Any]")
        if isinstance(prop, ListProperty):
            return f"list[{self.answer(prop.inner_property, schema.get('items', {}))}]"
        if isinstance(prop, ModelProperty):
            return self._model(prop)
        if isinstance(prop, UnionProperty):
            members = [self.answer(inner, _branch(schema, inner)) for inner in prop.inner_properties]
            unknown = [self._typing("Any", form="dict[str, Any]")] if "discriminator" in schema else []
            return self._union([*members, *unknown])
        if isinstance(prop, LiteralEnumProperty):
            return f"{self._scalar(prop)} | {prop.value_type.__name__}"
        if isinstance(prop, FileProperty):
            return "str"
        return self._scalar(prop)

    def reader(self, prop: Property, schema: Json) -> str:
        """The expression that reads an answer's field."""
        if is_free_object(schema):
            return self._reader("mapping")
        if isinstance(prop, ListProperty):
            return f"{self._reader('list_of')}({self.reader(prop.inner_property, schema.get('items', {}))})"
        if isinstance(prop, ModelProperty):
            return f"{self._model(prop)}.from_dict"
        if isinstance(prop, UnionProperty):
            if "discriminator" in schema:
                return self._by_kind(prop, schema["discriminator"])
            members = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
            inner = [self.reader(member, _branch(schema, member)) for member in members]
            unique = list(dict.fromkeys(inner))
            return unique[0] if len(unique) == 1 else f"{self._reader('one_of')}({', '.join(unique)})"
        if isinstance(prop, LiteralEnumProperty):
            return self._reader("integer" if prop.value_type is int else "string")
        return self._reader(_READERS.get(type(prop), "anything"))

    def known_values(self, schema: Json) -> str:
        """The open type of a field that takes any text and knows some."""
        self.typing.add("Literal")
        return f"Literal[{', '.join(literal(value) for value in schema['x-known-values'])}] | str"

    def _values(self, values: list[Json]) -> str:
        """The type of these values; no literal can be a float, an object or an array."""
        literals = [literal(value) for value in values if isinstance(value, str | int)]
        parts = [self._typing("Literal", form=f"Literal[{', '.join(literals)}]")] if literals else []
        parts += ["float"] if any(isinstance(value, float) for value in values) else []
        parts += ["None"] if None in values else []
        if any(isinstance(value, list | dict) for value in values):
            return self._typing("Any", form="Any")
        return self._union(parts)

    def _by_kind(self, prop: UnionProperty, discriminator: Json) -> str:
        """The reader of a union that a discriminator tells apart; a class's own name is a value unless it is mapped."""
        classes = {str(p.class_info.name): p for p in prop.inner_properties if isinstance(p, ModelProperty)}
        mapped = {value: name.rsplit("/", 1)[-1] for value, name in discriminator.get("mapping", {}).items()}
        implied = {name: name for name in classes if name not in mapped.values()}
        readers = {
            value: f"{self._model(classes[name])}.from_dict"
            for value, name in {**mapped, **implied}.items()
            if name in classes
        }
        table = ", ".join(f"{literal(value)}: {reader}" for value, reader in readers.items())
        return f"{self._reader('by_kind')}({literal(discriminator['propertyName'])}, {{{table}}})"

    def _scalar(self, prop: Property) -> str:
        if isinstance(prop, LiteralEnumProperty):
            name = str(prop.class_info.name)
            self.models.add(name)
            return name
        if isinstance(prop, ConstProperty):
            return self._typing("Literal", form=f"Literal[{literal(prop.value.raw_value)}]")
        if isinstance(prop, NoneProperty):
            return "None"
        if isinstance(prop, AnyProperty):
            return self._typing("Any", form="Any")
        scalar = _REQUEST_SCALARS.get(type(prop))
        if scalar is None:
            raise UnsupportedTypeError(f"there is no Python type for {type(prop).__name__}")
        return scalar

    def _model(self, prop: ModelProperty) -> str:
        name = str(prop.class_info.name)
        self.models.add(name)
        return name

    def _typing(self, *names: str, form: str) -> str:
        self.typing.update(names)
        return form

    def _reader(self, name: str) -> str:
        self.readers.add(name)
        return name

    def _union(self, parts: list[str]) -> str:
        return " | ".join(sorted(dict.fromkeys(parts), key=lambda part: part == "None"))


def _branch(schema: Json, inner: Property) -> Json:
    """The part of a union's schema that one of its members was made from, as far as its type tells."""
    if isinstance(inner, ListProperty):
        return {"items": schema.get("items", {})}
    if isinstance(inner, StringProperty) and "x-image" in schema:
        return {"x-image": schema["x-image"]}
    return {}
