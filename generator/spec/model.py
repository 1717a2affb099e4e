"""The contract that a spec states, as plain immutable data: operations, request shapes, rules, sources."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from generator.spec.media_types import is_form, is_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.spec.document import Document

Json = Any
"""A value as JSON has them: None, bool, int, float, str, list, dict."""


class Level(StrEnum):
    """How certain a rule is."""

    DOCUMENTED = "documented"
    """One of the provider's pages says it."""
    PUBLISHED = "published"
    """The provider's own public OpenAPI description says it, the pages don't."""
    ASSUMED = "assumed"
    """Nobody says it; it is what any sane HTTP service does."""


class Place(StrEnum):
    """Where in an exchange a rule applies."""

    BODY = "body"
    QUERY = "query"
    PATH = "path"
    HEADER = "header"
    COOKIE = "cookie"
    CREDENTIALS = "credentials"
    RESPONSE = "response"


@frozen
class Source:
    """The document that a fact comes from.

    Attributes:
        document: The key under ``x-documents``.
        page: What the page is, e.g. "PowerTokens, text to image, wan2.7-image-pro".
        field: The field as that page names it; "" where the page as a whole says it.
        level: How certain the fact is.
    """

    document: str
    page: str
    field: str
    level: Level

    def __str__(self) -> str:
        return f"{self.page}: {self.field}" if self.field else self.page


@frozen
class Condition:
    """What must hold of the request for a rule to apply: an ``if``, or its negation for an ``else``.

    Attributes:
        schema: The ``if`` schema, resolved.
        negated: True for a rule of the ``else`` branch.
        words: The condition as people say it, e.g. "unless enable_sequential is true".
        slug: The condition as a part of a rule's id, e.g. "unless-enable_sequential-true".
    """

    schema: Mapping[str, Json]
    negated: bool
    words: str
    slug: str


@frozen
class Rule:
    """One constraint that a spec states: a keyword at a place, with its value, level and document.

    Attributes:
        id: Stable and unique in its spec, e.g. ``generateImages/prompt/n/maximum``. It does not hold the value.
        operation: The operationId.
        shape: The request shape, e.g. "prompt"; "" outside of bodies.
        media_type: The body's media type; "" outside of bodies.
        place: Which part of the exchange.
        field: Dotted path, ``[]`` for the items of an array: ``input.messages[].role``; "" for the body itself.
            For ``required`` it is the field that must be there. Of an answer it says no status: that stands in the id.
        keyword: The JSON Schema or x- keyword.
        value: The keyword's value. For ``required``: True.
        when: The condition under which the rule applies, or None.
        source: The document it comes from, and its level.
        pointer: JSON Pointer of the keyword in the spec file.
        line: Line of the keyword in the spec file, from 1.
        schema_path: Path of the keyword from the root of the shape's resolved schema.
    """

    id: str
    operation: str
    shape: str
    media_type: str
    place: Place
    field: str
    keyword: str
    value: Json
    when: Condition | None
    source: Source
    pointer: str
    line: int
    schema_path: tuple[str | int, ...]

    @property
    def level(self) -> Level:
        """How certain the rule is."""
        return self.source.level


@frozen
class Shape:
    """One form that an operation's request body may take.

    Attributes:
        name: e.g. "prompt", "messages", "multipart"; the media type's short name where the spec gives none.
        media_type: e.g. ``application/json``; of a file by itself also a range, e.g. ``image/*``.
        schema: The resolved schema: no ``$ref`` in it.
        schema_name: The component's name, e.g. ``GenerateImagesPrompt``; "" for an inline schema.
        present: The property whose presence tells that a request means this shape; "" for the shape that is meant
            where no other is.
        rules: The rules of this shape, in the spec's order.
    """

    name: str
    media_type: str
    schema: Mapping[str, Json]
    schema_name: str
    present: str
    rules: tuple[Rule, ...]

    @property
    def is_multipart(self) -> bool:
        """Whether the body is multipart/form-data."""
        return is_form(self.media_type)

    @property
    def is_file(self) -> bool:
        """Whether the body is a file by itself."""
        return not self.is_multipart and not is_json(self.media_type)


@frozen
class Example:
    """A request that a document gives as its example.

    Attributes:
        name: Its key in the spec, e.g. ``text-to-image-qwen``.
        media_type: The media type it stands under.
        value: The request body. In multipart a file is given as a string, ``@name.png``.
        source: The document it stands in.
    """

    name: str
    media_type: str
    value: Json
    source: Source | None


@frozen
class Parameter:
    """A parameter outside of the body.

    Attributes:
        name: As sent.
        place: Query, path or header.
        required: Whether a request must carry it.
        schema: Its resolved schema.
        description: The spec's words.
        rules: Its rules.
    """

    name: str
    place: Place
    required: bool
    schema: Mapping[str, Json]
    description: str
    rules: tuple[Rule, ...]


@frozen
class Answer:
    """One documented answer of an operation.

    Attributes:
        status: As the spec writes it: "200", "4XX", "default".
        description: The spec's words.
        content: Media type to resolved schema.
        headers: Header name to its resolved Header Object.
        error_code: The ``x-error-code``, the code that the error body carries; "" if none is known.
        for_credentials: The ``x-for-credentials``, the security schemes to whose requests the answer is promised; none
            if to all.
    """

    status: str
    description: str
    content: Mapping[str, Mapping[str, Json]]
    headers: Mapping[str, Mapping[str, Json]]
    error_code: str
    for_credentials: tuple[str, ...] = ()


@frozen
class SecurityScheme:
    """A credential that the API takes.

    Attributes:
        name: Its key under ``components/securitySchemes``.
        kind: "bearer", or "header" for an apiKey in a header.
        header: The header that carries it, e.g. ``Authorization``, ``SIGN-IN-WITH-X``.
        environment: The environment variable that holds it; "" if none.
        credential: The ``x-credential``: "key" or "wallet" (a Sign-In-With-X proof made anew for each request).
        deprecated: Whether the spec calls it deprecated.
    """

    name: str
    kind: str
    header: str
    environment: str
    credential: str
    deprecated: bool


@frozen
class Operation:
    """One operation of the API.

    Attributes:
        id: The operationId.
        method: Upper case.
        path: The path template.
        tag: The first tag.
        resource: The client's attribute that offers it, e.g. ``images``.
        name: The method's name on that resource, e.g. ``generate``.
        summary: The spec's words.
        description: The spec's words.
        deprecated: Whether the spec calls it deprecated.
        parameters: Its parameters.
        body_required: Whether a body must be sent.
        shapes: Its request shapes; none for an operation without a body.
        answers: Its documented answers.
        security: Alternatives, each the names of the schemes needed together.
        examples: The documents' own example requests.
        rules: All its rules: credentials, parameters, bodies, answers.
        model_list: The ``x-model-list``: where its answer tells each model's price and limits; empty if it doesn't.
    """

    id: str
    method: str
    path: str
    tag: str
    resource: str
    name: str
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    body_required: bool
    shapes: tuple[Shape, ...]
    answers: tuple[Answer, ...]
    security: tuple[tuple[str, ...], ...]
    examples: tuple[Example, ...]
    rules: tuple[Rule, ...]
    model_list: Mapping[str, Json] = field(factory=dict, repr=False, eq=False)

    def shapes_of(self, media_type: str) -> tuple[Shape, ...]:
        """The shapes that a body of this media type may take; empty for a media type that the operation lacks."""
        return tuple(shape for shape in self.shapes if shape.media_type == media_type)

    def shape_meant(self, media_type: str, body: Json) -> Shape | None:
        """The shape that a body means, so that its breaches are told against that one alone.

        Args:
            media_type: The media type that the body was sent as.
            body: The decoded body, right or wrong.

        Returns:
            The first shape whose telling property is present, else the one that has none; None where the operation
            doesn't take this media type.
        """
        keys = body if isinstance(body, dict) else {}
        first = general = None
        for shape in self.shapes_of(media_type):
            if shape.present and shape.present in keys:
                return shape
            first = first or shape
            general = general or (None if shape.present else shape)
        return general or first


@frozen
class Contract:
    """All that a spec states.

    Attributes:
        name: The file's stem, e.g. ``powertokens``; also the generated package's name.
        title: ``info.title``, e.g. "PowerTokens"; also the client class's name.
        version: ``info.version``.
        path: The spec file.
        server: The first server's URL.
        server_environment: The environment variable that may hold another; "" if none.
        security_schemes: By name.
        operations: In the spec's order.
        document: The file as parsed, with the line of each place.
        resolved: The whole document with every ``$ref`` replaced.
        client: The client class's name; "" where the title tells it.
        foreign: Whether the document is none of our own, and was adapted.
    """

    name: str
    title: str
    version: str
    path: Path
    server: str
    server_environment: str
    security_schemes: Mapping[str, SecurityScheme]
    operations: tuple[Operation, ...]
    document: Document = field(repr=False, eq=False)
    resolved: Mapping[str, Json] = field(repr=False, eq=False)
    client: str = ""
    foreign: bool = False

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of the spec, in its order."""
        return tuple(rule for operation in self.operations for rule in operation.rules)

    def operation(self, operation_id: str) -> Operation:
        """The operation with this operationId; KeyError if there is none."""
        for operation in self.operations:
            if operation.id == operation_id:
                return operation
        raise KeyError(operation_id)
