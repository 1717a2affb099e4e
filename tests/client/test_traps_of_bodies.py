"""What the raw generator gets wrong in request bodies, and our clients get right."""

from __future__ import annotations

import importlib
import io
import json
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import generated_client
from generated_client.powertokens import PowerTokens

from .packages import WAYS, Package, Pair, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
paths:
  /both:
    post:
      operationId: editBoth
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          application/json: {schema: {$ref: "#/components/schemas/ByLink"}}
          multipart/form-data: {schema: {$ref: "#/components/schemas/ByFile"}}
      responses: {"200": {description: Done.}}
  /form:
    post:
      operationId: editForm
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content: {multipart/form-data: {schema: {$ref: "#/components/schemas/ByFile"}}}
      responses: {"200": {description: Done.}}
  /either:
    post:
      operationId: editEither
      tags: [pictures]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {anyOf: [{$ref: "#/components/schemas/ByFile"}, {$ref: "#/components/schemas/ByLink"}]}
      responses: {"200": {description: Done.}}
components:
  schemas:
    ByFile:
      x-shape: {name: file}
      type: object
      required: [image]
      properties:
        image: {type: string, format: binary, x-image: {forms: [file]}}
        watermark: {type: boolean}
        seed: {type: [integer, "null"]}
        boxes: {type: array, items: {type: array, items: {type: integer}}}
        options: {type: object, properties: {fast: {type: boolean}}}
    ByLink:
      x-shape: {name: link, present: link}
      type: object
      required: [link]
      properties:
        link: {type: string}
        n: {type: integer, default: 1}
"""
PNG = b"\x89PNG\r\n\x1a\n"


class Wire:
    """Keeps the last request, and answers that nothing was made."""

    def __init__(self) -> None:
        self.request: httpx.Request | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.request = request
        return httpx.Response(200, json={"data": []})

    @property
    def body(self) -> Any:
        """The last request's JSON."""
        assert self.request is not None
        return json.loads(self.request.content)

    @property
    def boundary(self) -> str:
        """What parts the last request's parts."""
        assert self.request is not None
        return self.request.headers["content-type"].partition("boundary=")[2]

    @property
    def parts(self) -> list[tuple[str, bytes, str]]:
        """The last request's parts: name, content, media type."""
        assert self.request is not None
        head = f"Content-Type: {self.request.headers['content-type']}\r\n\r\n".encode()
        return list(_parts(head + self.request.content))


def _parts(message: bytes) -> Iterator[tuple[str, bytes, str]]:
    for part in BytesParser(policy=HTTP).parsebytes(message).iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        media_type = part.get_content_type() if "content-type" in part else ""
        yield str(part.get_param("name", header="content-disposition")), content, media_type


def _send(package: Package, operation: str, way: Way = "sync", *, model: str = "ByFile", **fields: Any) -> Wire:
    """Call an operation with a model of these fields; bytes among them are a file."""
    wire = Wire()
    made = {name: _file(package, value) if isinstance(value, bytes) else value for name, value in fields.items()}
    body = getattr(package.module("models"), model)(**made)
    package.call_with(package.client(wire, way), operation, way, body=body)
    return wire


def _file(package: Package, content: bytes) -> Any:
    return content if package.is_ours else package.module("types").File(payload=io.BytesIO(content))


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def client(wire: Wire) -> PowerTokens:
    return PowerTokens("a key", http_client=httpx.Client(transport=httpx.MockTransport(wire)))


@pytest.mark.trap(1)
@pytest.mark.parametrize("way", WAYS)
def test_an_operation_takes_two_media_types(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        assert _send(package, "edit_both", way, model="ByLink", link="https://a.test/cat.png").body == {
            "link": "https://a.test/cat.png"
        }
        assert [name for name, _, _ in _send(package, "edit_both", way, image=PNG).parts] == ["image"]

    with pytest.raises(NameError, match="Unset"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(1)
def test_every_generated_module_can_be_imported() -> None:
    """`editImages` and `editImage` take JSON and forms."""
    root = Path(generated_client.__path__[0])
    modules = [".".join(file.relative_to(root).with_suffix("").parts) for file in root.rglob("*.py")]
    assert "powertokens.api.images.edit_images" in modules
    for module in modules:
        importlib.import_module(f"generated_client.{module.removesuffix('.__init__')}")


@pytest.mark.trap(2)
@pytest.mark.parametrize("way", WAYS)
def test_the_boundary_of_a_form_is_another_each_time(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        boundaries = {_send(package, "edit_form", way, image=PNG).boundary for _ in range(3)}
        assert len(boundaries) == 3

    with pytest.raises(AssertionError, match=r"\+\+\+"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(2)
@pytest.mark.parametrize("way", WAYS)
def test_a_file_can_neither_end_its_part_nor_smuggle_in_a_field(pair: Pair, way: Way) -> None:
    hostile = PNG + b'\r\n--+++\r\nContent-Disposition: form-data; name="seed"\r\n\r\n6\r\n--+++--\r\n'

    def expectation(package: Package) -> None:
        parts = _send(package, "edit_form", way, image=hostile).parts
        assert [(name, content) for name, content, _ in parts] == [("image", hostile)]

    with pytest.raises(AssertionError, match="seed"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(3)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("model", "fields"), [("ByFile", {"image": PNG, "seed": 7}), ("ByLink", {"link": "https://a.test/cat.png"})]
)
def test_every_shape_of_a_form_goes_out(pair: Pair, way: Way, model: str, fields: dict[str, Any]) -> None:
    def expectation(package: Package) -> None:
        wire = _send(package, "edit_either", way, model=model, **fields)
        assert wire.request is not None
        assert wire.request.content != b""
        sent = {name: content for name, content, _ in wire.parts}
        assert sent == {name: _as_bytes(value) for name, value in fields.items()}

    with pytest.raises(AssertionError, match="b'' != b''"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(4)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("field", "value", "wanted"),
    [
        ("watermark", True, [("watermark", b"true", "")]),
        ("watermark", False, [("watermark", b"false", "")]),
        ("seed", 0, [("seed", b"0", "")]),
        ("seed", None, []),
        ("boxes", [[1, 2], [3]], [("boxes", b"[1,2]", "application/json"), ("boxes", b"[3]", "application/json")]),
    ],
)
def test_values_in_forms_are_written_as_json_has_them(
    pair: Pair, way: Way, field: str, value: object, wanted: list[tuple[str, bytes, str]]
) -> None:
    """Booleans in lower case, null absent, what is nested as JSON that says so."""

    def expectation(package: Package) -> None:
        fields: dict[str, Any] = {"image": PNG, field: value}
        parts = _send(package, "edit_form", way, **fields).parts
        assert [part for part in parts if part[0] != "image"] == wanted

    with pytest.raises(AssertionError, match="text/plain"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(4)
def test_an_object_in_a_form_is_json_that_says_so(pair: Pair) -> None:
    parts = _send(pair.ours, "edit_form", image=PNG, options={"fast": False}).parts
    assert ("options", b'{"fast":false}', "application/json") in parts


@pytest.mark.trap(4)
def test_a_whole_number_in_a_form_has_no_fraction(pair: Pair) -> None:
    """2.0 is an integer to JSON Schema, so that our rules take it; but few readers of forms take its text for one."""
    assert ("seed", b"2", "") in _send(pair.ours, "edit_form", image=PNG, seed=2.0).parts


@pytest.mark.trap(4)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("content", "wanted"), [(PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg")])
def test_a_file_in_a_form_says_what_it_is(pair: Pair, way: Way, content: bytes, wanted: str) -> None:
    def expectation(package: Package) -> None:
        assert [kind for _, _, kind in _send(package, "edit_form", way, image=content).parts] == [wanted]

    with pytest.raises(AssertionError, match=r"application/octet-stream|''"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(5)
@pytest.mark.parametrize("way", WAYS)
def test_a_default_is_not_sent(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        assert [name for name, _, _ in _send(package, "edit_either", way, model="ByLink", link="x").parts] == ["link"]
        assert _send(package, "edit_both", way, model="ByLink", link="x").body == {"link": "x"}

    assert pair.raw.module("models").ByLink(link="x").to_dict() == {"link": "x", "n": 1}
    expectation(pair.ours)


@pytest.mark.trap(5)
def test_the_defaults_of_a_method_are_not_sent(client: PowerTokens, wire: Wire) -> None:
    """The spec gives n, response_format, watermark and prompt_extend one each."""
    client.images.generate(model="qwen-image-2.0-pro", prompt="cat")
    assert wire.body == {"model": "qwen-image-2.0-pro", "prompt": "cat"}


@pytest.mark.trap(5)
def test_what_equals_a_default_is_sent_where_it_is_given(client: PowerTokens, wire: Wire) -> None:
    client.images.generate(model="qwen-image-2.0-pro", prompt="cat", n=1, watermark=False, seed=0)
    assert wire.body == {"model": "qwen-image-2.0-pro", "prompt": "cat", "n": 1, "watermark": False, "seed": 0}


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
