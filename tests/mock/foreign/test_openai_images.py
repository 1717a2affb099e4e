"""openai-python makes and edits images at the mock: files, several, links and base64 data."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import TYPE_CHECKING

import httpx
import pytest
from PIL import Image

from .openai_calls import WAYS, Images, upstream

if TYPE_CHECKING:
    from pathlib import Path

    from openai.types import ImagesResponse

    from generator.mock import RunningMock


@pytest.fixture(params=WAYS)
def images(gateway: RunningMock, request: pytest.FixtureRequest) -> Images:
    """openai-python, blocking and awaited."""
    return Images(gateway, request.param)


def _by_link(answer: ImagesResponse) -> list[Image.Image]:
    assert answer.data
    assert all(item.url and item.b64_json is None for item in answer.data)
    return [_opened(httpx.get(item.url or "").content) for item in answer.data]


def _by_data(answer: ImagesResponse) -> list[Image.Image]:
    assert answer.data
    assert all(item.b64_json and item.url is None for item in answer.data)
    return [_opened(base64.b64decode(item.b64_json or "", validate=True)) for item in answer.data]


def _opened(content: bytes) -> Image.Image:
    """The image, its pixels decoded."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def _digests(answer: ImagesResponse) -> list[str]:
    """The SHA-256 of the images in the request to the model provider, in order."""
    content = upstream(answer)["input"]["messages"][0]["content"]
    return [part["image"].partition("sha256,")[2] for part in content if "image" in part]


def test_links_lead_to_images_of_the_size_and_number(images: Images) -> None:
    answer = images.generate(n=3, size="640*512")
    pictures = _by_link(answer)
    assert [(picture.format, picture.size) for picture in pictures] == [("PNG", (640, 512))] * 3
    assert len({picture.tobytes() for picture in pictures}) == 3
    assert answer.created > 1_700_000_000


def test_base64_data_is_the_image(images: Images) -> None:
    (picture,) = _by_data(images.generate(size="512*768", response_format="b64_json"))
    assert (picture.format, picture.size) == ("PNG", (512, 768))


def test_fields_that_openai_lacks_arrive_as_given(images: Images) -> None:
    answer = images.generate(n=1, extra_body={"seed": 0, "watermark": False, "negative_prompt": "dogs"})
    assert upstream(answer)["parameters"] == {"n": 1, "seed": 0, "watermark": False, "negative_prompt": "dogs"}


def test_the_prompt_stays_or_is_said_to_be_rewritten(images: Images) -> None:
    (kept,) = images.generate(extra_body={"prompt_extend": False}).data or []
    (rewritten,) = images.generate(extra_body={"prompt_extend": True}).data or []
    assert kept.revised_prompt == "A cute orange cat"
    assert rewritten.revised_prompt
    assert rewritten.revised_prompt != kept.revised_prompt


def test_the_same_seed_gives_the_same_image(images: Images) -> None:
    first, second, other = (
        _by_data(images.generate(size="512*512", response_format="b64_json", extra_body={"seed": seed}))[0].tobytes()
        for seed in (7, 7, 8)
    )
    assert first == second
    assert first != other


def test_one_file_is_edited(images: Images, png: bytes) -> None:
    answer = images.edit(prompt="Make it night", image=("cat.png", png, "image/png"), size="640*512")
    assert _digests(answer) == [hashlib.sha256(png).hexdigest()]
    assert [picture.size for picture in _by_link(answer)] == [(640, 512)]


@pytest.mark.parametrize("form", ["bytes", "path", "open file"])
def test_a_file_in_every_form_that_openai_takes(images: Images, png: bytes, tmp_path: Path, form: str) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(png)
    with path.open("rb") as file:
        image = {"bytes": png, "path": path, "open file": file}[form]
        answer = images.edit(image=image, size="512*512", response_format="b64_json")
    assert _digests(answer) == [hashlib.sha256(png).hexdigest()]
    assert [picture.size for picture in _by_data(answer)] == [(512, 512)]


def test_several_files_are_fused_in_their_order(images: Images, png: bytes) -> None:
    other = io.BytesIO()
    Image.new("RGB", (300, 300), (10, 200, 10)).save(other, "WEBP", lossless=True)
    files = [other.getvalue(), png, other.getvalue()]
    answer = images.edit(prompt="Put 1 onto 2", image=files, n=2, size="512*512")
    assert _digests(answer) == [hashlib.sha256(file).hexdigest() for file in files]
    assert [picture.size for picture in _by_link(answer)] == [(512, 512)] * 2
