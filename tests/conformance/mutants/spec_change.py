"""Mutates the mock's spec: what stands at a JSON Pointer of a temporary copy is set, taken out or added to."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from generator.spec import load
from tests.conformance.mutants.values import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.spec import Contract


def changed_spec(contract: Contract, changes: Sequence[Mapping[str, Any]]) -> Contract:
    """A spec with changes.

    Args:
        contract: The right spec.
        changes: Each with ``schema``, a component's name, ``at``, a JSON Pointer in there, and one of ``set`` (a
            value), ``remove`` (true), ``add`` (items of a list) and ``without`` (items of a list). A component that
            several places share is changed at the one that the pointer leads to.
    """
    data = copy.deepcopy(contract.document.data)
    _without_examples(data)
    for change in changes:
        _change(data, ["components", "schemas", change["schema"], *parts_of(change["at"])], change)
    _without_unused(data)
    with TemporaryDirectory() as folder:
        path = Path(folder, contract.path.name).with_suffix(".json")
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return load(path)


def _without_examples(data: Any) -> None:
    """Take out the examples of whole requests: what is right by the right spec may be wrong by this one."""
    for methods in data["paths"].values():
        for operation in methods.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                content.pop("examples", None)


def _without_unused(data: Any) -> None:
    """Take out the components that nothing points to any more: the lint wouldn't have them."""
    schemas = data["components"]["schemas"]
    while unused := [name for name in schemas if f'"#/components/schemas/{name}"' not in json.dumps(data)]:
        for name in unused:
            del schemas[name]


def _change(data: Any, parts: list[str], change: Mapping[str, Any]) -> None:
    node = data
    for part in parts[:-1]:
        node = _below(data, node, part)
    last: Any = int(parts[-1]) if isinstance(node, list) else parts[-1]
    if "$ref" in node:
        _inline(data, node)
    if change.get("remove"):
        del node[last]
    elif "set" in change:
        node[last] = change["set"]
    elif "without" in change:
        gone = [item for item in change["without"] if item not in node[last]]
        if gone:
            raise ValueError(f"{gone} is not at {change['at']}")
        node[last] = [item for item in node[last] if item not in change["without"]]
    else:
        node[last] = [*node.get(last, []), *change["add"]]


def _below(data: Any, node: Any, part: str) -> Any:
    if isinstance(node, list):
        return node[int(part)]
    if "$ref" in node:
        _inline(data, node)
    return node[part]


def _inline(data: Any, node: dict[str, Any]) -> None:
    """Put a copy of what a reference points to in its place, so that no other place changes with it."""
    target = data
    for part in parts_of(node.pop("$ref").removeprefix("#")):
        target = target[part]
    beside = dict(node)
    node.update(copy.deepcopy(target))
    if "x-source" in beside and "x-source" in target:
        beside["x-source"] = {**target["x-source"], **beside["x-source"]}
    node.update(beside)
