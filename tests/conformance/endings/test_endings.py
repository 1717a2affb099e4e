"""However a gateway behaves, a run ends by itself, says in plain words how, and reports what it judged."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import evolve

from .serving import ClosedError, served

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Run

Gateway = Callable[..., Any]
POST_RULES = 20
"""How many rules at least stand in a report, judged or not."""


def _at(handle: Any) -> Callable[[httpx.Request], httpx.Response]:
    """A tiny gateway whose links lead to where it is served."""

    def answer(request: httpx.Request) -> httpx.Response:
        response: httpx.Response = evolve(handle, address=str(request.url.join("/")).rstrip("/"))(request)
        return response

    return answer


def test_a_right_gateway(ending: Run, gateway: Gateway) -> None:
    with served(_at(gateway())) as url:
        end = ending(url)
    assert end.code == 0
    assert end.report["verdict"] == "conforms"
    assert end.report["findings"] == []


def test_a_wrong_gateway(ending: Run, gateway: Gateway) -> None:
    with served(_at(gateway(ignores_key=True))) as url:
        end = ending(url)
    assert end.code == 1
    assert end.verdicts["makeImages/credentials/security"] == "violates"
    assert "makeImages/credentials/security" in end.out


def test_nobody_listens(ending: Run, free_port: int) -> None:
    end = ending(f"http://127.0.0.1:{free_port}")
    assert end.code == 2
    assert end.report["ended"] == "no connection: nobody listens there"
    assert "nobody listens there" in end.out
    assert set(end.verdicts.values()) == {"not tested"}
    assert len(end.verdicts) > POST_RULES
    assert (end.report["requests"], end.report["billable"]) == (3, 0)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "a" * 80])
def test_a_host_that_is_unknown(ending: Run, host: str) -> None:
    end = ending(f"http://{host}")
    assert end.code == 2
    assert "the host's name is" in end.report["ended"]
    assert "the host's name is" in " ".join(end.out.split())
    assert end.report["billable"] == 0


def test_a_certificate_that_nobody_has_signed(ending: Run, gateway: Gateway, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = gateway()
    with served(made, context) as url:
        end = ending(url)
    assert end.code == 2
    assert end.report["ended"].startswith("TLS failed: the certificate isn't trusted (self-signed certificate)")
    assert "SSL_CERT_FILE" in end.out
    assert made.seen == []
    assert end.report["billable"] == 0


def test_a_gateway_that_speaks_no_tls(ending: Run, gateway: Gateway) -> None:
    with served(gateway()) as url:
        end = ending(url.replace("http:", "https:"))
    assert end.code == 2
    assert end.report["ended"].startswith("TLS failed: ")


def test_a_wrong_key(ending: Run, gateway: Gateway) -> None:
    made = gateway()
    with served(_at(made)) as url:
        end = ending(url, token="another-key")
    assert end.code == 2
    assert "the gateway doesn't take the API key" in " ".join(end.out.split())
    # What needs no key is judged all the same.
    assert end.verdicts["getImage/path/id/minimum"] == "conforms"
    assert end.verdicts["makeImages/json/n/maximum"] == "not tested"
    assert "another-key" not in end.out + str(end.report)
    assert end.report["billable"] == 0


@pytest.mark.parametrize("status", [200, 404])
def test_nothing_but_a_web_page(ending: Run, status: int) -> None:
    page = httpx.Response(status, html="<!doctype html><title>Welcome</title>")
    with served(lambda _: page) as url:
        end = ending(url)
    assert end.code == 2
    assert end.report["findings"] == []
    assert "is this the API's address?" in " ".join(end.out.split()).lower().replace("api's", "API's")


def test_one_that_never_answers(ending: Run) -> None:
    over = threading.Event()

    def hang(_: httpx.Request) -> httpx.Response:
        over.wait(60)
        raise ClosedError

    with served(hang) as url:
        end = ending(url, "--timeout", "1")
        over.set()
    assert end.code == 2
    assert end.report["ended"].startswith("no answer within ")
    assert end.report["requests"] == 3
    assert set(end.verdicts.values()) == {"not tested"}


def test_one_whose_image_requests_never_end(ending: Run, gateway: Gateway) -> None:
    """What is refused is answered; what is to be carried out isn't, and may be billed."""
    over = threading.Event()
    made = _at(gateway())

    def hang(request: httpx.Request) -> httpx.Response:
        response = made(request)
        if request.method == "POST" and response.is_success:
            over.wait(60)
            raise ClosedError
        return response

    with served(hang) as url:
        end = ending(url, "--timeout", "1", "--connections", "16")
        over.set()
    assert end.code == 2
    assert any("no answer within 1 seconds" in reason for reason in end.report["unjudged"])
    assert 0 < end.report["billable"] <= end.report["plan"]["limit"]
    assert end.report["findings"] == []


def test_one_that_dies_half_way(ending: Run, gateway: Gateway) -> None:
    made = gateway()
    inner = _at(made)

    def dies(request: httpx.Request) -> httpx.Response:
        if len(made.seen) > 60:
            raise ClosedError
        return inner(request)

    with served(dies) as url:
        end = ending(url)
    assert end.code == 2
    assert any("the connection was closed" in reason for reason in end.report["unjudged"])
    assert end.verdicts["makeImages/json/n/minimum"] != "violates"
    assert {"conforms", "not tested"} <= set(end.verdicts.values())
    assert end.report["findings"] == []
    assert end.report["billable"] <= end.report["plan"]["limit"]


def test_one_that_asks_for_patience_for_ever(ending: Run) -> None:
    busy = httpx.Response(429, headers={"retry-after": "0"}, json={"error": "too many requests"})
    with served(lambda _: busy) as url:
        end = ending(url)
    assert end.code == 2
    assert any("too many requests, or the quota is used up" in reason for reason in end.report["unjudged"])
    assert end.report["findings"] == []
    assert end.report["requests"] < 40


def test_one_with_one_of_the_operations(ending: Run, gateway: Gateway) -> None:
    made = _at(gateway(status=lambda _: 404))
    with served(made) as url:
        end = ending(url)
    assert end.code == 0
    assert {verdict for rule, verdict in end.verdicts.items() if rule.startswith("makeImages")} == {"not applicable"}
    assert end.verdicts["getImage/path/id/minimum"] == "conforms"


def test_one_with_the_other_operation(ending: Run, gateway: Gateway) -> None:
    made = _at(gateway())

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET" and "*" not in request.url.path:
            return httpx.Response(404, json={"error": "no such page"})
        return made(request)

    with served(answer) as url:
        end = ending(url)
    assert end.code == 0
    assert {verdict for rule, verdict in end.verdicts.items() if rule.startswith("getImage")} == {"not applicable"}
    assert end.verdicts["makeImages/json/n/maximum"] == "conforms"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect(ending: Run, status: int) -> None:
    moved = httpx.Response(status, headers={"location": "https://elsewhere.example/v1"})
    with served(lambda _: moved) as url:
        end = ending(url)
    assert end.code == 2
    assert end.report["findings"] == []
    told = next(reason for reason in end.report["unjudged"] if "elsewhere" in reason)
    assert f"status {status}: the gateway redirects to https://elsewhere.example/v1" in told
    assert "--base-url" in told
