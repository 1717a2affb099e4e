"""Errors say what happened, survive copying, and name no secret."""

from __future__ import annotations

import copy
import pickle

import httpx
import pytest

from generator.client.runtime import errors
from generator.client.runtime.breaches import Breach, shortened
from generator.client.runtime.error_body import status_error

_BREACH = Breach("image", "x/image/type", b"\x89PNG" * 100, "must be a string", "documented", "A page")
_ALL = [
    errors.RequestRefused([_BREACH]),
    errors.FileProblem("cat.png", "there is no such file"),
    errors.CredentialsMissing("give api_key=..."),
    errors.ConnectionFailed("no"),
    errors.AnswerLost("no"),
    errors.AnswerUnreadable("is missing", path="data", status_code=200, text="x" * 9999, request_id="r"),
    errors.DownloadFailed("https://x", "404", status_code=404),
    errors.TooManyRequests(429, message="slow", headers=httpx.Headers({"a": "b"}), body=b"{}"),
]


@pytest.mark.parametrize("error", _ALL, ids=lambda error: type(error).__name__)
def test_an_error_can_be_copied_and_pickled(error: errors.ImageClientError) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own bytes
        assert type(twin) is type(error)
        assert str(twin) == str(error)
        assert twin.__dict__ == error.__dict__


def test_a_refusal_is_a_value_error_and_shows_no_file() -> None:
    error = errors.RequestRefused([_BREACH])
    assert isinstance(error, ValueError)
    assert "image: must be a string; got <400 bytes>" in str(error)
    assert "PNG" not in str(error)
    assert "PNG" not in repr(_BREACH)


def test_values_are_shown_short() -> None:
    assert len(shortened({"a": ["x" * 1000] * 1000, "b": {str(i): i for i in range(1000)}})) < 1000
    assert shortened(10**5000) == "<int too long to show>"
    assert shortened(("a.png", b"1234")) == "('a.png', <4 bytes>)"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, errors.BadRequest), (401, errors.Unauthorized), (402, errors.PaymentRequired), (403, errors.Forbidden),
     (404, errors.NotFound), (409, errors.Conflict), (413, errors.BodyTooLarge), (415, errors.UnsupportedMediaType),
     (422, errors.Unprocessable), (429, errors.TooManyRequests), (500, errors.ServerError), (520, errors.ServerError),
     (302, errors.StatusError), (418, errors.StatusError), (204, errors.StatusError)],
)  # fmt: skip
def test_each_status_has_its_class(status: int, kind: type[errors.StatusError]) -> None:
    assert errors.StatusError.kind(status) is kind


@pytest.mark.parametrize(
    ("body", "message", "code", "request_id"),
    [
        (b'{"error": {"message": "no (request id: r1)", "code": "c"}}', "no (request id: r1)", "c", "r1"),
        (b'{"error": {"message": "no", "code": null}}', "no", "", ""),
        (b'{"error": "no", "code": "C", "message": "more"}', "no: more", "C", ""),
        (b'{"error": "no"}', "no", "", ""),
        (b"<html>Bad Gateway</html>", "", "", ""),
        (b"", "", "", ""),
        (b"[1]", "", "", ""),
        (b'{"error": 5}', "5", "", ""),
        (b"[" * 5_000, "", "", ""),
        (b"\xff\xfe\x00", "", "", ""),
    ],
)
def test_words_are_found_in_any_body(body: bytes, message: str, code: str, request_id: str) -> None:
    error = status_error(httpx.Response(502), body)
    assert (error.message, error.code, error.request_id, error.body) == (message, code, request_id, body)


def test_the_request_id_of_a_header_comes_first() -> None:
    headers = {"X-Request-Id": "h"}
    sent = errors.SentRequest.of("look", httpx.Request("GET", "https://host/"), 1)
    error = status_error(httpx.Response(500, headers=headers), b"oops", request=sent)
    assert error.request_id == "h"
    assert str(error) == "GET https://host/ answered 500: oops [request id: h]"


def test_a_request_shows_only_headers_that_are_known_to_be_harmless() -> None:
    headers = {"Authorization": "Bearer sk", "SIGN-IN-WITH-X": "proof", "User-Agent": "me"}
    sent = errors.SentRequest.of("make", httpx.Request("POST", "https://host/v1", headers=headers), 2)
    assert sent.headers == {"host": "host", "authorization": "***", "sign-in-with-x": "***", "user-agent": "me",
                            "content-length": "0"}  # fmt: skip
    assert (sent.operation, sent.method, sent.url, sent.attempts) == ("make", "POST", "https://host/v1", 2)


def test_a_class_of_a_package_takes_the_place_of_its_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "_BY_STATUS", dict(errors._BY_STATUS))

    class Own(errors.PaymentRequired):
        """A user's, which is never raised."""

    assert errors.StatusError.kind(402) is errors.PaymentRequired

    class Typed(errors.PaymentRequired, raised=True):
        """A generated one."""

    class Broken(errors.ServerError, raised=True):
        """A generated one for 500 and more."""

    assert issubclass(Own, errors.PaymentRequired)
    assert [errors.StatusError.kind(status) for status in (402, 500, 520, 400)] == [
        Typed,
        Broken,
        Broken,
        errors.BadRequest,
    ]
