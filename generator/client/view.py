"""What the templates see of a package: names, annotations, validators and prose, ready to be written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class FieldView:
    """A field of a model, or an argument.

    Attributes:
        name: As the API has it.
        python_name: As Python has it.
        annotation: Its type where a value is given.
        required: Whether it must be given.
        prose: Its description, with its rules in words.
        validators: The source of its validators.
        deprecated: What to say to whom gives it; "" if it isn't deprecated.
        reader: The source of the reader that takes it from an answer; "" in requests.
    """

    name: str
    python_name: str
    annotation: str
    required: bool
    prose: str
    validators: tuple[str, ...] = ()
    deprecated: str = ""
    reader: str = ""


@frozen
class ModelView:
    """A class for a request, a part of one, or an answer.

    Attributes:
        name: The class's name.
        module: Its module below ``models``.
        title: Its docstring's first line.
        prose: Its docstring's further text.
        sources: The documents its rules come from: constant to page.
        fields: Its fields, in the spec's order.
        bases: Its base classes.
        class_variables: Source of assignments in the class.
        additional: The type of what else an object of it may hold; "" if nothing.
        additional_validators: Validators of what else it holds.
        imports: Source of its imports.
        is_request: Whether it is (part of) a request.
    """

    name: str
    module: str
    title: str
    prose: str
    sources: Mapping[str, str]
    fields: tuple[FieldView, ...]
    bases: tuple[str, ...]
    class_variables: tuple[str, ...]
    additional: str
    additional_reader: str
    additional_validators: tuple[str, ...]
    imports: tuple[str, ...]
    is_request: bool


@frozen
class AliasView:
    """A named type: the values of an enum, or the known values of an open one.

    Attributes:
        name: Its name.
        module: Its module below ``models``.
        prose: What it is.
        annotation: The type.
    """

    name: str
    module: str
    prose: str
    annotation: str


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
        readers: Media type to the source of what reads it.
    """

    status: str
    readers: Mapping[str, str]


@frozen
class OperationView:
    """An operation.

    Attributes:
        id: The operationId.
        method: Upper case.
        path: The path template.
        module: Its module below ``api/<resource>``.
        name: The method's name on the resource.
        title: The docstring's first line.
        prose: The docstring's further text.
        deprecated: Whether the spec calls it deprecated.
        shapes: Its request shapes.
        parameters: The model of its parameters, if it has any.
        returns: The type of its answer.
        returns_prose: What the answer is.
        answers: Its documented answers.
        security: Alternatives of scheme names.
        imports: Source of the imports of the models it uses, relative to ``api/<resource>``.
        resource: The resource that offers it.
    """

    id: str
    method: str
    path: str
    module: str
    name: str
    title: str
    prose: str
    deprecated: bool
    shapes: tuple[ShapeView, ...]
    parameters: ModelView | None
    returns: str
    returns_prose: str
    answers: tuple[AnswerView, ...]
    security: tuple[tuple[str, ...], ...]
    imports: tuple[str, ...]
    resource: str

    @property
    def parameter_fields(self) -> tuple[FieldView, ...]:
        """Its parameters outside of the body."""
        return self.parameters.fields if self.parameters else ()


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
class HeaderView:
    """A documented header of a binary answer.

    Attributes:
        name: As sent.
        python_name: The attribute that tells it.
        annotation: Its type.
        prose: What it says.
    """

    name: str
    python_name: str
    annotation: str
    prose: str


@frozen
class FileAnswerView:
    """The class of a binary answer with documented headers.

    Attributes:
        name: The class's name.
        module: Its module below ``models``.
        title: Its docstring's first line.
        headers: The headers.
    """

    name: str
    module: str
    title: str
    headers: tuple[HeaderView, ...]


@frozen
class PackageView:
    """A whole package: the class that sends requests, its resources, and the models they use."""

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

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every name below ``models`` with its module, in order."""
        views: list[ModelView | AliasView | FileAnswerView] = [*self.models, *self.aliases, *self.file_answers]
        return tuple(sorted((view.name, view.module) for view in views))
