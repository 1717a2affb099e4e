"""Adapts the operations of a foreign document: ids, tags and paths that make names, and all that belongs to each."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from attrs import define, field

from generator.spec.foreign.findings import CutError
from generator.spec.foreign.naming import Names, class_name, identifier, operation_words, parts_of
from generator.spec.foreign.paths import plain_path
from generator.spec.foreign.reserved import MEMBERS, METHODS, MODULES
from generator.spec.naming import method_name, snake_case
from generator.spec.roles import METHODS as HTTP_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.spec.foreign.files import Files, Spot
    from generator.spec.foreign.findings import Findings
    from generator.spec.model import Json

_SYMBOL: Final = re.compile(r"\W")
_KEYWORDS: Final = re.compile(r"_+$")


@define
class Found:
    """An operation as it was found, and what it is called.

    Attributes:
        path: The path template.
        method: In lower case.
        node: The operation.
        spot: Where it stands.
        shared: The parameters of its path, and where they stand.
        servers: The servers of its path, which are its own where it has none.
        stated: Its operationId; "" if it has none.
        tag: Its resource.
        id: What it is called.
        stem: What the names of its classes begin with.
    """

    path: str
    method: str
    node: dict[str, Json] = field(repr=False)
    spot: Spot = field(repr=False)
    shared: tuple[Json, Spot] = field(repr=False)
    servers: Json
    stated: str
    tag: str = ""
    id: str = ""
    stem: str = ""


def find_operations(files: Files, findings: Findings, root: Spot) -> list[Found]:
    """Every operation of a document, each with names of its own.

    Args:
        files: The document.
        findings: Is told of what can't be taken, and of names that had to change.
        root: The document's root.
    """
    paths = files.root.data.get("paths")
    found: list[Found] = []
    taken: set[tuple[str, str]] = set()
    for path, item in paths.items() if isinstance(paths, dict) else ():
        if path.startswith("x-"):
            continue
        for operation in _of_path(files, findings, path, item, root.below("paths", path)):
            if (operation.path, operation.method) in taken:
                findings.cut(
                    operation.spot,
                    "same-path",
                    f"{operation.method.upper()} {operation.path} stands here a second time.",
                )
                continue
            taken.add((operation.path, operation.method))
            found.append(operation)
    _name_tags(found)
    _name_operations(found, findings)
    return found


def _of_path(files: Files, findings: Findings, path: str, item: Json, spot: Spot) -> Iterator[Found]:
    own = item if isinstance(item, dict) else {}
    try:
        target, place = files.target(item, spot)
    except CutError as cut:
        findings.cut(cut.spot, cut.code, f"{cut} The operations of this path are left out.")
        return
    if not isinstance(target, dict):
        findings.cut(place, "no-path", "A path's value is a mapping of methods. This is none.")
        return
    merged = {**target, **{key: value for key, value in own.items() if key != "$ref"}}
    for method in HTTP_METHODS:
        if method not in merged:
            continue
        node, here = merged[method], (spot if method in own else place) / method
        if not isinstance(node, dict):
            findings.cut(here, "no-operation", "An operation is a mapping. This is none.")
            continue
        shared = merged.get("parameters"), (spot if "parameters" in own else place) / "parameters"
        queried = _queried(files, [shared, (node.get("parameters"), here / "parameters")]) if "?" in path else ()
        stated = node.get("operationId")
        servers = node.get("servers") or merged.get("servers")
        words = stated if isinstance(stated, str) else ""
        yield Found(plain_path(path, queried), method, node, here, shared, servers, words)


def _queried(files: Files, lists: list[tuple[Json, Spot]]) -> set[str]:
    """The names of an operation's parameters that are in the query."""
    found: set[str] = set()
    for nodes, spot in lists:
        for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
            with suppress(CutError):  # told where the parameters are adapted
                target = files.target(node, spot / index)[0]
                if isinstance(target, dict) and target.get("in") == "query":
                    found.add(str(target.get("name")))
    return found


def _name_tags(found: list[Found]) -> None:
    """Give each operation a resource; tags that would be one name are one resource."""
    for operation in found:
        tags = operation.node.get("tags")
        stated = (
            next((tag for tag in tags if isinstance(tag, str) and tag.strip()), "") if isinstance(tags, list) else ""
        )
        tag = identifier(stated, "api") if stated else "default"
        operation.tag = f"{tag}_api" if tag in MEMBERS or tag.startswith("with_") else tag


def _name_operations(found: list[Found], findings: Findings) -> None:
    names = Names(MODULES)
    stated = Counter(operation.stated for operation in found if operation.stated)
    short = Counter(map(_without_path, found))
    for operation in found:
        given = _without_path(operation) if short[_without_path(operation)] == 1 else operation.stated
        words = operation_words(given, operation.method, operation.path)
        own = "_".join(parts_of(f"{operation.method} {operation.path}"))
        wanted = words if identifier(words, "op") else own
        operation.id = names.take(
            _id(wanted), *([_id(f"{wanted}_{operation.tag}")] if stated[operation.stated] > 1 else [])
        )
        if stated[operation.stated] > 1:
            message = (
                f"Several operations have the operationId {operation.stated!r}. This one is called {operation.id!r}."
            )
            findings.note(operation.spot / "operationId", "duplicate-operation-id", message)
    _tell_methods_apart(found, names)
    stems = Names()
    for operation in found:
        operation.stem = stems.take(class_name(operation.id, "Op"))


def _without_path(operation: Found) -> str:
    """An operationId without the path and method that FastAPI puts behind a function's name."""
    ending = f"{_SYMBOL.sub('_', operation.path)}_{operation.method}"
    return operation.stated.removesuffix(ending) or operation.stated


def _id(words: str) -> str:
    """An operationId that is a name in Python once it is in snake_case."""
    name = words if snake_case(words).isidentifier() else f"op_{words}"
    return name if len(name) < 90 else identifier(name, "op")  # noqa: PLR2004 - file names have an end


def _tell_methods_apart(found: list[Found], names: Names) -> None:
    """Rename operations whose methods would have the name of another one, or of something else there."""
    for _ in range(len(found) + 1):
        clash = _clash(found)
        if clash is None:
            return
        clash.id = names.take(_id(f"{clash.method}_{clash.id}"))
    return


def _clash(found: list[Found]) -> Found | None:
    short = Counter((operation.tag, method_name(operation.id, operation.tag)) for operation in found)
    taken: dict[tuple[str, str], Found] = {}
    named: list[tuple[Found, str]] = []
    for operation in found:
        name = method_name(operation.id, operation.tag)
        if short[operation.tag, name] > 1:
            name = snake_case(operation.id)
        named.append((operation, name))
        key = (operation.tag, _KEYWORDS.sub("", name))
        if key in taken or name in METHODS or not name.isidentifier():
            return operation
        taken[key] = operation
    return next(
        (o for o, name in named if name.endswith("_many") and (o.tag, name.removesuffix("_many")) in taken), None
    )
