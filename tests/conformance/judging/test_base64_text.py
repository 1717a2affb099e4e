"""Base64 data is read however it is written; only what every reader takes is plain."""

from __future__ import annotations

import base64
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from generator.conformance import ExitCode, Outcome, Report
from generator.conformance.base64_text import Decoded, decoded
from tests.conformance.outcomes import outcomes_of

Judge = Callable[..., Report]
Made = Callable[..., Any]
READABLE = "makeImages/answer-200/image/readable"
PLAIN = "makeImages/answer-200/b64_json/plain-base64"
WRITINGS: dict[str, Callable[[bytes], str]] = {
    "no padding": lambda data: base64.b64encode(data).decode().rstrip("="),
    "white space in it": lambda data: base64.encodebytes(data).decode(),
    "the URL-safe alphabet": lambda data: base64.urlsafe_b64encode(data).decode(),
    "a data URI": lambda data: f"data:image/png;base64,{base64.b64encode(data).decode()}",
}
DATA = bytes(range(250, 256)) * 30 + b"\xfb"


@pytest.mark.parametrize("odd", WRITINGS)
def test_each_writing_is_read_and_named(odd: str) -> None:
    assert decoded(WRITINGS[odd](DATA)) == Decoded(DATA, odd)


def test_the_plain_writing_is_not_odd() -> None:
    for end in range(4):
        assert decoded(base64.b64encode(DATA[end:]).decode()) == Decoded(DATA[end:])


@pytest.mark.parametrize(
    "text", ["no base64 at all!", "AAAAA", "\ud800é", "=", "====", "AA=A", "data:image/png,AA", 7, {}, None]
)
def test_what_is_none_holds_nothing(text: object) -> None:
    assert decoded(text).data == b""


def _gateway(gateway: Made, write: Callable[[bytes], str]) -> Any:
    """A gateway that writes its base64 data so."""

    def rewritten(answer: dict[str, Any]) -> dict[str, Any]:
        return {"data": [_rewritten(item) for item in answer["data"]]}

    def _rewritten(item: dict[str, str]) -> dict[str, str]:
        if "b64_json" not in item:
            return item
        target = BytesIO()
        with Image.open(BytesIO(base64.b64decode(item["b64_json"]))) as image:
            # So that the data need padding, and letters that differ in the alphabets.
            image.save(target, "PNG")
        data = target.getvalue() + b"\xff\xff\xfe\xfb"
        return {"b64_json": write(data + b"\xff" * (1 + -len(data) % 3))}

    return gateway(answers=rewritten)


@pytest.mark.parametrize("odd", WRITINGS)
def test_an_odd_writing_is_a_warning(judge: Judge, gateway: Made, odd: str) -> None:
    report = judge(_gateway(gateway, WRITINGS[odd]), operations={"makeImages"})
    outcomes = outcomes_of(report)
    assert (outcomes[PLAIN], outcomes[READABLE]) == (Outcome.WARNS, Outcome.CONFORMS)
    assert report.exit_code is ExitCode.CONFORMS
    assert {finding.rule for finding in report.findings} == {PLAIN}
    assert odd in report.findings[0].came


def test_the_plain_writing_conforms(judge: Judge, gateway: Made) -> None:
    report = judge(_gateway(gateway, lambda data: base64.b64encode(data).decode()), operations={"makeImages"})
    assert outcomes_of(report)[PLAIN] is Outcome.CONFORMS
    assert report.findings == ()


@pytest.mark.parametrize(
    "text", ["not base64 at all!", "data:image/png,raw", "AAAAA", base64.b64encode(b"aW1hZ2U=").decode()]
)
def test_what_is_no_image_in_any_writing_violates(judge: Judge, gateway: Made, text: str) -> None:
    report = judge(_gateway(gateway, lambda _: text), operations={"makeImages"})
    assert outcomes_of(report)[READABLE] is Outcome.VIOLATES
    assert report.exit_code is ExitCode.VIOLATES
