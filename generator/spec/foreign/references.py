"""Which components adapted schemas and operations refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.spec.model import Json

COMPONENTS: Final = "#/components/schemas/"
"""What a reference to a component begins with."""


def references(schema: Json) -> Iterator[str]:
    """The components that an adapted schema refers to, each once or more."""
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(COMPONENTS)
    below = [*schema.get("anyOf", ()), *schema.get("properties", {}).values()]
    below += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for child in below:
        yield from references(child)


def of_request(operation: Json) -> Iterator[str]:
    """The components that an adapted operation's parameters and body refer to."""
    for parameter in operation.get("parameters", ()):
        yield from references(parameter["schema"])
    yield from _of_content(operation.get("requestBody", {}))


def of_answers(operation: Json) -> Iterator[str]:
    """The components that an adapted operation's answers refer to."""
    for answer in operation["responses"].values():
        yield from _of_content(answer)


def reached(start: Iterable[str], components: Mapping[str, Json]) -> set[str]:
    """The components that some lead to, over however many others, and these themselves.

    Args:
        start: Where to begin.
        components: All components.
    """
    waiting, found = list(start), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += references(components[name])
    return found


def _of_content(node: Json) -> Iterator[str]:
    for content in node.get("content", {}).values():
        yield from references(content["schema"])
