"""An operation of an API: where it is, what it takes, how its answers are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import field, frozen

from .body import MULTIPART
from .errors import AnswerUnreadable
from .files import is_file
from .json_text import decoded
from .model import ADDITIONAL, wire_names
from .request import takes_additional
from .suggestions import did_you_mean
from .types import UNSET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import httpx

    from .request import Request

T = TypeVar("T")
_HUNDRED = 100
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

    known: frozenset[str] = field(init=False, repr=False, eq=False)
    """The Python names of its fields."""

    @known.default
    def _names(self) -> frozenset[str]:
        additional = {ADDITIONAL} if takes_additional(self.model) else set()
        return frozenset(additional.union(own for own, _ in wire_names(self.model)))


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
    """

    id: str
    method: str
    path: str
    shapes: tuple[Shape, ...] = ()
    answers: Mapping[str, Mapping[str, type[Any] | None]] = field(factory=dict)
    security: tuple[tuple[str, ...], ...] = ()
    parameters: type[Request] | None = None

    @property
    def idempotent(self) -> bool:
        """Whether doing it twice is the same as doing it once."""
        return self.method in _IDEMPOTENT

    def build(self, fields: Mapping[str, Any], *, content_type: str | None = None) -> tuple[Request, str]:
        """Make the request that fields mean.

        Files go as multipart form data where the operation takes that and knows all fields given; otherwise the
        request goes as JSON, with files as base64 data.

        Args:
            fields: By Python name; what is UNSET counts as absent.
            content_type: The media type to send, if it is not to be chosen.

        Returns:
            The request, and the media type to send it as.

        Raises:
            RequestRefused: The request breaks rules.
            TypeError: A field isn't known.
            ValueError: The operation doesn't take this media type.
        """
        given = {name: value for name, value in fields.items() if value is not UNSET}
        candidates = self._candidates(given, content_type)
        shape = next((s for s in candidates if given.keys() <= s.known), candidates[0])
        for name in given:
            if name not in shape.known:
                raise TypeError(self._unknown(name, shape))
        return shape.model(**given), shape.media_type

    def parameters_from(self, fields: dict[str, Any]) -> Request | None:
        """Take the parameters outside of the body out of the fields given; None where the operation has none."""
        if self.parameters is None:
            return None
        names = [own for own, _ in wire_names(self.parameters) if own in fields]
        return self.parameters(**{own: fields.pop(own) for own in names})

    def media_type_of(self, request: Request) -> str:
        """The media type that a request of this class is sent as."""
        for shape in self.shapes:
            if type(request) is shape.model:
                return shape.media_type
        known = ", ".join(shape.model.__name__ for shape in self.shapes) or "no body"
        raise TypeError(f"{self.id} takes {known}, not {type(request).__name__}")

    def _candidates(self, given: Mapping[str, Any], content_type: str | None) -> list[Shape]:
        """The shapes that may be meant, the likeliest first."""
        shapes = [s for s in self.shapes if content_type in {None, s.media_type}]
        if not shapes:
            taken = ", ".join(dict.fromkeys(s.media_type for s in self.shapes)) or "no body"
            raise ValueError(f"{self.id} can't be sent as {content_type}; it takes {taken}")
        as_parts = any(_is_upload(value) for value in given.values())

        def unlikeliness(shape: Shape) -> tuple[bool, int]:
            told = 1 if not shape.present else 0 if shape.present in given else 2
            return (shape.media_type == MULTIPART) != as_parts, told

        return sorted(shapes, key=unlikeliness)

    def _unknown(self, name: str, shape: Shape) -> str:
        others = [s for s in self.shapes if name in s.known]
        if others:
            other = others[0]
            told = f", which is meant where {other.present!r} is given" if other.present else ""
            return f"{self.id}: {name!r} is no field of {shape.model.__name__}, but of {other.model.__name__}{told}"
        known = [own for s in self.shapes for own, _ in wire_names(s.model)]
        refused = ADDITIONAL not in shape.known or any(
            breach.field == name for breach in shape.model.check(additional_properties={name: None})
        )
        more = "" if refused else f" (what the API doesn't document goes into {ADDITIONAL}={{...}})"
        return f"{self.id} takes no {name!r}{did_you_mean(name, known)}{more}"

    def read(self, response: httpx.Response) -> Any:
        """Read an answer that the operation documents.

        Raises:
            AnswerUnreadable: Its media type or its content isn't what is documented.
        """
        kinds = self._kinds(response.status_code)
        if not kinds:
            return None
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        name = _matching(media_type, kinds)
        if name is None:
            said = media_type or "no media type"
            raise AnswerUnreadable(f"the answer is {said} where the API documents {', '.join(kinds)}")
        reader = kinds[name]
        if reader is not None and hasattr(reader, "from_response"):
            return reader.from_response(response)
        try:
            data = decoded(response.content)
        except ValueError:
            raise AnswerUnreadable("the answer is no JSON that can be read") from None
        return data if reader is None else reader.from_dict(data)

    def documents(self, status: int) -> bool:
        """Whether the operation documents a status."""
        return self._kinds(status) is not None

    def _kinds(self, status: int) -> Mapping[str, type[Any] | None] | None:
        exact = self.answers.get(str(status))
        if exact is not None:
            return exact
        return self.answers.get(f"{status // _HUNDRED}XX", self.answers.get("default"))


def _is_upload(value: Any) -> bool:
    """Whether a value is a file, or a list of nothing but files; a list that mixes them with URLs goes as JSON."""
    if is_file(value):
        return True
    return isinstance(value, (list, tuple)) and bool(value) and all(map(is_file, value))


def _matching(media_type: str, kinds: Iterable[str]) -> str | None:
    for kind in kinds:
        name = kind.partition(";")[0].strip().lower()
        if name in {media_type, "*/*"} or (name.endswith("/*") and media_type.startswith(name[:-1])):
            return kind
        if name == "application/json" and media_type.endswith("+json"):
            return kind
    return None
