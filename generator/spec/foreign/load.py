"""Loads a document that nobody here wrote: what can be generated, and what was cut out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.spec.contract import build_contract
from generator.spec.document import Document
from generator.spec.foreign.document import DocumentAdapter
from generator.spec.foreign.files import Files, Spot
from generator.spec.foreign.findings import Findings
from generator.spec.foreign.naming import class_name
from generator.spec.foreign.unrolling import unrolled
from generator.spec.problems import Problem, SpecError, shortened
from generator.spec.resolve import Resolved

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.spec.document import Pointer
    from generator.spec.model import Contract, Json


@frozen
class Foreign:
    """A foreign document as it was taken.

    Attributes:
        contract: What can be generated.
        cuts: What can't be: operations that are left out, and places where anything is taken.
        notes: What is generated otherwise than the document says it.
        files: Every file that was read or looked for, the main one first, with its hash or what is in its place.
    """

    contract: Contract
    cuts: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    files: Mapping[Path, str]


def is_foreign(data: Json) -> bool:
    """Whether a document is none of our own: ours name the documents that their facts come from."""
    return not isinstance(data, dict) or "x-documents" not in data


def load_foreign(path: Path, name: str = "", *, answers: bool = False) -> Foreign:
    """Load a document that nobody here wrote, OpenAPI 3.0 or 3.1.

    Args:
        path: The file. Files beside and below it are read where it refers to them; nothing else is.
        name: The package's name; the file's own if absent.
        answers: Whether the rules of answers are listed as well; no client needs them.

    Raises:
        SpecError: Nothing can be made of it: it can't be read, is no OpenAPI 3, or has no operation that could be
            generated.
    """
    files = Files(path)
    root = Spot(files.root)
    _check_version(files)
    findings = Findings()
    name = name or path.stem
    client = class_name(name, "Api")
    adapter = DocumentAdapter(files, root, findings, client)
    data = adapter.document()
    if not data["paths"]:
        raise SpecError([*findings.cuts, Problem(path, 0, "", "no-operation", _nothing(files.root.data))])
    resolved = _resolved(data, adapter, answers=answers)
    document = Document(path, data, _Lines(files), {})
    contract, _ = build_contract(document, resolved)
    contract = evolve(contract, name=name, client=client, foreign=True)
    return Foreign(contract, tuple(sorted(findings.cuts)), tuple(sorted(findings.notes)), files.states)


def _check_version(files: Files) -> None:
    data, path = files.root.data, files.root.path
    if not isinstance(data, dict):
        raise SpecError([Problem(path, 1, "", "no-mapping", "An OpenAPI document is a mapping. This is none.")])
    version = data.get("openapi")
    if str(version).startswith(("3.0", "3.1", "3.2")):
        return
    if "swagger" in data:
        command = f"npx swagger2openapi {shortened(path.name)} --outfile openapi.json"
        message = f"This is Swagger 2.0. Convert it first, e.g. with `{command}`, and give what that writes."
    elif version is None:
        message = "It says no version in `openapi`, so that it is no OpenAPI document. OpenAPI 3.0 and 3.1 are read."
    else:
        message = f"It says `openapi: {shortened(str(version), 40)}`. OpenAPI 3.0 and 3.1 are read."
    raise SpecError([Problem(path, files.root.lines.of(("openapi",)), "/openapi", "not-openapi-3", message)])


def _nothing(data: Json) -> str:
    message = "There is no operation in it that can be generated."
    if data.get("webhooks") and not data.get("paths"):
        message += " It has webhooks alone: those are requests that its server makes, not its clients."
    return message


class _Lines(dict["Pointer", int]):
    """The lines of a file, as `Document` asks for them."""

    def __init__(self, files: Files) -> None:
        super().__init__()
        self._lines = files.root.lines

    def __contains__(self, pointer: object) -> bool:
        return True

    def __missing__(self, pointer: Pointer) -> int:
        return self._lines.of(pointer)


def _resolved(data: Json, adapter: DocumentAdapter, *, answers: bool) -> Resolved:
    """The document without references; of each place that rules are told of, where it stands in the file."""
    components = data["components"]["schemas"]
    shallow = {name: _without_references(schema) for name, schema in components.items()}
    resolved = {**data, "components": {**data["components"], "schemas": shallow}, "paths": {}}
    named: dict[Pointer, str] = {}
    origins: dict[Pointer, Pointer] = {}
    for path, item in data["paths"].items():
        for method, node in item.items():
            at: Pointer = ("paths", path, method)
            origins[at] = adapter.spots[node["operationId"]].pointer
            for below, schema in _bodies(node):
                if reference := schema.get("$ref"):
                    named[(*at, *below)] = reference.rsplit("/", 1)[-1]
                    origins[(*at, *below)] = adapter.schemas.origins[reference.rsplit("/", 1)[-1]].pointer
            resolved["paths"].setdefault(path, {})[method] = _operation(node, components, answers=answers)
    return Resolved(resolved, origins, named, set())


def _bodies(node: Json) -> Iterator[tuple[Pointer, Json]]:
    for media_type, content in node.get("requestBody", {}).get("content", {}).items():
        yield ("requestBody", "content", media_type, "schema"), content["schema"]


def _operation(node: Json, components: Json, *, answers: bool) -> Json:
    found = dict(node)
    if "parameters" in node:
        found["parameters"] = [{**each, "schema": unrolled(each["schema"], components)} for each in node["parameters"]]
    if body := node.get("requestBody"):
        content = {name: {"schema": unrolled(child["schema"], components)} for name, child in body["content"].items()}
        found["requestBody"] = {**body, "content": content}
    found["responses"] = {
        status: {
            **answer,
            "content": {
                name: {"schema": unrolled(child["schema"], components) if answers else {}}
                for name, child in answer.get("content", {}).items()
            },
        }
        for status, answer in node["responses"].items()
    }
    return found


def _without_references(node: Json) -> Json:
    if isinstance(node, dict):
        return {
            key: value if key in {"default", "enum"} else _without_references(value)
            for key, value in node.items()
            if key != "$ref"
        }
    return [_without_references(each) for each in node] if isinstance(node, list) else node
