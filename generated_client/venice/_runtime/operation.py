"""An operation of an API: where it is, what it takes, how its answers are read."""

# pyright: reportUnknownArgumentType=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# (JSON is Any, and pyright calls unknown what isinstance makes of it)

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import Factory, field, frozen

from .body import MULTIPART
from .file_body import FileBody
from .files import UploadFile, is_file
from .iterables import listed
from .media_type import distance
from .model import ADDITIONAL, SCALARS, wire_names
from .request import takes_additional
from .suggestions import did_you_mean
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .reading import Reads
    from .request import Request

T = TypeVar("T")
_HUNDRED = 100
_FAR = 100  # further than any range that holds a media type
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


@frozen
class Shape:
    """One form that a request may take.

    Attributes:
        model: Its class.
        media_type: The media type it is sent as.
        present: The field whose presence tells this shape; "" for the shape that is meant otherwise.
    """

    model: type[Request]
    media_type: str
    present: str = ""

    known: frozenset[str] = field(
        init=False, repr=False, eq=False, default=Factory(lambda own: _names(own.model), takes_self=True)
    )
    """The Python names of its fields."""

    is_file: bool = field(
        init=False, repr=False, eq=False, default=Factory(lambda own: issubclass(own.model, FileBody), takes_self=True)
    )
    """Whether it is a file by itself."""


@frozen
class Operation(Generic[T]):
    """An operation.

    Attributes:
        id: The operationId.
        method: The HTTP method, in upper case.
        path: The path template.
        shapes: The forms its request may take.
        answers: By status ("200", "4XX", "default") and media type, the class that reads the answer; None for JSON
            that is kept as it is.
        security: Alternatives, each the names of the security schemes needed together; empty for none needed.
        parameters: The class of its parameters outside of the body, if it has any.
        body_required: Whether a body is sent even where nothing is given for it.
        called: What a user writes to call it, e.g. "client.images.generate", for messages; by default the id.
    """

    id: str
    method: str
    path: str
    shapes: tuple[Shape, ...] = ()
    answers: Mapping[str, Mapping[str, type[Any] | Reads | None]] = field(factory=dict[str, Any])
    security: tuple[tuple[str, ...], ...] = ()
    parameters: type[Request] | None = None
    body_required: bool = field(default=True, kw_only=True)
    called: str = field(default=Factory(lambda own: own.id, takes_self=True))

    @property
    def idempotent(self) -> bool:
        """Whether doing it twice is the same as doing it once."""
        return self.method in _IDEMPOTENT

    def meant(self, fields: Mapping[str, Any], *, validate: bool) -> tuple[Request | None, Request | None, str | None]:
        """Make what a method's arguments mean.

        Args:
            fields: By Python name; ``content_type`` forces a media type, ``validate`` overrules the default. A
                generator is read.
            validate: Whether requests are judged by default.

        Returns:
            The request and the parameters outside of the body, each None where there is none, and the media type.

        Raises:
            RequestRefused: The request breaks rules.
            TypeError: A field isn't known.
            ValueError: The operation doesn't take this media type.
        """
        given = _given(fields)
        content_type = given.pop("content_type", None)
        validate = given.pop("validate", validate)
        parameters = self.parameters_from(given, validate=validate)
        if not given and not (self.shapes and self.body_required):
            return None, parameters, None
        request, media_type = self._built(given, content_type, validate=validate)
        return request, parameters, media_type

    def build(
        self, fields: Mapping[str, Any], *, content_type: str | None = None, validate: bool = True
    ) -> tuple[Request, str]:
        """Make the request that fields mean.

        Files go as multipart form data, or by themselves, where the operation takes that and knows all fields given;
        otherwise the request goes as JSON, with files as base64 data.

        Args:
            fields: By Python name; what is UNSET counts as absent, and a generator is read.
            content_type: The media type to send, if it is not to be chosen.
            validate: Whether it is judged. What isn't may hold anything, also fields that nobody knows.

        Returns:
            The request, and the media type to send it as.

        Raises:
            RequestRefused: The request breaks rules.
            TypeError: A field isn't known.
            ValueError: The operation doesn't take this media type.
        """
        return self._built(_given(fields), content_type, validate=validate)

    def _built(self, given: dict[str, Any], content_type: str | None, *, validate: bool) -> tuple[Request, str]:
        candidates = self._candidates(given, content_type)
        shape = next((s for s in candidates if given.keys() <= s.known), None)
        if not validate:
            shape = shape or candidates[0]
            return _unjudged(shape.model, given), shape.media_type
        if shape is None:
            unknown = next(name for name in given if name not in candidates[0].known)
            raise TypeError(self._unknown(unknown, candidates[0]))
        return shape.model(**given), shape.media_type

    def parameters_from(self, fields: dict[str, Any], *, validate: bool = True) -> Request | None:
        """Take the parameters outside of the body out of the fields given; None where the operation has none."""
        if self.parameters is None:
            return None
        names = [own for own, _ in wire_names(self.parameters) if own in fields]
        given = {own: fields.pop(own) for own in names}
        return self.parameters(**given) if validate else self.parameters.unchecked(**given)

    def media_type_of(self, request: Request) -> str:
        """The media type that a request of this class is sent as."""
        for shape in self.shapes:
            if type(request) is shape.model:
                return shape.media_type
        known = ", ".join(shape.model.__name__ for shape in self.shapes) or "no body"
        raise TypeError(f"{self.called} takes {known}, not {type(request).__name__}")

    def _candidates(self, given: Mapping[str, Any], content_type: str | None) -> Sequence[Shape]:
        """The shapes that may be meant, the likeliest first."""
        shapes = self.shapes if content_type is None else [s for s in self.shapes if content_type == s.media_type]
        if not shapes:
            taken = ", ".join(dict.fromkeys(s.media_type for s in self.shapes)) or "no body"
            raise ValueError(f"{self.called} can't be sent as {content_type}; it takes {taken}")
        if len(shapes) == 1:
            return shapes
        as_they_are = any(map(_is_upload, given.values()))

        def unlikeliness(shape: Shape) -> tuple[bool, int, int]:
            told = 1 if not shape.present else 0 if shape.present in given else 2
            differs = (shape.is_file or shape.media_type == MULTIPART) != as_they_are
            return differs, told, _distance(shape, given) if shape.is_file else 0

        return sorted(shapes, key=unlikeliness)

    def _unknown(self, name: str, shape: Shape) -> str:
        others = [s for s in self.shapes if name in s.known]
        if others:
            other = others[0]
            told = f", which is meant where {other.present!r} is given" if other.present else ""
            return f"{self.called}: {name!r} is no field of {shape.model.__name__}, but of {other.model.__name__}{told}"
        known = [own for s in self.shapes for own, _ in wire_names(s.model)]
        refused = ADDITIONAL not in shape.known or any(
            breach.field == name for breach in shape.model.check(additional_properties={name: None})
        )
        more = "" if refused else f" (what the API doesn't document is sent with {ADDITIONAL}={{{name!r}: ...}})"
        return f"{self.called} takes no {name!r}{did_you_mean(name, known)}{more}"

    def documents(self, status: int) -> bool:
        """Whether the operation documents a status."""
        return self.kinds(status) is not None

    def kinds(self, status: int) -> Mapping[str, type[Any] | Reads | None] | None:
        """What may come with a status: readers by media type. None for a status that isn't documented."""
        exact = self.answers.get(str(status))
        if exact is not None:
            return exact
        return self.answers.get(f"{status // _HUNDRED}XX", self.answers.get("default"))


def _given(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value if type(value) in SCALARS else listed(value) for name, value in fields.items() if value is not UNSET
    }


def _distance(shape: Shape, given: Mapping[str, Any]) -> int:
    """How far the file given is from what a shape takes, which is a file by itself."""
    file: Any = given.get("file")
    found = distance(shape.media_type, UploadFile.of(file).media_type) if is_file(file) else 0
    return _FAR if found is None else found


def _unjudged(model: type[Request], given: Mapping[str, Any]) -> Request:
    known = {own for own, _ in wire_names(model)}
    others = {name: value for name, value in given.items() if name not in known and name != ADDITIONAL}
    others |= given.get(ADDITIONAL, {})
    own = {name: value for name, value in given.items() if name in known}
    return model.unchecked(**own, **({ADDITIONAL: others} if others else {}))


def _names(model: type[Request]) -> frozenset[str]:
    additional = {ADDITIONAL} if takes_additional(model) else set[str]()
    return frozenset(additional.union(own for own, _ in wire_names(model)))


def _is_upload(value: Any) -> bool:
    """Whether a value is a file, or a list of nothing but files; a list that mixes them with URLs goes as JSON."""
    if type(value) in SCALARS:
        return False
    if is_file(value):
        return True
    return isinstance(value, (list, tuple)) and bool(value) and all(map(is_file, value))
