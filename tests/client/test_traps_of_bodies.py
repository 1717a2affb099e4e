"""What the raw generator gets wrong in request bodies, and our clients get right."""

from __future__ import annotations

import importlib
import json
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import generated_client
from generated_client.powertokens import PowerTokens
from generated_client.powertokens.api.images import edit_images
from generated_client.powertokens.models import EditImagesMultipart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PNG = b"\x89PNG\r\n\x1a\n"


class Wire:
    """Keeps the last request, and answers that nothing was made."""

    def __init__(self) -> None:
        self.request: httpx.Request | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.request = request
        return httpx.Response(200, json={"data": []})

    @property
    def body(self) -> Mapping[str, Any]:
        """The last request's JSON."""
        assert self.request is not None
        body: Mapping[str, Any] = json.loads(self.request.content)
        return body

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


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def client(wire: Wire) -> PowerTokens:
    return PowerTokens("a key", http_client=httpx.Client(transport=httpx.MockTransport(wire)))


def send(pictures: Any, wire: Wire, body: Any) -> None:
    """Send a form by the package whose form may take two shapes."""
    client = pictures.Pictures(http_client=httpx.Client(transport=httpx.MockTransport(wire)))
    importlib.import_module("our_pictures.api.pictures.edit_pictures").sync(client=client, body=body)


def test_raw_module_of_a_body_with_two_media_types_cannot_be_imported(raw_package: str) -> None:
    with pytest.raises(NameError, match="Unset"):
        importlib.import_module(f"{raw_package}.api.pictures.edit_both")


def test_every_generated_module_can_be_imported() -> None:
    """`editImages` and `editImage` take JSON and forms."""
    root = Path(generated_client.__path__[0])
    modules = [".".join(file.relative_to(root).with_suffix("").parts) for file in root.rglob("*.py")]
    assert "powertokens.api.images.edit_images" in modules
    for module in modules:
        importlib.import_module(f"generated_client.{module.removesuffix('.__init__')}")


def test_raw_boundary_is_always_the_same(raw_package: str) -> None:
    module = importlib.import_module(f"{raw_package}.api.pictures.edit_form")
    assert "boundary=+++" in module._get_kwargs(body=_raw_form(raw_package))["headers"]["Content-Type"]


def test_a_file_can_neither_end_its_part_nor_smuggle_in_a_field(client: PowerTokens, wire: Wire) -> None:
    hostile = PNG + b'\r\n--+++\r\nContent-Disposition: form-data; name="n"\r\n\r\n6\r\n--+++--\r\n'
    boundaries = set()
    for _ in range(2):
        client.images.edit(model="qwen-image-2.0-pro", prompt="night", image=hostile)
        assert wire.request is not None
        boundaries.add(wire.request.headers["content-type"])
        assert {name: content for name, content, _ in wire.parts} == {
            "model": b"qwen-image-2.0-pro",
            "prompt": b"night",
            "image": hostile,
        }
    assert len(boundaries) == 2


@pytest.mark.parametrize(
    ("model", "fields"), [("ByFile", {"image": PNG}), ("ByLink", {"link": "https://pictures.example/cat.png"})]
)
def test_every_shape_of_a_form_goes_out(pictures: Any, wire: Wire, model: str, fields: dict[str, Any]) -> None:
    """The raw generator takes a form of several shapes, and sends an empty body."""
    send(pictures, wire, getattr(pictures.models, model)(**fields, watermark=False))
    sent = {name: content for name, content, _ in wire.parts}
    assert sent == {**{name: _as_bytes(value) for name, value in fields.items()}, "watermark": b"false"}


def test_raw_booleans_are_pythons(raw_package: str) -> None:
    parts = dict(_raw_form(raw_package, watermark=True).to_multipart())
    assert parts["watermark"][1] == b"True"


def test_values_in_forms_are_written_as_json_has_them(pictures: Any, wire: Wire) -> None:
    """Booleans in lower case, null absent, what is nested as JSON that says so."""
    form = pictures.models.ByFile(image=PNG, watermark=True, seed=None, boxes=[[1, 2], [3]], options={"fast": False})
    send(pictures, wire, form)
    assert [part for part in wire.parts if part[0] != "image"] == [
        ("watermark", b"true", ""),
        ("boxes", b"[1,2]", "application/json"),
        ("boxes", b"[3]", "application/json"),
        ("options", b'{"fast":false}', "application/json"),
    ]


def test_a_whole_number_in_a_form_has_no_fraction(pictures: Any, wire: Wire) -> None:
    """2.0 is an integer to JSON Schema, so that our rules take it; but few readers of forms take its text for one."""
    send(pictures, wire, pictures.models.ByFile(image=PNG, seed=2.0))
    assert ("seed", b"2", "") in wire.parts


def test_files_in_forms_say_what_they_are(client: PowerTokens, wire: Wire) -> None:
    """As the spec's `encoding` has it: an image, not a text or any bytes."""
    body = EditImagesMultipart(model="qwen-image-2.0-pro", prompt="night", image=[PNG, b"\xff\xd8\xff\xe0"])
    edit_images.sync(client=client, body=body)
    assert [media_type for name, _, media_type in wire.parts if name == "image"] == ["image/png", "image/jpeg"]


def test_raw_defaults_are_sent(raw_package: str) -> None:
    models = importlib.import_module(f"{raw_package}.models")
    assert models.ByLink(prompt="cat").to_dict() == {"prompt": "cat", "n": 1}


def test_defaults_are_not_sent(client: PowerTokens, wire: Wire) -> None:
    """The spec gives n, response_format, watermark and prompt_extend one each."""
    client.images.generate(model="qwen-image-2.0-pro", prompt="cat")
    assert wire.body == {"model": "qwen-image-2.0-pro", "prompt": "cat"}


def test_what_equals_a_default_is_sent_where_it_is_given(client: PowerTokens, wire: Wire) -> None:
    client.images.generate(model="qwen-image-2.0-pro", prompt="cat", n=1, watermark=False, seed=0)
    assert wire.body == {"model": "qwen-image-2.0-pro", "prompt": "cat", "n": 1, "watermark": False, "seed": 0}


def _raw_form(raw_package: str, **fields: Any) -> Any:
    models = importlib.import_module(f"{raw_package}.models")
    types = importlib.import_module(f"{raw_package}.types")
    return models.ByFile(image=types.File(payload=PNG), **fields)


def _as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()
