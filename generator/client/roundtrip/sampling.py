"""Samples of schemas: small values that keep them, with the required fields alone or with all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from generator.client.roundtrip.scalars import NoSampleError, check_size, is_valid, scalars
from generator.client.roundtrip.values import File
from generator.spec.boundary.areas import near_square

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.spec import Json

_DEEPEST: Final = 12
_MOST_ITEMS: Final = 100
_MOST_PLACES: Final = 60
"""Once a sample has so many places, it gets no more optional ones: it is to be read by people."""
_USUAL_PIXELS: Final = 512 * 512
_BRANCHES: Final = ("oneOf", "anyOf")
_STAND_INS: Final[Mapping[str, Json]] = {"object": {}, "array": [], "integer": 1, "number": 1.5, "boolean": True}


class Sampler:
    """Makes samples.

    Args:
        find: The schema that a reference points to.
        full: Whether optional fields are given, too.
        most: After how many places no more optional ones are given.
    """

    def __init__(self, find: Callable[[str], Json], *, full: bool, most: int = _MOST_PLACES) -> None:
        self._find, self._full, self._most = find, full, most
        self._open: list[str] = []
        self._depth = self._places = 0

    def sample(self, schema: Json, given: Json = None) -> Any:
        """A value that keeps a schema.

        Args:
            schema: The schema; references are followed.
            given: What a document gives as an example; None if nothing.

        Raises:
            NoSampleError: There is none, or none was found.
        """
        if not isinstance(schema, dict):
            if schema is False:
                raise NoSampleError("nothing keeps `false`")
            return "text"
        self._places += 1
        with self._below(schema) as resolved:
            return self._sample(_merged(resolved, self._find), given)

    @contextmanager
    def _below(self, schema: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
        reference = schema.get("$ref", "")
        if self._depth > _DEEPEST or self._open.count(reference) > (1 if reference else len(self._open)):
            raise NoSampleError("it refers to itself")
        self._open.append(reference)
        self._depth += 1
        try:
            yield {**self._find(reference), **{k: v for k, v in schema.items() if k != "$ref"}} if reference else schema
        finally:
            self._depth -= 1
            self._open.pop()

    def _sample(self, schema: Mapping[str, Json], given: Json) -> Any:
        if "x-image" in schema and not isinstance(given, list):
            return _image(schema["x-image"])
        if schema.get("format") == "binary":
            return File()
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return _first_valid([given, *schema["enum"]], schema)
        kinds = _kinds(schema)
        if not kinds:
            for key in _BRANCHES:
                if schema.get(key):
                    return self._branch(schema, key, given)
        if "object" in kinds:
            return self._object(schema, given)
        if "array" in kinds:
            return self._array(schema, given)
        return _first_valid([given, *scalars(schema, kinds)], schema) if kinds else "text" if given is None else given

    def _branch(self, schema: Mapping[str, Json], key: str, given: Json) -> Any:
        trouble = NoSampleError("no branch has a sample")
        for branch in schema[key]:
            if isinstance(branch, dict) and branch.get("type") == "null" and len(schema[key]) > 1:
                continue
            try:
                found = self.sample(branch, given)
            except NoSampleError as error:
                trouble = error
                continue
            return self._told(schema, branch, found)
        raise trouble

    def _told(self, schema: Mapping[str, Json], branch: Mapping[str, Json], found: Any) -> Any:
        """A sample of a branch with the value by which a discriminator tells it."""
        stated = schema.get("discriminator")
        name = str(branch.get("$ref", "")).rsplit("/", 1)[-1]
        if not isinstance(stated, dict) or not isinstance(found, dict) or not name:
            return found
        told_by = stated["propertyName"]
        mapped = [value for value, to in stated.get("mapping", {}).items() if str(to).rsplit("/", 1)[-1] == name]
        if found.get(told_by) in mapped:
            return found
        return {**found, told_by: mapped[0] if mapped else found.get(told_by, name)}

    def _object(self, schema: Mapping[str, Json], given: Json) -> dict[str, Any]:
        properties, required = schema.get("properties", {}), schema.get("required", ())
        example = given if isinstance(given, dict) else {}
        found: dict[str, Any] = {}
        for name in dict.fromkeys([*required, *properties]):
            below = properties.get(name, {})
            if name in required:
                found[name] = self.sample(below, example.get(name))
            elif self._full and self._places < self._most and below is not False:
                try:
                    found[name] = self.sample(below, example.get(name))
                except NoSampleError:
                    continue
        values = schema.get("additionalProperties")
        wanted = schema.get("minProperties", 0) or (1 if self._full and not properties else 0)
        check_size(wanted, _MOST_ITEMS)
        if isinstance(values, dict) and len(found) < wanted:
            found |= {f"key{index}": self.sample(values) for index in range(wanted - len(found))}
        return found

    def _array(self, schema: Mapping[str, Json], given: Json) -> list[Any]:
        if "prefixItems" in schema:
            return [self.sample(item) for item in schema["prefixItems"]]
        least = schema.get("minItems", 0)
        check_size(least, _MOST_ITEMS)
        items = schema.get("items", {})
        if isinstance(given, list) and given:
            return [self.sample(items, item) for item in given]
        try:
            first = [self.sample(items)] if least or (self._full and schema.get("maxItems", 1)) else []
        except NoSampleError:
            if least:
                raise
            return []
        return first if least <= 1 else self._distinct(items, first[0], least, schema)

    def _distinct(self, items: Json, first: Any, least: int, schema: Mapping[str, Json]) -> list[Any]:
        if not schema.get("uniqueItems"):
            return [first] * least
        resolved = self._find(items["$ref"]) if isinstance(items, dict) and "$ref" in items else items
        several = resolved.get("enum") or (
            [first + index for index in range(least)]
            if isinstance(first, int)
            else [f"{first}{index}" for index in range(least)]
            if isinstance(first, str)
            else []
        )
        if len(several) < least or not all(is_valid(value, resolved) for value in several[:least]):
            raise NoSampleError("no distinct items were found")
        return list(several[:least])


def stand_in(schema: Json, find: Callable[[str], Json], depth: int = 0) -> Json:
    """What is given where no sample was found: of the right type, whatever else the schema asks for.

    Args:
        schema: The schema; references are followed.
        find: The schema that a reference points to.
        depth: How many arrays it stands in.
    """
    if not isinstance(schema, dict):
        return "text"
    merged = _merged(find(schema["$ref"]) if "$ref" in schema else schema, find)
    if merged.get("enum"):
        return merged["enum"][0]
    branches = [each for key in _BRANCHES for each in merged.get(key, ()) if each != {"type": "null"}]
    kinds = _kinds(merged)
    if branches and not kinds and depth < _DEEPEST:
        return stand_in(branches[0], find, depth + 1)
    if "array" in kinds and depth < _DEEPEST:
        return [stand_in(merged.get("items", {}), find, depth + 1)]
    return _STAND_INS.get(kinds[0], "text") if kinds else "text"


def _merged(schema: Mapping[str, Json], find: Callable[[str], Json]) -> Mapping[str, Json]:
    """A schema with the parts of its `allOf` in it."""
    if "allOf" not in schema:
        return schema
    merged: dict[str, Any] = {}
    for part in [*schema["allOf"], {key: value for key, value in schema.items() if key != "allOf"}]:
        stated = find(part["$ref"]) if "$ref" in part else part
        for key, value in _merged(stated, find).items():
            if key == "properties":
                merged[key] = {**merged.get(key, {}), **value}
            elif key == "required":
                merged[key] = [*merged.get(key, ()), *value]
            else:
                merged[key] = value
    return merged


def _kinds(schema: Mapping[str, Json]) -> list[str]:
    stated = schema.get("type", [])
    kinds = [stated] if isinstance(stated, str) else list(stated)
    if not kinds and ("properties" in schema or isinstance(schema.get("additionalProperties"), dict)):
        return ["object"]
    if not kinds and "items" in schema:
        return ["array"]
    return [kind for kind in kinds if kind != "null"] or kinds


def _first_valid(values: list[Json], schema: Mapping[str, Json]) -> Json:
    for value in values:
        if value is not None and is_valid(value, schema):
            return value
    if None in values[1:] and is_valid(None, schema):
        return None
    raise NoSampleError("no value was found")


def _image(limits: Mapping[str, Json]) -> Any:
    if "file" in limits["forms"]:
        total = max(limits.get("minPixels", 1), min(_USUAL_PIXELS, limits.get("maxPixels", _USUAL_PIXELS)))
        return File("picture.png", "image/png", near_square(total))
    return "https://example.com/picture.png" if "url" in limits["forms"] else "c2FtcGxl"
