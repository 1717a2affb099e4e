"""What the templates see of a package: its operations, credentials and errors, ready to be written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.client.model_view import AliasView, FieldView, FileAnswerView, ModelView


@frozen
class ShapeView:
    """A request shape as an operation's method offers it.

    Attributes:
        model: The request model.
        media_type: The media type it is sent as.
        present: The Python name of the property that tells this shape; "" if none does.
    """

    model: ModelView
    media_type: str
    present: str


@frozen
class AnswerView:
    """A documented answer.

    Attributes:
        status: As the spec writes it.
        readers: Media type to the class that reads it; "" for anything that no class reads.
        sources: Media type to the source of what reads it, where that is no class.
        types: Media type to the type that it is read as, where no class says it.
    """

    status: str
    readers: Mapping[str, str]
    sources: Mapping[str, str] = field(factory=dict[str, str])
    types: Mapping[str, str] = field(factory=dict[str, str])

    def source(self, media_type: str) -> str:
        """The source of what reads a media type; "None" for nothing."""
        return self.sources.get(media_type, self.readers[media_type]) or "None"


@frozen
class ExampleView:
    """A call that a document gives as its example.

    Attributes:
        title: What it is, and the document it stands in; "" if it is no document's.
        source: A snippet that makes the call, complete with imports.
        files: The files that it reads.
    """

    title: str
    source: str
    files: tuple[str, ...]


@frozen
class OperationView:
    """An operation.

    Attributes:
        id: The operationId.
        method: Upper case.
        path: The path template.
        module: Its module below ``api/<resource>``, and below ``_operations``.
        name: The method's name on the resource.
        title: The docstring's first line.
        prose: The docstring's further text.
        deprecated: What to say to whom calls it; "" if it isn't deprecated.
        shapes: Its request shapes.
        parameters: The model of its parameters, if it has any.
        returns: The type of its answer.
        returns_prose: What the answer is.
        answers: Its documented answers.
        security: Alternatives of scheme names.
        imports: Source of the imports of the models it uses, relative to ``_operations``.
        resource: The resource that offers it.
        saved: What can be saved of what it returns: "set" for several images, "file" for one; "" for nothing.
        examples: Calls of it, as a user would write them.
        body_required: Whether a body is sent even where nothing is given for it.
    """

    id: str
    method: str
    path: str
    module: str
    name: str
    title: str
    prose: str
    deprecated: str
    shapes: tuple[ShapeView, ...]
    parameters: ModelView | None
    returns: str
    returns_prose: str
    answers: tuple[AnswerView, ...]
    security: tuple[tuple[str, ...], ...]
    imports: tuple[str, ...]
    resource: str
    saved: str = ""
    examples: tuple[ExampleView, ...] = ()
    body_required: bool = True

    @property
    def constant(self) -> str:
        """The name that the operation has where a resource uses it."""
        return self.module.upper()

    @property
    def parameter_fields(self) -> tuple[FieldView, ...]:
        """Its parameters outside of the body."""
        return self.parameters.fields if self.parameters else ()

    @property
    def takes_content_type(self) -> bool:
        """Whether a caller may choose the media type."""
        return len({shape.media_type for shape in self.shapes}) > 1

    @property
    def takes_file_alone(self) -> bool:
        """Whether a body may be a file by itself."""
        return any("FileBody" in shape.model.bases for shape in self.shapes)

    @property
    def bodies(self) -> tuple[str, ...]:
        """The classes of its request bodies."""
        return tuple(dict.fromkeys(shape.model.name for shape in self.shapes))


@frozen
class CredentialView:
    """A credential that the client takes.

    Attributes:
        scheme: The security scheme's name.
        argument: The constructor's argument, e.g. ``api_key``.
        kind: "bearer", "header" or "wallet".
        header: The header that carries it.
        environment: The environment variable that holds it; "" if none.
    """

    scheme: str
    argument: str
    kind: str
    header: str
    environment: str


@frozen
class ResourceView:
    """An attribute of the client that groups operations.

    Attributes:
        name: The attribute, e.g. ``images``.
        class_name: e.g. ``Images``.
        prose: What it is.
        operations: Its operations.
    """

    name: str
    class_name: str
    prose: str
    operations: tuple[OperationView, ...]


@frozen
class ErrorView:
    """The error of a status whose body the spec documents.

    Attributes:
        name: The class's name.
        base: The runtime's class that it derives from.
        statuses: The HTTP statuses that it adds to those of its base.
        title: What it is.
        parsed: The classes that its body may be read as.
    """

    name: str
    base: str
    statuses: tuple[int, ...]
    title: str
    parsed: tuple[str, ...]


@frozen
class PackageView:
    """A whole package: the class that sends requests, its resources, and the models they use.

    Attributes:
        importable: What it is imported as.
        command: What generates it anew.
        versioned_paths: Whether its paths begin with the API's version.
        foreign: Whether it is made of a document that nobody here wrote.
    """

    name: str
    class_name: str
    title: str
    prose: str
    version: str
    server: str
    server_environment: str
    spec_name: str
    credentials: tuple[CredentialView, ...]
    resources: tuple[ResourceView, ...]
    models: tuple[ModelView, ...] = field(repr=False)
    aliases: tuple[AliasView, ...] = field(repr=False)
    file_answers: tuple[FileAnswerView, ...] = field(repr=False)
    errors: tuple[ErrorView, ...] = field(repr=False)
    options_snippet: str = field(default="", repr=False)
    many_snippet: str = field(default="", repr=False)
    importable: str = ""
    command: str = "make generate"
    versioned_paths: bool = True
    foreign: bool = False

    @property
    def operations(self) -> tuple[OperationView, ...]:
        """Every operation, resource by resource."""
        return tuple(operation for resource in self.resources for operation in resource.operations)

    @property
    def parts(self) -> tuple[ModelView, ...]:
        """The models that only stand within requests."""
        whole = {name for operation in self.operations for name in operation.bodies}
        whole |= {operation.parameters.name for operation in self.operations if operation.parameters}
        return tuple(model for model in self.models if model.is_request and model.name not in whole)

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every name below ``models`` with its module, in order."""
        views: list[ModelView | AliasView | FileAnswerView] = [*self.models, *self.aliases, *self.file_answers]
        return tuple(sorted((view.name, view.module) for view in views))
