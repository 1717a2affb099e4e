"""Requests go over the wire as they are meant to."""

from __future__ import annotations

import json
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import httpx
from attrs import evolve

from generator.conformance.sending import Credentials, Request
from generator.spec import load_all
from generator.spec.boundary import cases

if TYPE_CHECKING:
    from email.message import Message

CLIENT = httpx.Client(base_url="https://gateway.example/base")
FORM = Request("POST", "/images", media_type="multipart/form-data")
JSON = Request("POST", "/images", media_type="application/json")


def test_json_is_sent_as_it_is() -> None:
    body = {"prompt": "\u732b\U0001f408", "n": 1, "watermark": False, "ratio": 1.0}
    sent = evolve(JSON, body=body).build(CLIENT, {"Authorization": "Bearer key"})
    assert str(sent.url) == "https://gateway.example/base/images"
    assert sent.headers["content-type"] == "application/json"
    assert sent.headers["authorization"] == "Bearer key"
    assert "\u732b\U0001f408".encode() in sent.content
    assert json.loads(sent.content) == body
    assert b"1.0" in sent.content


def test_a_form_has_a_part_a_value() -> None:
    body = {"prompt": "a cat", "n": 2, "watermark": True, "image": [b"one", b"two"], "extra": {"a": 1}}
    parts = _parts(evolve(FORM, body=body).build(CLIENT, {}))
    told = [
        (_name(part), part.get_filename(), part.get_content_type(), part.get_payload(decode=True)) for part in parts
    ]
    assert told == [
        ("prompt", None, "text/plain", b"a cat"),
        ("n", None, "text/plain", b"2"),
        ("watermark", None, "text/plain", b"true"),
        ("image", "image.png", "image/png", b"one"),
        ("image", "image.png", "image/png", b"two"),
        ("extra", None, "application/json", b'{"a":1}'),
    ]


def test_a_form_without_a_part_is_still_a_form() -> None:
    sent = evolve(FORM, body={}).build(CLIENT, {})
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert _parts(sent) == []


def test_an_empty_body_keeps_its_media_type() -> None:
    for request in (FORM, JSON):
        sent = evolve(request, body={"a": 1}, empty=True).build(CLIENT, {})
        assert sent.content == b""
        assert sent.headers["content-type"].startswith(request.media_type)


def test_requests_that_differ_on_the_wire_differ_in_their_digest() -> None:
    requests = [
        JSON,
        evolve(JSON, body={}),
        evolve(JSON, body={"n": 1}),
        evolve(JSON, body={"n": True}),
        evolve(JSON, body={"n": 1.0}),
        evolve(JSON, body={"n": "1"}),
        evolve(JSON, body={"n": [1]}),
        evolve(JSON, body={"n": {"n": 1}}),
        evolve(FORM, body={"n": 1}),
        evolve(FORM, body={"n": b"1"}),
        evolve(JSON, body={"n": 1}, empty=True),
        evolve(JSON, body={"n": 1}, query={"n": "1"}),
        evolve(JSON, body={"n": 1}, credentials=Credentials.NONE),
    ]
    assert len({request.digest() for request in requests}) == len(requests)
    assert evolve(JSON, body={"n": 1}).digest() == requests[2].digest()


def test_every_multipart_case_can_be_read_back() -> None:
    for contract in load_all():
        for operation in contract.operations:
            for shape in operation.shapes:
                if not shape.is_multipart:
                    continue
                for case in cases(operation, shape):
                    # Reading megabytes back takes its time and tells no more.
                    if "bytes" not in case.note:
                        sent = evolve(FORM, body=case.body).build(CLIENT, {})
                        assert {_name(part) for part in _parts(sent)} == set(case.body), case.note


def test_a_request_is_told_without_its_files_and_cut_short() -> None:
    told = str(evolve(FORM, body={"prompt": "a" * 1000, "image": b"\0" * 1000}))
    assert "a file of 1000 bytes" in told or told.endswith("…")
    assert len(told) < 400
    assert str(evolve(JSON, empty=True, credentials=Credentials.NONE)).endswith("no body, with no credentials")


def _parts(sent: httpx.Request) -> list[Message[Any, Any]]:
    head = f"Content-Type: {sent.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + sent.read())
    payload = message.get_payload()
    return [part for part in payload if not isinstance(part, str)] if isinstance(payload, list) else []


def _name(part: Message[Any, Any]) -> str:
    return str(part.get_param("name", header="content-disposition"))
