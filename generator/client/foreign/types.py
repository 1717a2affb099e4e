"""Python types of adapted schemas, and the readers that take answers apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import define, field

from generator.client.literals import literal
from generator.spec.foreign.references import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.spec import Json

_SCALARS: Final = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_READERS: Final = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_MOST_TYPED: Final = 3
"""So many readers a type checker follows through one call; of more the field's own type is believed."""


@define
class TypeWriter:
    """Writes types and readers, and remembers what they need.

    Attributes:
        components: What references point to.
        models: The names of the classes used so far.
        readers: The names of the readers used so far.
        typing: The names from `typing` and `collections.abc` used so far.
        runtime_types: The names from the runtime's types used so far.
    """

    components: Mapping[str, Json]
    models: set[str] = field(factory=set)
    readers: set[str] = field(factory=set)
    typing: set[str] = field(factory=set)
    runtime_types: set[str] = field(factory=set)

    def request(self, schema: Json, *, read: bool = False) -> str:
        """The type of what is sent: models may be given as mappings, lists as any sequence.

        Args:
            schema: Its schema.
            read: Whether it is a method's argument, which may be an iterator too, since it is read at once.
        """
        if "$ref" in schema:
            name = self._named(schema)
            return name if "enum" in self.components[name] else f"{name} | {self._map('Any')}"
        if "enum" in schema:
            return self._values(schema["enum"])
        if "anyOf" in schema:
            return self.union([self.request(member, read=read) for member in schema["anyOf"]])
        return self._of_types(schema, lambda kind: self._request(kind, schema, read=read))

    def answer(self, schema: Json) -> str:
        """The type of what comes: unknown values of an enum are kept, so that its type is open."""
        if "$ref" in schema:
            name = self._named(schema)
            kind = self.components[name].get("type", "") if "enum" in self.components[name] else ""
            return f"{name} | {_SCALARS[kind]}" if kind else name
        if "enum" in schema:
            return self._open_values(schema)
        if "anyOf" in schema:
            members = [self.answer(member) for member in schema["anyOf"]]
            return self.union([*members, *(["dict[str, Any]"] if "discriminator" in schema else [])])
        return self._of_types(schema, lambda kind: self._answer(kind, schema))

    def reader(self, schema: Json) -> str:
        """The expression that reads what comes, null apart."""
        if "$ref" in schema:
            name = self._named(schema)
            target = self.components[name]
            return self._use(_READERS[target["type"]]) if "enum" in target else f"{name}.from_dict"
        kinds = [kind for kind in _types(schema) if kind != "null"]
        if "enum" in schema:
            return self._use(_READERS.get(kinds[0], "anything") if len(kinds) == 1 else "anything")
        if "discriminator" in schema:
            return self._by_kind(schema["discriminator"])
        if "anyOf" in schema:
            members = [member for member in schema["anyOf"] if member.get("type") != "null"]
            if any(not member for member in members):
                return self._use("anything")
            return self._one_of(list(dict.fromkeys(map(self.reader, members))))
        return self._one_of([self._reads(kind, schema) for kind in kinds]) if kinds else self._use("anything")

    def reader_with_null(self, schema: Json) -> str:
        """The expression that reads what comes, null included where the schema allows it."""
        reader = self.reader(schema)
        return f"{self._use('or_none')}({reader})" if allows_null(schema) and reader != "anything" else reader

    def _request(self, kind: str, schema: Json, *, read: bool) -> str:
        if kind == "array":
            self.typing.add("Sequence")
            inner = self.request(schema.get("items", {}))
            return f"Sequence[{inner}] | Iterator[{inner}]" if read else f"Sequence[{inner}]"
        if kind == "object":
            return self._map(self.request(schema.get("additionalProperties", {})))
        if kind == "string" and schema.get("format") == "binary":
            self.runtime_types.add("FileInput")
            return "FileInput"
        return _SCALARS[kind]

    def _answer(self, kind: str, schema: Json) -> str:
        if kind == "array":
            return f"list[{self.answer(schema.get('items', {}))}]"
        if kind == "object":
            return f"dict[str, {self.answer(schema.get('additionalProperties', {}))}]"
        return _SCALARS[kind]

    def _reads(self, kind: str, schema: Json) -> str:
        if kind == "array":
            return f"{self._use('list_of')}({self.reader_with_null(schema.get('items', {}))})"
        if kind == "object":
            values = schema.get("additionalProperties")
            return f"{self._use('mapping_of')}({self.reader_with_null(values)})" if values else self._use("mapping")
        return self._use(_READERS[kind])

    def _of_types(self, schema: Json, one: Callable[[str], str]) -> str:
        kinds = _types(schema)
        return self.union([one(kind) for kind in kinds]) if kinds else self._any()

    def _named(self, schema: Json) -> str:
        name = str(schema["$ref"]).removeprefix(COMPONENTS)
        self.models.add(name)
        return name

    def _values(self, values: list[Json]) -> str:
        """The type of these values; no literal can be a float, an object or an array."""
        literals = [literal(value) for value in values if isinstance(value, str | int)]
        if any(isinstance(value, list | dict) for value in values):
            return self._any()
        self.typing.update(["Literal"] if literals else [])
        parts = [f"Literal[{', '.join(literals)}]"] if literals else []
        parts += ["float"] if any(isinstance(value, float) for value in values) else []
        parts += ["None"] if None in values else []
        return self.union(parts)

    def _open_values(self, schema: Json) -> str:
        kinds = [kind for kind in _types(schema) if kind != "null"]
        if len(kinds) != 1 or kinds[0] not in {"string", "integer"}:
            scalar = _SCALARS.get(kinds[0]) if len(kinds) == 1 else None
            found = scalar or self._any()
            return self.union([found, *(["None"] if allows_null(schema) else [])])
        return self.union(
            [
                self._values([v for v in schema["enum"] if v is not None]),
                _SCALARS[kinds[0]],
                *(["None"] if allows_null(schema) else []),
            ]
        )

    def _by_kind(self, discriminator: Json) -> str:
        """The reader of a union that a discriminator tells apart."""
        readers = {
            value: f"{self._named({'$ref': target})}.from_dict" for value, target in discriminator["mapping"].items()
        }
        table = ", ".join(f"{literal(value)}: {reader}" for value, reader in readers.items())
        return f"{self._use('of_kind')}({literal(discriminator['propertyName'])}, {{{table}}})"

    def _one_of(self, readers: list[str]) -> str:
        if len(readers) == 1:
            return readers[0]
        return f"{self._use('one_of' if len(readers) <= _MOST_TYPED else 'one_of_many')}({', '.join(readers)})"

    def _map(self, values: str) -> str:
        self.typing.add("Mapping")
        self.typing.update(["Any"] if "Any" in values else [])
        return f"Mapping[str, {values}]"

    def _any(self) -> str:
        self.typing.add("Any")
        return "Any"

    def _use(self, reader: str) -> str:
        self.readers.add(reader)
        return reader

    def union(self, parts: list[str]) -> str:
        """The union of types, each once, None last."""
        if "Any" in parts:
            return self._any()
        if any("Any" in part for part in parts):
            self.typing.add("Any")
        each = [piece for part in parts for piece in _pieces(part)]
        return " | ".join(sorted(dict.fromkeys(each), key=lambda piece: piece == "None"))


def allows_null(schema: Json) -> bool:
    """Whether a schema allows null."""
    if "anyOf" in schema:
        return any(map(allows_null, schema["anyOf"]))
    return "null" in _types(schema) or None in schema.get("enum", ())


def _types(schema: Json) -> list[str]:
    stated = schema.get("type", [])
    return stated if isinstance(stated, list) else [stated]


def _pieces(union: str) -> list[str]:
    """The members of a union that is written out; brackets and quotation marks keep together what is in them."""
    pieces, depth, quote, start, index = [], 0, "", 0, 0
    while index < len(union):
        char = union[index]
        if quote:
            index += char == "\\"
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "[(":
            depth += 1
        elif char in "])":
            depth -= 1
        elif char == "|" and depth == 0:
            pieces.append(union[start:index].strip())
            start = index + 1
        index += 1
    return [*pieces, union[start:].strip()]
