"""The images that an answer brings are looked at: their end, their form, what a link leads to."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from PIL import Image

from generator.conformance import Outcome, Report
from generator.conformance import gateway as gateway_module
from generator.conformance import links as links_module
from generator.conformance.exchange import Answer
from generator.conformance.gateway import Gateway
from generator.conformance.images import Brought, brought_by, input_sides
from generator.conformance.links import ENOUGH, Fetched
from generator.conformance.picture_ends import is_whole
from tests.conformance.outcomes import outcomes_of

if TYPE_CHECKING:
    from generator.spec import Contract, Operation

Judge = Callable[..., Report]
Made = Callable[..., Any]
READABLE = "makeImages/answer-200/image/readable"
FETCHED = "makeImages/answer-200/url/fetched"


def _image(name: str, size: tuple[int, int] = (40, 30)) -> bytes:
    target = BytesIO()
    # Noise, so that the file is long.
    Image.effect_noise(size, 90).convert("RGB").save(target, name)
    return target.getvalue()


@pytest.fixture
def operation(tiny: Contract) -> Operation:
    return next(each for each in tiny.operations if each.id == "makeImages")


def _brought(operation: Operation, items: object, links: dict[str, bytes] | None = None) -> Brought | None:
    answer = Answer(200, {"content-type": "application/json"}, json.dumps({"data": items}).encode())

    def fetch(url: str) -> Fetched | None:
        return Fetched(links[url]) if links and url in links else None

    return brought_by(operation, answer, fetch)


@pytest.mark.parametrize("name", ["png", "jpeg", "webp"])
def test_an_image_that_is_cut_off_is_no_whole_one(operation: Operation, name: str) -> None:
    whole = _image(name)
    for data, is_all in ((whole, True), (whole[:-40], False), (whole[: len(whole) // 2], False)):
        found = _brought(operation, [{"b64_json": base64.b64encode(data).decode()}])
        assert found is not None
        (image,) = found.images
        assert (image.media_type, image.width, image.height) == (f"image/{name}", 40, 30)
        assert image.is_whole is is_all


@pytest.mark.parametrize("name", ["png", "jpeg"])
def test_a_few_bytes_after_an_images_end_are_allowed(name: Literal["png", "jpeg"]) -> None:
    assert is_whole(_image(name) + b"\0" * 4, name)


def test_a_cut_off_image_violates(judge: Judge, gateway: Made) -> None:
    cut = base64.b64encode(_image("png")[:-20]).decode()
    report = judge(gateway(answers=lambda answer: {"data": [{"b64_json": cut} for _ in answer["data"]]}))
    assert outcomes_of(report)[READABLE] is Outcome.VIOLATES
    finding = next(each for each in report.findings if each.rule == READABLE)
    assert (finding.expected, finding.came) == (
        "an image, whole",
        "image/png of 40*30 pixels, cut off (status 200)",
    )


def test_a_finding_tells_apart_what_was_expected_and_what_came(judge: Judge, gateway: Made) -> None:
    report = judge(gateway(answers=lambda answer: {"data": answer["data"][:1]}))
    finding = next(each for each in report.findings if each.rule.endswith("/n/honoured"))
    assert (finding.expected, finding.came) == ("2 images", "1 image (status 200)")


def test_links_lead_to_images_and_are_kept(operation: Operation) -> None:
    found = _brought(
        operation,
        [{"url": "https://a.example/a"}, {"url": "https://a.example/b"}],
        {"https://a.example/a": _image("webp"), "https://a.example/b": b"<html>"},
    )
    assert found is not None
    assert (found.count, dict(found.links)) == (2, {"url": True})
    assert [(image.media_type, image.url) for image in found.images] == [
        ("image/webp", "https://a.example/a"),
        ("", "https://a.example/b"),
    ]


def test_one_dead_link_among_many_is_seen(operation: Operation) -> None:
    found = _brought(
        operation,
        [{"url": "https://a.example/a"}, {"url": "https://a.example/gone"}, {"url": "https://a.example/a"}],
        {"https://a.example/a": _image("png")},
    )
    assert found is not None
    assert dict(found.links) == {"url": False}


def test_a_long_image_behind_a_link_is_looked_at_to_its_end(operation: Operation) -> None:
    long = _image("png", (400, 400))
    assert len(long) > ENOUGH
    for data in (long, long[:-20], long[:ENOUGH]):
        found = _brought(operation, [{"url": "https://a.example/a"}], {"https://a.example/a": data})
        assert found is not None
        (image,) = found.images
        assert (image.width, image.height) == (400, 400)
        assert image.is_whole is (data is long)


def test_of_a_very_long_image_only_the_beginning_is_looked_at(operation: Operation) -> None:
    answer = Answer(200, {"content-type": "application/json"}, b'{"data": [{"url": "https://a.example/a"}]}')
    cut = Fetched(_image("png")[:-40], is_all=False)
    found = brought_by(operation, answer, lambda _: cut)
    assert found is not None
    assert (found.images[0].is_whole, found.images[0].digest, found.images[0].data) == (True, "", b"")


def test_a_link_that_comes_twice_is_fetched_once(operation: Operation) -> None:
    asked: list[str] = []

    def fetch(url: str) -> Fetched:
        asked.append(url)
        return Fetched(_image("png"))

    items = [{"url": "https://a.example/a"}, {"url": "https://a.example/a"}, {"url": "https://a.example/b"}]
    answer = Answer(200, {"content-type": "application/json"}, json.dumps({"data": items}).encode())
    found = brought_by(operation, answer, fetch)
    assert found is not None
    assert len(found.images) == 3
    assert asked == ["https://a.example/a", "https://a.example/b"]


def test_an_image_as_link_and_as_data_is_looked_at_both_ways(operation: Operation) -> None:
    data = base64.b64encode(_image("png")).decode()
    found = _brought(operation, [{"url": "https://a.example/gone", "b64_json": data}])
    assert found is not None
    assert (dict(found.having), dict(found.links)) == ({"url": 1, "b64_json": 1}, {"url": False})
    assert [image.media_type for image in found.images] == ["image/png"]


@pytest.mark.parametrize(
    ("items", "count", "images"),
    [
        ([], 0, 0),
        (None, 0, 0),
        ("none", 0, 0),
        ({"url": "a"}, 0, 0),
        ([None, 7, "a", [], {}], 5, 0),
        ([{"url": None, "b64_json": None}], 1, 0),
        ([{"url": "", "b64_json": ""}], 1, 0),
        ([{"url": None, "b64_json": "AAAA"}], 1, 1),
        ([{"b64_json": "no base64 at all!"}], 1, 1),
        ([{"b64_json": "\ud800é"}], 1, 1),
        ([{"b64_json": {"a": 1}}], 1, 1),
        ([{"url": ["a"]}], 1, 0),
    ],
)
def test_odd_items_break_nothing(operation: Operation, items: object, count: int, images: int) -> None:
    found = _brought(operation, items)
    assert found is not None
    assert (found.count, len(found.images)) == (count, images)
    assert all(image.media_type == "" for image in found.images)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff"], ids=lambda body: repr(body[:4]))
def test_a_body_that_holds_no_images_is_seen(operation: Operation, body: bytes) -> None:
    found = brought_by(operation, Answer(200, {"content-type": "application/json"}, body), lambda _: None)
    assert found is None or found.count == 0


def test_an_answer_that_is_an_image_is_one(operation: Operation) -> None:
    found = brought_by(operation, Answer(200, {"content-type": "image/png"}, _image("jpeg")), lambda _: None)
    assert found is not None
    assert (found.images[0].media_type, found.images[0].stated) == ("image/jpeg", "image/png")


def test_the_sides_of_an_input_are_read_in_each_form() -> None:
    data = _image("jpeg", (60, 20))
    text = base64.b64encode(data).decode()
    for form in (data, text, f"data:image/jpeg;base64,{text}"):
        assert input_sides(form) == (60, 20)
    assert input_sides("https://a.example/cat.png") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://a..b/",
        "http://xn--a/",
        f"http://{'a' * 80}/",
        "data:image/png;base64,AAAA",
        "ftp://a.example/",
        "http://a.example:99999999/",
        "http://[::1",
        "http://a b/\n",
    ],
)
def test_a_link_that_is_none_is_a_warning_and_no_crash(judge: Judge, gateway: Made, url: str) -> None:
    made = gateway(answers=lambda answer: {"data": [{"url": url} for _ in answer["data"]]})

    def answer(request: httpx.Request) -> httpx.Response:
        # As the network does, which the transport of tests stands in for.
        request.url.host.encode("idna")
        response: httpx.Response = made(request)
        return response

    report = judge(answer, max_billable=4)
    assert outcomes_of(report)[FETCHED] is Outcome.WARNS


def test_a_link_whose_bytes_never_end_has_its_time(tiny: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    def drop() -> Iterator[bytes]:
        while True:
            yield b"\x89"

    monkeypatch.setattr(gateway_module, "_FETCH", 1e-9)
    monkeypatch.setattr(links_module, "_PAUSES", ())
    with Gateway(
        tiny, "https://a.example", None, httpx.MockTransport(lambda _: httpx.Response(200, content=drop()))
    ) as one:
        assert one.fetch("https://a.example/b.png") is None


def test_a_link_is_followed_without_credentials_or_cookies(judge: Judge, gateway: Made) -> None:
    made = gateway()
    asked: list[httpx.Request] = []

    def moved(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/images/4*4"):
            asked.append(request)
            if request.url.host == "tiny.example":
                return httpx.Response(302, headers={"location": "https://cdn.example/images/4*4", "set-cookie": "a=b"})
        response: httpx.Response = made(request)
        return response

    report = judge(moved, max_billable=3)
    assert outcomes_of(report)[FETCHED] is Outcome.CONFORMS
    assert {request.url.host for request in asked} == {"tiny.example", "cdn.example"}
    assert not any("authorization" in request.headers or "cookie" in request.headers for request in asked)
