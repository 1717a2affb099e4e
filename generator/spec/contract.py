"""Builds the contract of a spec: its operations with their shapes, answers, examples and rules."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import evolve

from generator.spec.model import (
    Answer,
    Contract,
    Example,
    Operation,
    Parameter,
    Place,
    Rule,
    SecurityScheme,
    Shape,
)
from generator.spec.naming import method_name, snake_case
from generator.spec.roles import METHODS
from generator.spec.rules import RuleLister, Spot, escape_name
from generator.spec.sources import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.document import Document, Pointer
    from generator.spec.model import Json
    from generator.spec.problems import Problem
    from generator.spec.resolve import Resolved

_JSON = "application/json"
_SHORT_NAMES = {_JSON: "json", "multipart/form-data": "multipart"}
_PLACES = {"query": Place.QUERY, "path": Place.PATH, "header": Place.HEADER, "cookie": Place.COOKIE}


def build_contract(document: Document, resolved: Resolved) -> tuple[Contract, list[Problem]]:
    """Build the contract of a document that is valid OpenAPI and has passed the lint.

    Args:
        document: The document as read.
        resolved: The document without references.

    Returns:
        The contract, and the problems that only the listing of rules brings to light.
    """
    builder = _Builder(document, resolved)
    contract = builder.contract()
    return contract, builder.problems()


class _Builder:
    def __init__(self, document: Document, resolved: Resolved) -> None:
        self.document = document
        self.resolved = resolved
        self.data = resolved.data
        self.lister = RuleLister(document, resolved)
        self.root = Provenance(self.data.get("x-documents", {})).at(self.data)
        self.schemes = dict(self._security_schemes())

    def contract(self) -> Contract:
        info, servers = self.data["info"], self.data.get("servers") or [{}]
        return Contract(
            name=self.document.path.stem,
            title=info["title"],
            version=str(info["version"]),
            path=self.document.path,
            server=servers[0].get("url", ""),
            server_environment=servers[0].get("x-environment", ""),
            security_schemes=self.schemes,
            operations=tuple(self._operations()),
            document=self.document,
            resolved=self.data,
        )

    def problems(self) -> list[Problem]:
        """What the listing of rules brought to light."""
        return self.lister.problems

    def _operations(self) -> Iterator[Operation]:
        found = [
            (path, method, node)
            for path, item in self.data.get("paths", {}).items()
            for method, node in item.items()
            if method in METHODS
        ]
        names = Counter((_tag(node), method_name(node["operationId"], _tag(node))) for _, _, node in found)
        first: dict[tuple[str, str], str] = {}
        for path, method, node in found:
            operation = self._operation(path, method, node)
            if names[operation.tag, operation.name] > 1:
                operation = evolve(operation, name=snake_case(operation.id))
            other = first.setdefault((operation.resource, operation.name), operation.id)
            if other != operation.id:
                message = f"The methods of {other} and {operation.id} would both be {operation.name!r}. Rename one."
                at: Pointer = ("paths", path, method, "operationId")
                self.lister.problems.append(self.document.problem(at, "same-method-name", message))
            yield operation

    def _operation(self, path: str, method: str, node: Json) -> Operation:
        at: Pointer = ("paths", path, method)
        provenance = self.root.at(node)
        security = tuple(tuple(alternative) for alternative in node.get("security", self.data.get("security", ())))
        body = node.get("requestBody", {})
        shapes = tuple(self._shapes(node["operationId"], body, (*at, "requestBody"), provenance.at(body)))
        parameters = tuple(self._parameters(node, at, provenance))
        answers = tuple(_answer(status, answer) for status, answer in node.get("responses", {}).items())
        rules = (
            *self._security_rules(node, at, security, provenance),
            *(rule for parameter in parameters for rule in parameter.rules),
            *self._body_rules(node["operationId"], body, (*at, "requestBody"), provenance.at(body)),
            *(rule for shape in shapes for rule in shape.rules),
            *self._answer_rules(node, at, provenance),
        )
        return Operation(
            id=node["operationId"],
            method=method.upper(),
            path=path,
            tag=_tag(node),
            resource=snake_case(_tag(node)),
            name=method_name(node["operationId"], _tag(node)),
            summary=node.get("summary", ""),
            description=node.get("description", ""),
            deprecated=bool(node.get("deprecated")),
            parameters=parameters,
            body_required=bool(body.get("required")),
            shapes=shapes,
            answers=answers,
            security=security,
            examples=tuple(self._examples(body)),
            rules=rules,
            model_list=node.get("x-model-list", {}),
        )

    def _shapes(self, operation: str, body: Json, at: Pointer, provenance: Provenance) -> Iterator[Shape]:
        for media_type, content in body.get("content", {}).items():
            schema = content.get("schema", {})
            place: Pointer = (*at, "content", media_type, "schema")
            branches = [
                ((*place, "anyOf", index), branch)
                for index, branch in enumerate(schema.get("anyOf", ()))
                if "x-shape" in branch
            ]
            for where, node in branches or [(place, schema)]:
                stated = node.get("x-shape", {})
                name = stated.get("name", _SHORT_NAMES.get(media_type, media_type))
                spot = Spot(operation, name, name, media_type, Place.BODY, where, provenance.at(node))
                yield Shape(
                    name=name,
                    media_type=media_type,
                    schema=node,
                    schema_name=self.resolved.components.get(where, ""),
                    present=stated.get("present", ""),
                    rules=tuple(self.lister.rules(node, spot)),
                )

    def _parameters(self, node: Json, at: Pointer, provenance: Provenance) -> Iterator[Parameter]:
        for index, parameter in enumerate(node.get("parameters", ())):
            place, name = _PLACES[parameter["in"]], parameter["name"]
            schema = parameter.get("schema", {})
            where: Pointer = (*at, "parameters", index)
            around = provenance.at(parameter)
            spot = Spot(node["operationId"], place.value, "", "", place, where, around, field=escape_name(name))
            required = self.lister.rule(spot, "required", value=True) if parameter.get("required") else ()
            below = evolve(spot.step(schema, "schema"), path=())
            yield Parameter(
                name=name,
                place=place,
                required=bool(parameter.get("required")),
                schema=schema,
                description=parameter.get("description", ""),
                rules=(*required, *self.lister.rules(schema, below)),
            )

    def _body_rules(self, operation: str, body: Json, at: Pointer, provenance: Provenance) -> Iterator[Rule]:
        if not body:
            return
        spot = Spot(operation, "body", "", "", Place.BODY, at, provenance)
        if body.get("required"):
            yield from self.lister.rule(spot, "required", value=True)
        header = evolve(spot, place=Place.HEADER, field="Content-Type", group="header")
        yield from self.lister.rule(header, "content", list(body["content"]), at=("content",))

    def _answer_rules(self, node: Json, at: Pointer, provenance: Provenance) -> Iterator[Rule]:
        for status, answer in node.get("responses", {}).items():
            of_answer = provenance.at(answer)
            for media_type, content in answer.get("content", {}).items():
                schema = content.get("schema", {})
                where: Pointer = (*at, "responses", status, "content", media_type, "schema")
                around = of_answer.at(schema)
                group = f"answer-{status}" if media_type == _JSON else f"answer-{status}-{media_type}"
                spot = Spot(node["operationId"], group, "", media_type, Place.RESPONSE, where, around)
                yield from self.lister.rules(schema, spot)
            yield from self._header_rules(node, (*at, "responses", status), answer, of_answer)

    def _header_rules(self, node: Json, at: Pointer, answer: Json, provenance: Provenance) -> Iterator[Rule]:
        group = f"answer-{at[-1]}-header"
        for name, header in answer.get("headers", {}).items():
            around = provenance.at(header)
            field, below = escape_name(name), ("headers", name)
            where: Pointer = (*at, *below)
            spot = Spot(node["operationId"], group, "", "", Place.RESPONSE, where, around, path=below, field=field)
            if header.get("required"):
                yield from self.lister.rule(spot, "required", value=True)
            yield from self.lister.rules(header.get("schema"), spot.step(header.get("schema"), "schema"))

    def _security_rules(
        self, node: Json, at: Pointer, security: tuple[tuple[str, ...], ...], provenance: Provenance
    ) -> Iterator[Rule]:
        if not security or () in security:
            return
        where: Pointer = (*at, "security") if "security" in node else ("security",)
        first = self.schemes[security[0][0]]
        if "security" not in provenance.keywords:
            provenance = self.root.at(self.data["components"]["securitySchemes"][first.name])
        field = " | ".join(" + ".join(self.schemes[name].header for name in names) for names in security)
        spot = Spot(node["operationId"], "credentials", "", "", Place.CREDENTIALS, where[:-1], provenance)
        for rule in self.lister.rule(spot, "security", [list(names) for names in security]):
            yield evolve(rule, field=field)

    def _security_schemes(self) -> Iterator[tuple[str, SecurityScheme]]:
        for name, node in self.data.get("components", {}).get("securitySchemes", {}).items():
            bearer = node["type"] == "http" and node.get("scheme", "").lower() == "bearer"
            basic = node["type"] == "http" and not bearer
            yield (
                name,
                SecurityScheme(
                    name=name,
                    kind="bearer" if bearer else "basic" if basic else node.get("in", node["type"]),
                    header="Authorization" if bearer or basic else node.get("name", ""),
                    environment=node.get("x-environment", ""),
                    credential=node.get("x-credential", "key"),
                    deprecated=bool(node.get("x-deprecated")),
                ),
            )

    def _examples(self, body: Json) -> Iterator[Example]:
        for media_type, content in body.get("content", {}).items():
            for name, example in content.get("examples", {}).items():
                source = Provenance(self.root.documents, document=name).source("example", "")
                yield Example(name, media_type, example["value"], source)


def _tag(node: Json) -> str:
    tags: list[str] = node.get("tags") or ["default"]
    return tags[0]


def _answer(status: str, node: Mapping[str, Json]) -> Answer:
    return Answer(
        status=status,
        description=node.get("description", ""),
        content={media_type: content.get("schema", {}) for media_type, content in node.get("content", {}).items()},
        headers=node.get("headers", {}),
        error_code=node.get("x-error-code", ""),
        for_credentials=tuple(node.get("x-for-credentials", ())),
    )
