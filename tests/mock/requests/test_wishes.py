"""What the pages say of each parameter shows in the image, and in what the image tells of itself."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import evolve
from PIL import Image

from generator.mock import Caption, create_app, read_caption, transport
from generator.mock.answering.catalogue import Catalogue
from generator.mock.judging.errors import RefusalError
from generator.mock.requests.bodies import Body
from generator.mock.requests.wishes import WishReader
from generator.spec import load_all
from generator.spec.model import Shape
from tests.mock.images.drawn import as_file, opened, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.spec import Contract, Operation

GENERATIONS = "/v1/images/generations"
EDITS = "/v1/images/edits"
EDIT = "/api/v1/image/edit"
QWEN = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "size": "512*512"}
WAN: dict[str, Any] = {
    "model": "wan2.7-image-pro",
    "input": {"messages": [{"role": "user", "content": [{"text": "a flower shop"}]}]},
    "size": "512*512",
}
VENICE = {"image": "https://example.com/a.png", "prompt": "p"}


def made(client: httpx.Client, path: str, body: dict[str, Any]) -> list[bytes]:
    """The images of a request, as data."""
    answer = client.post(path, json=body | {"response_format": "b64_json"})
    assert answer.status_code == 200, answer.text
    return [base64.b64decode(item["b64_json"]) for item in answer.json()["data"]]


def told(client: httpx.Client, path: str, body: dict[str, Any]) -> Caption:
    """What the first image of a request tells of itself."""
    return read_caption(made(client, path, body)[0])


def test_an_image_tells_the_request_that_made_it(client: httpx.Client) -> None:
    body = QWEN | {"n": 2, "seed": 5, "negative_prompt": "dogs", "watermark": True, "prompt_extend": False}
    captions = [read_caption(content) for content in made(client, GENERATIONS, body)]
    wanted = Caption("qwen-image-2.0-pro", "a cat", 512, 512, 5, count=2, negative_prompt="dogs", watermark=True)
    assert captions == [wanted, evolve(wanted, index=2)]


def test_the_same_seed_gives_the_same_image_and_another_seed_another(client: httpx.Client) -> None:
    one, again, other = (made(client, GENERATIONS, QWEN | {"seed": seed}) for seed in (0, 0, 1))
    assert one == again
    assert opened(one[0]).tobytes() != opened(other[0]).tobytes()
    assert made(client, GENERATIONS, QWEN | {"seed": 1.0}) == other


def test_a_seed_that_is_not_given_is_chosen_and_told(client: httpx.Client, contracts: tuple[Contract, ...]) -> None:
    answer = client.post(GENERATIONS, json=QWEN | {"response_format": "b64_json"}).json()
    caption = read_caption(base64.b64decode(answer["data"][0]["b64_json"]))
    assert not caption.seed_given
    assert 0 <= caption.seed < 2**31
    assert answer["metadata"]["seed"] == caption.seed
    again = told(client, GENERATIONS, QWEN | {"seed": caption.seed})
    assert again == evolve(caption, seed_given=True)
    headers = {"Authorization": "Bearer mock-key"}
    with httpx.Client(
        transport=transport(create_app(contracts, seed=9)), base_url="http://mock", headers=headers
    ) as of_9:
        assert told(of_9, GENERATIONS, QWEN).seed != caption.seed


def test_with_a_chosen_seed_given_the_picture_is_the_same(client: httpx.Client) -> None:
    (chosen,) = made(client, GENERATIONS, QWEN)
    (given,) = made(client, GENERATIONS, QWEN | {"seed": read_caption(chosen).seed})
    scene = (0, 0, 512, 400)
    assert opened(chosen).crop(scene).tobytes() == opened(given).crop(scene).tobytes()


def test_a_documented_default_seed_counts_as_given(client: httpx.Client) -> None:
    caption = told(client, EDITS, WAN)
    assert (caption.seed, caption.seed_given) == (0, True)


def test_what_does_not_change_the_picture(client: httpx.Client) -> None:
    plainly, marked = (
        opened(made(client, GENERATIONS, QWEN | {"seed": 3, "watermark": watermark})[0]) for watermark in (False, True)
    )
    assert plainly.crop((0, 0, 512, 380)).tobytes() == marked.crop((0, 0, 512, 380)).tobytes()
    assert plainly.tobytes() != marked.tobytes()


def test_a_sequential_set_of_twelve(client: httpx.Client) -> None:
    contents = made(client, GENERATIONS, WAN | {"n": 12, "enable_sequential": True})
    captions = [read_caption(content) for content in contents]
    assert [caption.index for caption in captions] == list(range(1, 13))
    assert all(caption.sequential and caption.count == 12 for caption in captions)
    assert len(set(contents)) == 12


def test_a_palette_prevails(client: httpx.Client) -> None:
    palette = [
        {"hex": "#ff0000", "ratio": "75.00%"},
        {"hex": "#0000ff", "ratio": "25.00%"},
        {"hex": "no", "ratio": "9%"},
    ]
    image = opened(made(client, GENERATIONS, WAN | {"color_palette": palette})[0]).convert("RGB")
    share = {colour: count / (512 * 512) for count, colour in image.getcolors() or []}
    assert share[255, 0, 0] == pytest.approx(0.75, abs=0.03)
    assert share[0, 0, 255] == pytest.approx(0.25, abs=0.03)


def test_thinking_shows_in_the_caption_and_in_metadata(client: httpx.Client) -> None:
    def message(body: dict[str, Any]) -> dict[str, Any]:
        answer = client.post(GENERATIONS, json=body).json()
        return dict(answer["metadata"]["output"]["choices"][0]["message"])

    assert "a flower shop" in message(WAN | {"thinking_mode": True})["reasoning_content"]
    assert "reasoning_content" not in message(WAN | {"thinking_mode": False})
    assert told(client, GENERATIONS, WAN | {"thinking_mode": True}).thinking
    assert not told(client, GENERATIONS, WAN).thinking


@pytest.mark.parametrize(
    ("path", "fields", "rewritten"),
    [
        (GENERATIONS, {}, True),
        (GENERATIONS, {"prompt_extend": False}, False),
        (EDITS, {}, False),
        (EDITS, {"prompt_extend": True}, True),
    ],
)
def test_a_rewritten_prompt(client: httpx.Client, path: str, fields: dict[str, Any], rewritten: bool) -> None:  # noqa: FBT001  a case
    answer = client.post(path, json=QWEN | fields | {"response_format": "b64_json"}).json()["data"][0]
    assert (answer["revised_prompt"] != "a cat") is rewritten
    assert read_caption(base64.b64decode(answer["b64_json"])).rewritten is rewritten


def test_boxes_keep_the_edit_inside(client: httpx.Client) -> None:
    photo = Image.effect_noise((300, 200), 60).convert("RGB")
    content = [{"image": base64.b64encode(as_file(photo)).decode()}, {"text": "change it"}]
    messages = [{"role": "user", "content": content}]
    body = WAN | {"input": {"messages": messages}, "size": "300*200", "bbox_list": [[[50, 40, 250, 150.0]]]}
    image = opened(made(client, EDITS, body)[0])
    assert image.format == "PNG"
    for strip in ((0, 0, 300, 40), (0, 150, 300, 200), (0, 40, 50, 150), (250, 40, 300, 150)):
        assert image.crop(strip).tobytes() == photo.crop(strip).tobytes()
    assert image.crop((50, 40, 250, 150)).tobytes() != photo.crop((50, 40, 250, 150)).tobytes()


def test_other_boxes_are_another_request(contracts: tuple[Contract, ...]) -> None:
    shape = Shape("s", "application/json", {"properties": {"b": {"x-role": "boxes"}}}, "", "", ())
    reader = WishReader(shape, Catalogue(contracts[0]), 0)
    boxes: tuple[Any, ...] = ([[[0, 0, 9, 9]]], [[[0, 0, 9, 10]]], [[], [[0, 0, 9, 9]]], [])
    assert len({reader.read(Body({"b": value}, 1)).recipes[0].digest for value in boxes}) == len(boxes)


def test_an_empty_list_of_boxes_says_nothing(client: httpx.Client) -> None:
    plainly, empty = made(client, EDITS, WAN), made(client, EDITS, WAN | {"bbox_list": []})
    assert plainly == empty


def test_several_files_are_fused(client: httpx.Client) -> None:
    files = [("image[]", (f"{index}.png", plain((index * 80, 0, 0)), "image/png")) for index in range(3)]
    answer = client.post(EDITS, data={**QWEN, "response_format": "b64_json"}, files=files)
    assert read_caption(base64.b64decode(answer.json()["data"][0]["b64_json"])).inputs == 3


def test_an_edit_by_link_is_drawn_from_its_input_when_it_is_fetched(client: httpx.Client) -> None:
    data = base64.b64encode(plain((200, 0, 0))).decode()
    body = QWEN | {"image": data, "size": "512*512"}
    url = client.post(EDITS, json=body).json()["data"][0]["url"]
    fetched = client.get(url.removeprefix("http://mock"), headers={"Authorization": ""}).content
    assert fetched == made(client, EDITS, body)[0]


@pytest.mark.parametrize(
    ("model", "quality", "told_as"),
    [("gpt-image-2-edit", "low", "low"), ("gpt-image-2-edit", None, ""), ("qwen-edit", "low", "low")],
)
def test_quality_shows_in_the_caption(client: httpx.Client, model: str, quality: str | None, told_as: str) -> None:
    body = VENICE | {"model": model} | ({"quality": quality} if quality else {})
    assert read_caption(client.post(EDIT, json=body).content).quality == told_as


def test_quality_changes_the_file_of_a_model_that_knows_it_and_of_no_other(client: httpx.Client) -> None:
    def sizes(model: str) -> list[int]:
        bodies = (
            VENICE | {"model": model, "output_format": "jpeg", "quality": each} for each in ("low", "medium", "high")
        )
        return [len(client.post(EDIT, json=body).content) for body in bodies]

    low, medium, high = sizes("gpt-image-2-edit")
    assert low < medium < high
    low, medium, high = sizes("qwen-edit")
    assert max(low, medium, high) < 1.2 * min(low, medium, high)


def test_what_is_asked_for_at_most(contracts: tuple[Contract, ...]) -> None:
    schema = {"properties": {"how_many": {"type": "integer", "x-role": "count"}}}
    reader = WishReader(Shape("s", "application/json", schema, "", "", ()), Catalogue(contracts[0]), 0)
    assert len(reader.read(Body({"how_many": 100}, 1)).recipes) == 100
    for count in (0, -1, 101, 10**30):
        with pytest.raises(RefusalError, match="how_many: this mock makes 1 to 100 images"):
            reader.read(Body({"how_many": count}, 1))


def test_fields_without_a_role_ask_for_nothing(contracts: tuple[Contract, ...]) -> None:
    names: Sequence[str] = ("model", "prompt", "n", "size", "seed", "output_format", "watermark", "color_palette")
    shape = Shape("s", "application/json", {"properties": {name: {} for name in names}}, "", "", ())
    reader = WishReader(shape, Catalogue(contracts[0]), 0)
    assert reader.read(Body(dict.fromkeys(names, "2"), 1)) == reader.read(Body({}, 1))


def test_boxes_of_an_odd_form_are_left_out(contracts: tuple[Contract, ...]) -> None:
    shape = Shape("s", "application/json", {"properties": {"b": {"x-role": "boxes"}}}, "", "", ())
    reader = WishReader(shape, Catalogue(contracts[0]), 0)
    value = {"b": [[[1, 2, 3]], "x", [[1, 2, 3, 4], 7, ["a", None, 5, 6]]]}
    assert reader.read(Body(value, 1)).recipes[0].boxes == ((), (), ((1, 2, 3, 4), (0, 0, 5, 6)))


def test_a_violation_is_blurred_in_safe_mode_alone(
    contracts: tuple[Contract, ...], operations: dict[str, Operation]
) -> None:
    shape = operations["editImage"].shapes[0]
    reader = WishReader(shape, Catalogue(contracts[-1]), 0)
    assert reader.read(Body(VENICE, 1)).is_safe
    assert not reader.read(Body(VENICE | {"safe_mode": False}, 1)).is_safe
    wish = reader.read(Body(VENICE, 1))
    assert [recipe.caption.blurred for recipe in wish.recipes + wish.blurred().recipes] == [False, True]


@pytest.mark.parametrize(("safe_mode", "blurred"), [(None, True), (True, True), (False, False)])
def test_an_offence_is_blurred_unless_safe_mode_is_off(
    client: httpx.Client,
    safe_mode: bool | None,  # noqa: FBT001  a case
    blurred: bool,  # noqa: FBT001  a case
) -> None:
    body = VENICE | ({} if safe_mode is None else {"safe_mode": safe_mode})
    answer = client.post(EDIT, json=body, headers={"X-Mock-Fault": "content-violation"})
    assert answer.headers["x-venice-is-content-violation"] == str(blurred).lower()
    assert read_caption(answer.content).blurred is blurred


def test_images_stay_files(client: httpx.Client) -> None:
    with Image.open(io.BytesIO(client.post(EDIT, json=VENICE | {"resolution": "4K"}).content)) as image:
        assert (image.format, image.size) == ("JPEG", (4096, 4096))


def test_what_is_behind_a_url_is_an_input_once_it_is_fetched(operations: dict[str, Operation], png: bytes) -> None:
    reader = WishReader(operations["editImage"].shapes[0], Catalogue(load_all()[-1]), 0)
    body = Body(VENICE, 1)
    assert reader.urls(body) == (VENICE["image"],)
    unseen, seen = reader.read(body), reader.read(body, {VENICE["image"]: png})
    assert unseen.inputs == {}
    assert list(seen.inputs.values()) == [png]
    assert [wish.recipes[0].size for wish in (unseen, seen)] == [(1024, 1024), (1024, 683)]
