"""A small API of our own: request and answer models as the generator writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import pytest
from attrs import define, field, frozen

from generator.client.runtime.images import ImageFile, ImageItem, ImageSet
from generator.client.runtime.operation import Operation, Shape
from generator.client.runtime.reading import Answer, integer, list_of, optional, required, rest, string
from generator.client.runtime.request import Request
from generator.client.runtime.rules import (
    AdditionalProperties,
    AnyOf,
    Check,
    Condition,
    Const,
    Enum,
    Image,
    Maximum,
    MaxLength,
    Minimum,
    MinItems,
    Present,
    Required,
    Rule,
    TotalPixels,
    Type,
)
from generator.client.runtime.steps import Pause
from generator.client.runtime.types import UNSET, FileInput, Unset

from .wires import AsyncWire, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

_PAGE = "Example, make images"


@frozen(kw_only=True)
class Prompt(Request):
    model: str = field(
        validator=[
            Rule("make/prompt/model/required", Required(), "documented", _PAGE),
            Rule("make/prompt/model/type", Type("string"), "documented", _PAGE),
            Rule("make/prompt/model/enum", Enum("one", "many"), "documented", _PAGE),
        ]
    )
    prompt: str = field(
        validator=[
            Rule("make/prompt/prompt/required", Required(), "documented", _PAGE),
            Rule("make/prompt/prompt/type", Type("string"), "documented", _PAGE),
            Rule("make/prompt/prompt/maxLength", MaxLength(10), "documented", _PAGE),
        ]
    )
    n: int | Unset = field(
        default=UNSET,
        validator=[
            Rule("make/prompt/n/type", Type("integer"), "documented", _PAGE),
            Rule("make/prompt/n/minimum", Minimum(1), "documented", _PAGE),
            Rule("make/prompt/n/maximum", Maximum(6), "documented", _PAGE),
            Rule(
                "make/prompt/n/maximum/when-model-one",
                Maximum(1),
                "documented",
                _PAGE,
                when=Condition("model is one", model=[Present(), Const("one")]),
            ),
        ],
    )
    size: str | Unset = field(
        default=UNSET,
        validator=Rule(
            "make/prompt/size/x-total-pixels",
            TotalPixels(minimum=100),
            "documented",
            _PAGE,
            unless=Condition("model is one", model=[Const("one")]),
        ),
    )
    image: str | list[str] | FileInput | Unset = field(
        default=UNSET,
        validator=[
            Rule("make/prompt/image/type", Type("string", "array"), "assumed", _PAGE),
            Rule("make/prompt/image/x-image", Image(forms=("url", "base64")), "assumed", _PAGE),
            Rule("make/prompt/image[]/type", Type("string"), "assumed", _PAGE, at="[]"),
            Rule("make/prompt/image[]/x-image", Image(forms=("url", "base64")), "assumed", _PAGE, at="[]"),
        ],
    )
    watermark: bool | Unset = UNSET
    model_id: str | Unset = field(
        default=UNSET, metadata={"name": "modelId", "deprecated": "modelId is deprecated; use model instead."}
    )
    additional_properties: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Message(Request):
    role: str
    text: str | Unset = UNSET
    additional_properties: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Messages(Request):
    input: Mapping[str, Any] = field(
        validator=[
            Rule("make/messages/input/required", Required(), "documented", _PAGE),
            Rule("make/messages/input/type", Type("object"), "documented", _PAGE),
            Rule("make/messages/input.messages/required", Required(), "published", _PAGE, at="messages"),
            Rule("make/messages/input.messages/minItems", MinItems(1), "published", _PAGE, at="messages"),
            Rule("make/messages/input.messages[].role/enum", Enum("user"), "published", _PAGE, at="messages[].role"),
            Rule("make/messages/input.messages[].role/required", Required(), "published", _PAGE, at="messages[].role"),
            Rule(
                "make/messages/input.messages[]/anyOf",
                AnyOf([Check("image", Required())], [Check("text", Required())]),
                "published",
                _PAGE,
                at="messages[]",
            ),
        ]
    )
    additional_properties: Mapping[str, Any] = field(factory=dict)


@frozen(kw_only=True)
class Form(Request):
    prompt: str = field(validator=Rule("make/form/prompt/required", Required(), "documented", _PAGE))
    image: FileInput | list[FileInput] = field(
        validator=[
            Rule("make/form/image/required", Required(), "documented", _PAGE),
            Rule("make/form/image/type", Type("array"), "documented", _PAGE),
            Rule("make/form/image[]/x-image", Image(forms=("file",)), "documented", _PAGE, at="[]"),
        ]
    )
    watermark: bool | Unset = UNSET
    n: int | Unset = UNSET
    extra: Mapping[str, Any] | Unset = UNSET
    additional_properties: Mapping[str, Any] = field(
        factory=dict,
        validator=Rule(
            "make/form/additionalProperties",
            AdditionalProperties("prompt", "image", "watermark", "n", "extra"),
            "published",
            _PAGE,
        ),
    )


@define(kw_only=True)
class Picture(ImageItem, Answer):
    url: str | None = None
    b64_json: str | None = None
    additional_properties: dict[str, Any] = field(factory=dict)

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        return cls(
            url=optional(data, "url", string),
            b64_json=optional(data, "b64_json", string),
            additional_properties=rest(data, "url", "b64_json"),
        )


@define(kw_only=True)
class Pictures(ImageSet, Answer):
    created: int | None = None
    data: list[Picture] | None = None
    additional_properties: dict[str, Any] = field(factory=dict)

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        return cls(
            created=optional(data, "created", integer),
            data=optional(data, "data", list_of(Picture.from_dict)),
            additional_properties=rest(data, "created", "data"),
        )


@define(kw_only=True)
class Failure(Answer):
    error: str

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        return cls(error=required(data, "error", string))


@frozen(kw_only=True)
class Query(Request):
    kind: str | Unset = field(default=UNSET, metadata={"name": "type"})


@pytest.fixture
def prompt() -> type[Any]:
    """A request by prompt."""
    return Prompt


@pytest.fixture
def messages() -> type[Any]:
    """A request by messages."""
    return Messages


@pytest.fixture
def message() -> type[Any]:
    """A part of a request."""
    return Message


@pytest.fixture
def form() -> type[Any]:
    """A request with files."""
    return Form


@pytest.fixture
def picture() -> type[Any]:
    """An image of an answer."""
    return Picture


@pytest.fixture
def pictures() -> type[Any]:
    """An answer with images."""
    return Pictures


@pytest.fixture
def make() -> Operation[Any]:
    """An operation that costs money."""
    return Operation(
        id="make",
        method="POST",
        path="/v1/images",
        shapes=(
            Shape(Messages, "application/json", present="input"),
            Shape(Prompt, "application/json"),
            Shape(Form, "multipart/form-data"),
        ),
        answers={
            "200": {"application/json": Pictures, "image/*": ImageFile},
            "400": {"application/json": Failure},
            "5XX": {"application/json": Failure},
        },
        security=(("key",), ("wallet",)),
    )


@pytest.fixture
def edit() -> Operation[Any]:
    """An operation that costs money, and answers with an image."""
    return Operation(
        id="edit",
        method="POST",
        path="/v1/edit",
        shapes=(Shape(Prompt, "application/json"),),
        answers={"200": {"image/png": ImageFile, "image/webp": ImageFile}},
        security=(("key",),),
    )


@pytest.fixture
def look() -> Operation[Any]:
    """An operation that is free to repeat, and needs no credentials."""
    return Operation(
        id="look",
        method="GET",
        path="/v1/models",
        answers={"200": {"application/json": None}},
        security=((), ("key",)),
        parameters=Query,
    )


@pytest.fixture(params=[Wire, AsyncWire])
def wire(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Wire:
    """The transport, for each kind of client. No pause is slept through, but each is written down."""
    made: Wire = request.param()

    async def ado(pause: Pause) -> None:
        made.pauses.append(pause.seconds)

    monkeypatch.setattr(Pause, "do", lambda pause: made.pauses.append(pause.seconds))
    monkeypatch.setattr(Pause, "ado", ado)
    return made
