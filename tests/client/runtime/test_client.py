"""Calls over a transport of our own: what is sent, what is repeated, what is raised."""

from __future__ import annotations

import inspect
import json
import logging
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generator.client.runtime import errors
from generator.client.runtime.client import AsyncClient, SyncClient
from generator.client.runtime.credentials import bearer

from .wires import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from generator.client.runtime.operation import Operation

_FIELDS = {"model": "one", "prompt": "x"}
_GOOD = {"created": 1, "data": [{"url": "https://host/1.png"}]}


def _ok() -> httpx.Response:
    return httpx.Response(200, json=_GOOD)


def test_a_call(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [_ok()]
    assert wire.call(make, _FIELDS).data[0].url == "https://host/1.png"
    request = wire.sent[0]
    assert (request.method, str(request.url)) == ("POST", "https://host/api/v1/images")
    assert json.loads(wire.bodies[0]) == _FIELDS
    assert request.headers["Authorization"] == "Bearer sk-secret"
    assert request.headers["User-Agent"] == "test/1"
    assert request.headers["Content-Type"] == "application/json"
    assert request.extensions["timeout"] == {"connect": 5, "read": 300, "write": 60, "pool": 60}


def test_no_single_wait_is_longer_than_the_deadline(wire: Wire, make: Operation[Any]) -> None:
    wire.options = {"deadline": 30}
    wire.answers = [_ok()]
    wire.call(make, _FIELDS)
    timeout = wire.sent[0].extensions["timeout"]
    assert timeout["connect"] == 5
    assert all(29 < timeout[phase] <= 30 for phase in ("read", "write", "pool"))


def test_a_pause_past_the_deadline_is_not_waited_for(wire: Wire, make: Operation[Any]) -> None:
    wire.options = {"deadline": 30}
    wire.answers = [httpx.Response(503, headers={"Retry-After": "40"})]
    with pytest.raises(errors.ServerError):
        wire.call(make, _FIELDS)
    assert wire.pauses == []


@pytest.mark.parametrize("options", [{}, {"validate": True}, {"validate": False}])
def test_a_request_may_be_sent_unjudged(wire: Wire, make: Operation[Any], options: dict[str, Any]) -> None:
    wire.options = options
    wire.answers = [_ok()]
    wire.call(make, {"prompt": "x" * 99, "n": "many", "own": 1, "additional_properties": {"b": 2}, "validate": False})
    assert json.loads(wire.bodies[0]) == {"prompt": "x" * 99, "n": "many", "own": 1, "b": 2}


def test_a_client_may_judge_nothing(wire: Wire, make: Operation[Any], look: Operation[Any]) -> None:
    wire.options = {"validate": False}
    wire.answers = [_ok(), httpx.Response(200, json=1)]
    wire.call(make, {"model": "none"})
    wire.call(look, {"kind": 5})
    assert json.loads(wire.bodies[0]) == {"model": "none"}
    assert wire.sent[1].url.query == b"type=5"
    with pytest.raises(errors.RequestRefused):
        wire.call(make, {"model": "none", "validate": True})


def test_parameters_go_into_the_query(wire: Wire, look: Operation[Any]) -> None:
    wire.answers = [httpx.Response(200, json=[1])] * 2
    assert wire.call(look, {"kind": "a b"}) == [1]
    assert wire.call(look, {}) == [1]
    assert [request.url.raw_path for request in wire.sent] == [b"/api/v1/models?type=a+b", b"/api/v1/models"]


def test_a_refused_request_is_never_sent(wire: Wire, make: Operation[Any]) -> None:
    with pytest.raises(errors.RequestRefused):
        wire.call(make, {"model": "one", "prompt": "x", "n": 2})
    assert wire.sent == []


def test_missing_credentials_are_told_before_anything_is_sent(
    wire: Wire, make: Operation[Any], look: Operation[Any]
) -> None:
    wire.options = {"credentials": {"key": bearer(None, argument="api_key", variable="EXAMPLE_API_KEY")}}
    with pytest.raises(errors.CredentialsMissing, match=r"give api_key=\.\.\. or set the environment variable EXAMPLE"):
        wire.call(make, _FIELDS)
    assert wire.sent == []
    wire.answers = [httpx.Response(200, json=1)]
    assert wire.call(look, {}) == 1
    assert "Authorization" not in wire.sent[0].headers


@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
def test_a_connection_that_was_never_made_is_tried_again(
    wire: Wire, make: Operation[Any], kind: type[httpx.RequestError]
) -> None:
    wire.answers = [kind("refused"), kind("refused"), _ok()]
    assert wire.call(make, _FIELDS).created == 1
    assert len(wire.pauses) == 2
    wire.answers = [kind("refused")] * 3
    with pytest.raises(errors.ConnectionFailed, match=r"refused.*safe to call again"):
        wire.call(make, _FIELDS)


@pytest.mark.parametrize(
    "kind", [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteTimeout, httpx.WriteError]
)
def test_a_lost_answer_is_not_asked_for_again(wire: Wire, make: Operation[Any], kind: type[httpx.RequestError]) -> None:
    wire.answers = [kind("gone"), _ok()]
    with pytest.raises(errors.AnswerLost, match="may have been carried out and billed"):
        wire.call(make, _FIELDS)
    assert len(wire.sent) == 1


def test_a_lost_answer_is_asked_for_again_where_that_is_free_or_wanted(
    wire: Wire, make: Operation[Any], look: Operation[Any]
) -> None:
    wire.answers = [httpx.ReadTimeout("gone"), httpx.Response(200, json=1)]
    assert wire.call(look, {}) == 1
    wire.options = {"retry_lost_answers": True}
    wire.answers = [httpx.ReadTimeout("gone"), _ok()]
    assert wire.call(make, _FIELDS).created == 1


def test_a_lost_answer_is_not_forgotten_when_its_repetition_fails(wire: Wire, make: Operation[Any]) -> None:
    wire.options = {"retry_lost_answers": True, "max_retries": 1}
    wire.answers = [httpx.ReadTimeout("gone"), httpx.ConnectError("refused")]
    with pytest.raises(errors.AnswerLost, match=r"billed.*It was repeated, which ended in: .*no connection"):
        wire.call(make, _FIELDS)


def test_a_closed_client_sends_nothing(make: Operation[Any]) -> None:
    wire = Wire()
    client = wire.sync()
    client._connections.http.close()
    with pytest.raises(errors.ConnectionFailed, match="is closed, so nothing was sent"):
        client.call(make, _FIELDS)
    assert wire.sent == []


@pytest.mark.parametrize("headers", [{"X-Own": "a\nb"}, {"X-Own": "\u65e5"}, {"X\n": "value"}])
def test_a_header_that_cannot_be_sent_is_refused_without_its_value(headers: dict[str, str]) -> None:
    client = Wire().sync()
    with pytest.raises(ValueError, match="holds characters that no header can carry") as caught:
        client.with_options(headers=headers)
    assert next(iter(headers.values())) not in str(caught.value).replace("characters", "")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_after_the_time_it_names(wire: Wire, make: Operation[Any], status: int) -> None:
    wire.answers = [httpx.Response(status, headers={"Retry-After": "7"}), httpx.Response(status), _ok()]
    assert wire.call(make, _FIELDS).created == 1
    assert 7 <= wire.pauses[0] <= 7.7, "a little later, so that callers spread"
    wire.answers = [httpx.Response(status, json={"error": {"message": "later"}})] * 3
    with pytest.raises(errors.StatusError, match="later") as caught:
        wire.call(make, _FIELDS)
    assert caught.value.status_code == status


@pytest.mark.parametrize("status", [400, 401, 402, 404, 413, 415, 500, 502, 520])
def test_other_errors_are_raised_at_once(wire: Wire, make: Operation[Any], status: int) -> None:
    wire.answers = [httpx.Response(status, json={"error": "no"})]
    with pytest.raises(errors.StatusError, match="no") as caught:
        wire.call(make, _FIELDS)
    assert type(caught.value) is errors.StatusError.kind(status)
    assert (caught.value.parsed is not None) == make.documents(status)
    assert len(wire.sent) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_is_free_is_asked_again_after_passing_failures(wire: Wire, look: Operation[Any], status: int) -> None:
    wire.answers = [httpx.Response(status), httpx.Response(200, json=1)]
    assert wire.call(look, {}) == 1


def test_an_error_tells_its_request_without_secrets(wire: Wire, make: Operation[Any]) -> None:
    said = {"error": {"message": "Incorrect key sk-secret-key (request id: r7)", "code": "bad"}}
    wire.options = {"credentials": {"key": bearer("sk-secret-key", argument="api_key", variable=None)}}
    wire.answers = [httpx.Response(401, json=said, headers={"X-Said": "sk-secret-key"})]
    with pytest.raises(errors.Unauthorized) as caught:
        wire.call(make, _FIELDS)
    error = caught.value
    assert (error.code, error.request_id, error.status_code) == ("bad", "r7", 401)
    assert error.request is not None
    assert (error.request.operation, error.request.method, error.request.attempts) == ("make", "POST", 1)
    assert error.request.url == "https://host/api/v1/images"
    assert error.request.headers["authorization"] == "***"
    assert error.request.headers["content-type"] == "application/json"
    assert "sk-secret" not in f"{error} {error!r} {vars(error)} {error.headers} {error.request}"
    assert "Incorrect key ***" in str(error)


@pytest.mark.parametrize("status", [204, 201, 302, 304])
def test_a_status_that_is_not_documented_is_an_error(wire: Wire, make: Operation[Any], status: int) -> None:
    wire.answers = [httpx.Response(status, headers={"Location": "https://host/login"})]
    with pytest.raises(errors.StatusError) as caught:
        wire.call(make, _FIELDS)
    assert caught.value.status_code == status
    assert len(wire.sent) == 1


def test_an_error_page_keeps_its_text(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [httpx.Response(500, html="<html>oops</html>")]
    with pytest.raises(errors.ServerError, match="oops") as caught:
        wire.call(make, _FIELDS)
    assert caught.value.parsed is None


def test_an_answer_that_cannot_be_read_keeps_its_text(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [httpx.Response(200, json={"created": "soon"}, headers={"x-request-id": "r1"})]
    with pytest.raises(errors.AnswerUnreadable, match=r"^created: is a string .* may be billed\.$") as caught:
        wire.call(make, _FIELDS)
    error = caught.value
    assert (error.status_code, error.text, error.request_id, error.path) == (200, '{"created":"soon"}', "r1", "created")


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_is_followed_on_the_same_server(wire: Wire, make: Operation[Any], status: int) -> None:
    wire.answers = [httpx.Response(status, headers={"Location": "/v2/images"}), _ok()]
    assert wire.call(make, _FIELDS).created == 1
    assert str(wire.sent[1].url) == "https://host/v2/images"
    assert wire.sent[1].method == "POST"
    assert wire.bodies[1] == wire.bodies[0]


@pytest.mark.parametrize("location", ["https://other/v1", "http://host/v1", "https://host:444/v1", "//other/v1"])
def test_credentials_never_go_to_another_server(wire: Wire, make: Operation[Any], location: str) -> None:
    wire.answers = [httpx.Response(307, headers={"Location": location}), _ok()]
    with pytest.raises(errors.StatusError, match="check base_url"):
        wire.call(make, _FIELDS)
    assert len(wire.sent) == 1


def test_a_redirect_to_nowhere_is_an_error(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [httpx.Response(307, headers={"Location": "https://host:x/"}), _ok()]
    with pytest.raises(errors.ImageClientError):
        wire.call(make, _FIELDS)
    assert len(wire.sent) == 1


def test_redirects_come_to_an_end(wire: Wire, make: Operation[Any]) -> None:
    wire.answers = [httpx.Response(307, headers={"Location": "/again"})] * 50
    with pytest.raises(errors.StatusError):
        wire.call(make, _FIELDS)
    assert len(wire.sent) == 6


def test_files_are_sent_whole_on_each_attempt(wire: Wire, make: Operation[Any], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100_000)
    wire.answers = [httpx.Response(503, headers={"Retry-After": "0"}), _ok()]
    with path.open("rb") as stream:
        wire.call(make, {"prompt": "x", "image": [path, stream]})
    assert [body.count(path.read_bytes()) for body in wire.bodies] == [2, 2]


def test_a_key_is_asked_for_on_each_attempt(wire: Wire, make: Operation[Any]) -> None:
    keys: Iterator[str] = iter(["first", "second"])
    wire.options = {"credentials": {"key": bearer(lambda: next(keys), argument="api_key", variable=None)}}
    wire.answers = [httpx.Response(429, headers={"Retry-After": "0"}), _ok()]
    wire.call(make, _FIELDS)
    assert [request.headers["Authorization"] for request in wire.sent] == ["Bearer first", "Bearer second"]


_FAILURES: list[Callable[[], httpx.Response | Exception]] = [
    lambda: httpx.ConnectError("refused"),
    lambda: httpx.ReadTimeout("gone"),
    lambda: httpx.LocalProtocolError("Illegal header value b'Bearer sk-secret'"),
    lambda: httpx.Response(500, json={"error": "no"}),
    lambda: httpx.Response(200, content=b"{"),
]


@pytest.mark.parametrize("failure", _FAILURES)
def test_no_error_and_no_log_holds_the_key(
    wire: Wire,
    make: Operation[Any],
    failure: Callable[[], httpx.Response | Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire.answers = [failure()] * 3
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.ImageClientError) as caught:
        wire.call(make, _FIELDS)
    assert "sk-secret" not in f"{caught.value!s} {caught.value!r} {caplog.text}"
    assert b"sk-secret" not in pickle.dumps(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_client_shows_no_key_and_its_options_are_its_own() -> None:
    wire = Wire()
    client = wire.sync()
    assert repr(client) == "SyncClient(base_url='https://host/api', credentials=['key'])"
    other = client.with_options(timeout=1, max_retries=0, headers={"X-Own": "1"})
    assert (client._options.max_retries, other._options.max_retries) == (2, 0)
    assert "X-Own" not in client._options.headers
    other.close()
    assert not client._connections.http.is_closed


def test_options_hold_for_the_new_client(make: Operation[Any]) -> None:
    wire = Wire()
    wire.answers = [httpx.Response(503)]
    with pytest.raises(errors.ServerError):
        wire.sync().with_options(max_retries=0, timeout=9, headers={"X-Own": "1"}).call(make, _FIELDS)
    assert wire.sent[0].headers["X-Own"] == "1"
    assert wire.sent[0].extensions["timeout"]["read"] == 9


def test_a_detailed_answer(make: Operation[Any], prompt: type[Any]) -> None:
    wire = Wire()
    wire.answers = [httpx.Response(200, json=_GOOD, headers={"X-Own": "1"})]
    response = wire.sync().send_detailed(make, prompt(**_FIELDS))
    assert (response.status_code, response.headers["x-own"]) == (200, "1")
    assert response.parsed is not None
    assert response.parsed.created == 1


def test_the_base_url_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_BASE_URL", "http://127.0.0.1:9/api/")
    settings: dict[str, Any] = {
        "default_base_url": "https://host",
        "user_agent": "t",
        "base_url_variable": "EXAMPLE_BASE_URL",
    }
    with SyncClient(**settings) as client:
        assert "'http://127.0.0.1:9/api'" in repr(client)
    with SyncClient(base_url="https://given", **settings) as client:
        assert "'https://given'" in repr(client)


@pytest.mark.parametrize(
    "url", ["host", "ftp://host", "https://", "https://u:sk-secret@host", "https://host?a=1", "https://h:x"]
)
def test_a_base_url_that_cannot_be_one(url: str) -> None:
    with pytest.raises(ValueError, match="base_url must be like") as caught:
        SyncClient(default_base_url=url, user_agent="t")
    assert "sk-secret" not in str(caught.value)


def test_a_base_url_with_the_beginning_of_the_apis_own_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    settings: dict[str, Any] = {"default_base_url": "https://host", "base_url_variable": "EXAMPLE_BASE_URL"}
    with pytest.raises(ValueError, match=r"base_url ends in /v1, which .* as in https://host$"):
        SyncClient(base_url="https://proxy/api/v1/", user_agent="t", **settings)
    monkeypatch.setenv("EXAMPLE_BASE_URL", "https://proxy/v1")
    with pytest.raises(ValueError, match="EXAMPLE_BASE_URL, from the environment, ends in /v1"):
        SyncClient(user_agent="t", **settings)
    with SyncClient(default_base_url="https://host/v1", base_url="https://proxy/v2", user_agent="t") as client:
        assert "'https://proxy/v2'" in repr(client)
    with pytest.raises(TypeError, match="base_url must be a str, not bytes"):
        SyncClient(base_url=b"https://host", user_agent="t", **settings)  # type: ignore[arg-type] # users err


def test_both_clients_offer_the_same() -> None:
    def offered(client: type[Any]) -> dict[str, list[str]]:
        methods = inspect.getmembers(client, inspect.isfunction)
        return {name: list(inspect.signature(method).parameters) for name, method in methods if name[0] != "_"}

    assert offered(SyncClient) == offered(AsyncClient)


def test_a_twin_answers_whole(make: Operation[Any]) -> None:
    wire = Wire()
    wire.answers = [_ok()]
    response: Any = wire.sync()._detailed_twin().call(make, _FIELDS)
    assert (response.status_code, json.loads(response.content), response.parsed.created) == (200, _GOOD, 1)
