"""What the templates see of a package's models: names, annotations, validators and prose, ready to be written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class FieldView:
    """A field of a model, or an argument.

    Attributes:
        name: As the API has it.
        python_name: As Python has it.
        annotation: Its type in a model.
        argument: Its type as an argument of a method; "" if that is the same.
        style: How a parameter is written there, as OpenAPI calls it; "" for the plain way.
        required: Whether it must be given.
        prose: Its description, with its rules in words.
        validators: The source of its validators.
        deprecated: What to say to whom gives it; "" if it isn't deprecated.
        reader: The source of the reader that takes it from an answer; "" in requests.
        place: Where a parameter goes, if that has to be told: "header"; "" otherwise.
    """

    name: str
    python_name: str
    annotation: str
    required: bool
    prose: str
    validators: tuple[str, ...] = ()
    deprecated: str = ""
    reader: str = ""
    place: str = ""
    argument: str = ""
    style: str = ""


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
        images: The field that holds the images, in an answer that holds several.
        late_imports: Source of imports that stand after the class, from modules that lead back to this one.
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
    images: FieldView | None = None
    late_imports: tuple[str, ...] = ()


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
