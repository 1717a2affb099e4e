"""What the emitted methods do besides sending fields: headers, media types, whole answers, deprecation, validation."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import typing
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generated_client.powertokens import UNSET, AsyncPowerTokens, PowerTokens, Response, errors, models
from generated_client.venice import AsyncVenice, Venice
from generated_client.venice import errors as venice_errors
from generated_client.venice import models as venice_models
from generator.client import generate
from generator.spec import load

from .packages import importable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /pictures/{album}:
    post:
      operationId: makePicture
      deprecated: true
      tags: [pictures]
      x-source: {document: page}
      parameters:
        - {name: album, in: path, required: true, schema: {type: string}}
        - {name: X-Trace-Id, in: header, schema: {type: string}}
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Wish"}}}
      responses:
        "200":
          description: The picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
        "418":
          description: The server is something else.
          content: {application/json: {schema: {$ref: "#/components/schemas/Refusal"}}}
        4XX:
          description: The request is wrong.
          content: {application/json: {schema: {$ref: "#/components/schemas/Complaint"}}}
components:
  schemas:
    Wish:
      type: object
      required: [prompt]
      properties:
        prompt: {type: string, maxLength: 9}
        validate: {type: string}
        sketches: {type: array, items: {type: string, x-image: {forms: [base64]}}}
    Picture: {type: object, properties: {id: {type: string}}}
    Refusal: {type: object, properties: {why: {type: string}}}
    Complaint: {type: object, properties: {what: {type: string}}}
"""
_IMAGES = {"created": 1, "data": [{"url": "https://pictures.example/1.png"}]}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A package whose operation is deprecated and takes parameters in path, header and query."""
    folder: Path = tmp_path_factory.mktemp("gallery")
    (folder / "some_gallery.yaml").write_text(_SPEC, encoding="utf-8")
    generate([load(folder / "some_gallery.yaml")], folder)
    with importable(folder):
        yield importlib.import_module("some_gallery")


def _over(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def _images(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, json=_IMAGES, headers={"X-Request-Id": "7"})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_parameters_go_where_the_spec_puts_them(gallery: Any) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"id": "1"})

    client = gallery.Gallery(http_client=_over(answer))
    client.pictures.make(album="a/b", prompt="a cat", x_trace_id="7", dry=False, validate_="yes")
    (request,) = seen
    assert request.url.raw_path == b"/pictures/a%2Fb?dry=false"
    assert request.headers["X-Trace-Id"] == "7"
    assert json.loads(request.content) == {"prompt": "a cat", "validate": "yes"}


def test_a_deprecated_operation_warns_at_the_line_that_calls(gallery: Any) -> None:
    client = gallery.Gallery(http_client=_over(lambda _: httpx.Response(200, json={})))
    for pictures in (client.pictures, client.pictures.with_raw_response):
        with pytest.warns(DeprecationWarning, match="makePicture is deprecated") as caught:
            pictures.make(album="a", prompt="a cat")
        assert [each.filename for each in caught] == [__file__]
    assert "Deprecated by the API." in str(inspect.getdoc(gallery.api.pictures.make_picture.sync))


def test_a_file_is_taken_where_json_carries_base64(gallery: Any) -> None:
    hints = typing.get_type_hints(gallery.models.Wish)
    assert "PathLike" in str(hints["sketches"])
    assert "PathLike" not in str(hints["prompt"])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("status", "kind", "model"),
    [(418, "ImATeapot", "Refusal"), (404, "NotFound", "Complaint"), (400, "BadRequest", "Complaint")],
)
def test_an_error_has_its_documented_body(gallery: Any, status: int, kind: str, model: str) -> None:
    client = gallery.Gallery(http_client=_over(lambda _: httpx.Response(status, json={})))
    with pytest.raises(getattr(gallery.errors, kind)) as caught:
        client.pictures.make(album="a", prompt="a cat")
    assert type(caught.value) is getattr(gallery.errors, kind)
    assert type(caught.value.parsed) is getattr(gallery.models, model)
    hints = typing.get_type_hints(getattr(gallery.errors, kind))
    assert hints["parsed"] == getattr(gallery.models, model) | None


def test_each_api_has_errors_of_its_own() -> None:
    assert not issubclass(errors.BadRequest, venice_errors.ImageClientError)
    hints = typing.get_type_hints(venice_errors.PaymentRequired)
    assert hints["parsed"] == venice_models.PaymentRequired | None
    assert errors.StatusError.kind(520) is errors.ServerError


def test_the_tree_at_the_head_of_the_errors_names_them_all() -> None:
    drawn = (errors.__doc__ or "").split()
    kinds = {name for name in errors.__all__ if issubclass(getattr(errors, name), Exception)}
    assert kinds <= set(drawn)


def test_whole_answers_have_status_headers_and_model() -> None:
    client = PowerTokens("key", http_client=_over(_images))
    answer = client.images.with_raw_response.generate(model="qwen-image-2.0-pro", prompt="a cat")
    assert isinstance(answer, Response)
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (200, "7")
    assert isinstance(answer.parsed, models.ImagesResponse)
    assert isinstance(client.images.generate(model="qwen-image-2.0-pro", prompt="a cat"), models.ImagesResponse)


def test_whole_answers_can_be_awaited() -> None:
    async def ask() -> Response[models.ImagesResponse]:
        over = httpx.AsyncClient(transport=httpx.MockTransport(_images))
        async with AsyncPowerTokens("key", http_client=over) as client:
            return await client.images.with_raw_response.generate(model="qwen-image-2.0-pro", prompt="a cat")

    answer = asyncio.run(ask())
    assert answer.parsed is not None
    assert [image.url for image in answer.parsed.images] == ["https://pictures.example/1.png"]


@pytest.mark.parametrize("wanted", ["application/json", "multipart/form-data"])
def test_the_media_type_may_be_chosen(wanted: typing.Literal["application/json", "multipart/form-data"]) -> None:
    sent: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["Content-Type"].partition(";")[0])
        request.read()
        return _images(request)

    client = PowerTokens("key", http_client=_over(answer))
    fields: dict[str, Any] = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "image": [b"GIF89a"]}
    client.images.edit(**fields, content_type=wanted)
    assert sent == [wanted]


def test_what_is_not_validated_is_sent_as_said() -> None:
    sent: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return _images(request)

    client = PowerTokens("key", http_client=_over(answer))
    fields: dict[str, Any] = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "n": 99}
    with pytest.raises(errors.RequestRefused):
        client.images.generate(**fields)
    client.images.generate(**fields, validate=False)
    client.with_options(validate=False).images.generate(**fields)
    assert sent == [fields, fields]


def test_an_argument_overrules_how_the_client_is_set() -> None:
    client = Venice("key", validate=False, http_client=_over(lambda _: httpx.Response(200, json={})))
    with pytest.raises(venice_errors.RequestRefused):
        client.image.edit(image="https://pictures.example/1.png", prompt="", validate=True)


def test_help_shows_the_arguments_of_every_form() -> None:
    for method in (PowerTokens("key").images.edit, AsyncPowerTokens("key").images.edit):
        arguments = inspect.signature(method).parameters
        assert {"model", "input", "prompt", "image", "content_type", "validate"} <= arguments.keys()
        assert "fields" not in arguments
        assert arguments["n"].default is UNSET
        assert arguments["model"].default is inspect.Parameter.empty
        assert "Image edit, prompt shape with files." in str(inspect.getdoc(method))
        assert "At least 1; at most 6." in str(inspect.getdoc(method))


@pytest.mark.parametrize("images", [[], (), iter([])])
def test_no_images_at_all_are_refused(images: Any) -> None:
    client = PowerTokens("key", http_client=_over(_images))
    with pytest.raises(errors.RequestRefused) as caught:
        client.images.edit(model="qwen-image-2.0-pro", prompt="a cat", image=images)
    assert [(each.rule, each.level) for each in caught.value.breaches] == [
        ("editImages/prompt/image/minItems", "assumed")
    ]


def test_an_unknown_field_names_the_method_as_it_was_called() -> None:
    unknown: dict[str, Any] = {"model": "qwen-image-2.0-pro", "promt": "a cat"}
    with pytest.raises(TypeError, match=r"^client\.images\.generate takes no 'promt'; did you mean 'prompt'\?"):
        PowerTokens("key").images.generate(**unknown)
    for outcome in PowerTokens("key").images.generate_many([unknown]):
        assert str(outcome.error).startswith("client.images.generate takes no 'promt'")


def test_missing_credentials_name_the_method_as_it_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POWERTOKENS_API_KEY", raising=False)
    with pytest.raises(errors.CredentialsMissing, match=r"^client\.images\.generate needs credentials: give api_key="):
        PowerTokens().images.generate(model="qwen-image-2.0-pro", prompt="a cat")


@pytest.mark.parametrize("argument", ["wallet", "legacy_wallet"])
def test_a_key_in_a_wallets_place_is_told_at_once_and_shown_nowhere(argument: str) -> None:
    given: dict[str, Any] = {argument: "sk-secret"}
    for kind in (Venice, AsyncVenice):
        with pytest.raises(venice_errors.CredentialsMissing, match=r"Account\.from_key") as caught:
            kind(**given)
        _holds_no_secret(caught)


def test_the_constructors_frame_holds_no_secret() -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        Venice("sk-secret", base_url="not a url")
    _holds_no_secret(caught)


def _holds_no_secret(caught: pytest.ExceptionInfo[Exception]) -> None:
    frames = [entry.frame for entry in caught.traceback if "_client" in str(entry.path)]
    assert frames
    held = [value for frame in frames for name, value in frame.f_locals.items() if name != "self"]
    assert "sk-secret" not in repr(held)
