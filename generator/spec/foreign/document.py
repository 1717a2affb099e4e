"""Puts an adapted document together: in the form of our own specs, each fact with the document as its source."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from generator.spec.foreign.answers import AnswerAdapter
from generator.spec.foreign.bodies import BodyAdapter
from generator.spec.foreign.chains import ends_of_chains
from generator.spec.foreign.findings import CutError, Findings
from generator.spec.foreign.naming import class_name, identifier
from generator.spec.foreign.operations import Found, find_operations
from generator.spec.foreign.parameters import ParameterAdapter, key_of
from generator.spec.foreign.references import of_answers, of_request, reached
from generator.spec.foreign.schemas import SchemaAdapter
from generator.spec.foreign.security import SecurityAdapter
from generator.spec.foreign.words import beginning, readable
from generator.spec.naming import snake_case

if TYPE_CHECKING:
    from generator.spec.foreign.files import Files, Spot
    from generator.spec.model import Json

DOCUMENT: Final = "spec"
"""What the document is called where facts name their source."""
_ODD_IN_VERSION: Final = re.compile(r"[^A-Za-z0-9._+~: -]")
_LONGEST_VERSION: Final = 60
_PLAIN_URL: Final = re.compile(r"https?://[A-Za-z0-9._~:/\[\]!$&()*+,;=%-]+")
_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


class DocumentAdapter:
    """Adapts one document.

    Args:
        files: The document.
        root: Its root.
        findings: Is told of what can't be taken.
        client: The name of the client's class.
    """

    def __init__(self, files: Files, root: Spot, findings: Findings, client: str) -> None:
        self.files, self.root, self.findings = files, root, findings
        self.found = find_operations(files, findings, root)
        self.schemas = SchemaAdapter(files, findings, _reserved(self.found, client))
        self._security = SecurityAdapter(files, findings, root)
        self._parameters = ParameterAdapter(self.schemas)
        self._bodies = BodyAdapter(self.schemas)
        self._answers = AnswerAdapter(self.schemas)
        self.spots: dict[str, Spot] = {}

    def document(self) -> dict[str, Json]:
        """The document in the form that our reader takes."""
        data = self.files.root.data
        stated = data.get("info")
        info = stated if isinstance(stated, dict) else {}
        title = _text(info, "title").strip() or self.root.file.path.stem
        # Answers first: a schema that both sides use has its own name in answers, where people meet it.
        answers = [
            self._answers.adapt(o.node.get("responses"), o.spot / "responses", o.stem, has_bodies=o.method != "head")
            for o in self.found
        ]
        server = self._server()
        paths: dict[str, dict[str, Json]] = {}
        for operation, answer in zip(self.found, answers, strict=True):
            try:
                node = self._operation(operation, answer, server)
            except CutError as cut:
                self.findings.cut(cut.spot, cut.code, f"{cut} {operation.method.upper()} {operation.path} is left out.")
                continue
            paths.setdefault(operation.path, {})[operation.method] = node
            self.spots[operation.id] = operation.spot
        security = [node["security"] for item in paths.values() for node in item.values()]
        components = {"schemas": self._reached(paths), "securitySchemes": self._security.used(security)}
        return {
            "openapi": "3.1.0",
            "info": {
                "title": title,
                "version": _ODD_IN_VERSION.sub("", _text(info, "version"))[:_LONGEST_VERSION].strip() or "0",
                "description": beginning(readable(_text(info, "description"))),
            },
            "x-documents": {DOCUMENT: {"page": " ".join(title.split()), "level": "documented"}},
            "x-source": {"document": DOCUMENT},
            "servers": [{"url": server}],
            "tags": self._tags(),
            "paths": paths,
            "components": components,
        }

    def _operation(self, operation: Found, answers: dict[str, Json], server: str) -> dict[str, Json]:
        node, spot = operation.node, operation.spot
        own = (node.get("parameters"), spot / "parameters")
        found: dict[str, Json] = {"operationId": operation.id, "tags": [operation.tag], "x-stem": operation.stem}
        found |= {key: readable(node[key]) for key in ("summary", "description") if isinstance(node.get(key), str)}
        if node.get("deprecated") is True:
            found["deprecated"] = True
        at, stated = (spot, node) if "security" in node else (self.root, self.files.root.data)
        security = self._security.alternatives(stated.get("security"), at / "security")
        parameters = self._parameters.adapt([operation.shared, own], operation.path, spot, operation.stem)
        if parameters := self._without_credentials(parameters, security, spot):
            found["parameters"] = parameters
            found["x-class"] = self.schemas.names.take(f"{operation.stem}Parameters", f"{operation.stem}Arguments")
        if "requestBody" in node and (
            body := self._bodies.adapt(node["requestBody"], spot / "requestBody", operation.stem)
        ):
            found["requestBody"] = body
        found["responses"] = answers
        found["security"] = security
        other = _url(operation.servers)
        if other and other != server and urlsplit(other).netloc:
            words = f"It is served by {other}: make a client with that as its `base_url`."
            self.findings.note(spot, "other-server", words)
        return found

    def _without_credentials(
        self, parameters: list[dict[str, Json]], security: list[dict[str, list[str]]], spot: Spot
    ) -> list[dict[str, Json]]:
        """The parameters that aren't credentials as well: what the client has shown already is no argument."""
        shown, kept = self._security.shown(security), []
        for parameter in parameters:
            if key_of(parameter["in"], parameter["name"]) in shown:
                words = f"{parameter['name']!r} is no argument: the client sends it with its credentials."
                self.findings.note(spot / "parameters", "credential-parameter", words)
            else:
                kept.append(parameter)
        return kept

    def _server(self) -> str:
        """The first server, or else the one that most operations name."""
        if url := _url(self.files.root.data.get("servers")):
            return url
        others = Counter(url for operation in self.found if (url := _url(operation.servers)))
        return others.most_common(1)[0][0] if others else ""

    def _tags(self) -> list[Json]:
        """The resources, described as the first tag that became one."""
        stated = self.files.root.data.get("tags")
        said: dict[str, str] = {}
        for tag in stated if isinstance(stated, list) else ():
            if isinstance(tag, dict) and isinstance(tag.get("name"), str):
                said.setdefault(identifier(tag["name"], "api"), beginning(readable(_text(tag, "description"))))
        return [{"name": tag, "description": said.get(tag, "")} for tag in dict.fromkeys(o.tag for o in self.found)]

    def _reached(self, paths: Json) -> dict[str, Json]:
        """The components that operations lead to, in the order of their names."""
        nodes = [node for item in paths.values() for node in item.values()]
        start = [name for node in nodes for name in (*of_request(node), *of_answers(node))]
        for name in ends_of_chains(start, self.schemas.components):
            words = "Too many schemas lead here, one from another. Anything is taken in place of its properties."
            self.findings.cut(self.schemas.origins[name], "too-deep", words)
            self.schemas.components[name] = {"type": "object", "properties": {}}
        return {name: self.schemas.components[name] for name in sorted(reached(start, self.schemas.components))}


def _reserved(found: list[Found], client: str) -> set[str]:
    """The names of what stands beside models in generated modules."""
    resources = {f"{class_name(operation.tag, 'Api')}Resource" for operation in found}
    named = {client, f"Async{client}", *(name for r in resources for name in (r, f"Async{r}"))}
    named |= {f"{name}WithRawResponse" for name in named}
    return {*named, *(snake_case(operation.id).upper() for operation in found)}


def _url(servers: Json) -> str:
    """The first server's URL, its variables filled in; "" for one that isn't told whole."""
    server = servers[0] if isinstance(servers, list) and servers else {}
    url = server.get("url") if isinstance(server, dict) else None
    if not isinstance(url, str):
        return ""
    variables = server.get("variables")

    def value(match: re.Match[str]) -> str:
        stated = variables.get(match[1]) if isinstance(variables, dict) else None
        default = stated.get("default") if isinstance(stated, dict) else None
        return match[0] if default is None else str(default)

    try:
        filled = _VARIABLE.sub(value, url).strip().rstrip("/")
        parts = urlsplit(filled)
    except ValueError:
        return ""
    return filled if _PLAIN_URL.fullmatch(filled) and parts.hostname else ""


def _text(node: Json, key: str) -> str:
    value = node.get(key)
    return value if isinstance(value, str) else "" if value is None or isinstance(value, dict | list) else str(value)
