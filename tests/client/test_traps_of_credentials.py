"""What the raw generator gets wrong about keys and addresses, and our clients get right."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from generated_client.powertokens import AsyncPowerTokens, PowerTokens
from generated_client.powertokens.errors import CredentialsMissing, StatusError
from generated_client.venice import AsyncVenice, Venice
from generated_client.venice.errors import CredentialsMissing as VeniceCredentialsMissing
from generator.spec import load_all, openapi_folder

from .packages import WAYS, Package, Pair, Way

if TYPE_CHECKING:
    from collections.abc import Callable

SPEC = """
openapi: 3.1.1
info: {title: Gallery, version: "1"}
servers: [{url: "https://pictures.example/base"}]
x-documents: {page: {page: "Pictures, the page", level: documented}}
security: [{key: []}, {proof: []}]
paths:
  /about:
    get:
      operationId: getAbout
      tags: [pictures]
      x-source: {document: page}
      responses:
        "200":
          description: What is known of the picture.
          content: {application/json: {schema: {$ref: "#/components/schemas/Picture"}}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer, x-source: {document: page}}
    proof: {type: apiKey, in: header, name: X-Proof, x-source: {document: page}}
  schemas:
    Picture: {type: object, properties: {id: {type: string}}}
"""
KEY = "sk-made-up-for-tests"
PROOF = "a proof made up for tests"
CONTRACTS = {contract.name: contract for contract in load_all(openapi_folder())}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no address comes from the environment of whoever runs the tests."""
    for contract in CONTRACTS.values():
        names = [scheme.environment for scheme in contract.security_schemes.values()]
        for name in filter(None, [contract.server_environment, *names]):
            monkeypatch.delenv(name, raising=False)


class Wire:
    """Keeps all requests."""

    def __init__(self, answer: httpx.Response | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self._answer = answer

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self._answer or httpx.Response(200, json={"data": []})

    @property
    def client(self) -> httpx.Client:
        """An httpx client over this wire."""
        return httpx.Client(transport=httpx.MockTransport(self))


def _client_with_key(package: Package, **settings: Any) -> Any:
    if package.is_ours:
        return package.module().Gallery(KEY, **settings)
    return package.module("client").AuthenticatedClient(token=KEY, **settings)


@pytest.mark.trap(15)
def test_the_repr_of_a_client_with_a_key_hides_it(pair: Pair) -> None:
    def expectation(package: Package) -> None:
        assert KEY not in repr(_client_with_key(package, base_url="http://pictures.test"))

    with pytest.raises(AssertionError, match=KEY):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(16)
@pytest.mark.parametrize("way", WAYS)
def test_security_at_the_top_of_a_spec_asks_for_credentials_before_any_request(pair: Pair, way: Way) -> None:
    def expectation(package: Package) -> None:
        wire = Wire()
        error = package.failure_with(package.client(wire, way), "get_about", way)
        assert wire.requests == []
        assert "api_key" in str(error)
        assert "proof" in str(error)

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        expectation(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(16)
def test_each_alternative_of_credentials_goes_in_the_header_that_the_spec_names(pair: Pair) -> None:
    for credential, header, value in (("api_key", "authorization", f"Bearer {KEY}"), ("proof", "x-proof", KEY)):
        wire = Wire()
        client = pair.ours.module().Gallery(**{credential: KEY}, http_client=wire.client)
        pair.ours.call_with(client, "get_about")
        sent = wire.requests[0].headers
        assert {name: sent.get(name) for name in ("authorization", "x-proof") if name in sent} == {header: value}


@pytest.mark.trap(17)
def test_the_server_of_a_spec_is_the_default(pair: Pair) -> None:
    def expectation(package: Package) -> None:
        wire = Wire()
        pair.ours.call_with(_client_with_key(package, http_client=wire.client), "get_about")
        assert [str(request.url) for request in wire.requests] == ["https://pictures.example/base/about"]

    with pytest.raises(TypeError, match="base_url"):
        _client_with_key(pair.raw)
    expectation(pair.ours)


@pytest.mark.trap(15)
@pytest.mark.parametrize("make", [PowerTokens, AsyncPowerTokens, Venice, AsyncVenice])
def test_repr_hides_the_key(make: Callable[[str], object]) -> None:
    client = make(KEY)
    assert KEY not in repr(client)
    assert KEY not in str(vars(client))


@pytest.mark.trap(15)
def test_logs_and_exceptions_hide_the_key(caplog: pytest.LogCaptureFixture) -> None:
    wire = Wire(httpx.Response(401, json={"error": {"message": "no"}}))
    with caplog.at_level(logging.DEBUG), pytest.raises(StatusError) as caught:
        PowerTokens(KEY, http_client=wire.client).images.generate(model="qwen-image-2.0-pro", prompt="cat")
    assert wire.requests[0].headers["authorization"] == f"Bearer {KEY}"
    told = [
        caplog.text,
        str(caught.value),
        repr(caught.value),
        repr(vars(caught.value)),
        repr(caught.value.__context__),
    ]
    assert caplog.records
    assert not any(KEY in text for text in told)


@pytest.mark.trap(16)
def test_either_credential_works() -> None:
    """A key, or a wallet's proof, which goes in the header that the spec names."""
    image = httpx.Response(200, content=b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"})
    wire = Wire(image)
    scheme = CONTRACTS["venice"].security_schemes["signInWithX"]
    for client in (Venice(KEY, http_client=wire.client), Venice(wallet=lambda: PROOF, http_client=wire.client)):
        client.image.edit(image="https://example.com/cat.png", prompt="night")
    by_key, by_wallet = (request.headers for request in wire.requests)
    assert (by_key.get("Authorization"), by_key.get(scheme.header)) == (f"Bearer {KEY}", None)
    assert (by_wallet.get("Authorization"), by_wallet.get(scheme.header)) == (None, PROOF)


@pytest.mark.trap(16)
def test_no_credential_is_an_error_before_any_request() -> None:
    wire = Wire()
    with pytest.raises(CredentialsMissing, match="POWERTOKENS_API_KEY"):
        PowerTokens(http_client=wire.client).images.generate(model="qwen-image-2.0-pro", prompt="cat")
    with pytest.raises(VeniceCredentialsMissing, match="VENICE_API_KEY"):
        Venice(http_client=wire.client).image.edit(image="https://example.com/cat.png", prompt="night")
    assert wire.requests == []


@pytest.mark.trap(16)
def test_an_operation_that_needs_no_credential_goes_without() -> None:
    wire = Wire()
    Venice(http_client=wire.client).models.list()
    assert "authorization" not in wire.requests[0].headers


@pytest.mark.trap(17)
def test_the_specs_server_is_the_default() -> None:
    wire = Wire()
    PowerTokens(KEY, http_client=wire.client).images.generate(model="qwen-image-2.0-pro", prompt="cat")
    Venice(KEY, http_client=wire.client).models.list()
    asked = [f"{request.url.scheme}://{request.url.host}" for request in wire.requests]
    assert asked == [CONTRACTS["powertokens"].server, CONTRACTS["venice"].server]


@pytest.mark.trap(17)
def test_the_environments_server_goes_before_the_specs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONTRACTS["powertokens"].server_environment, "http://gateway.test/base/")
    wire = Wire()
    PowerTokens(KEY, http_client=wire.client).images.generate(model="qwen-image-2.0-pro", prompt="cat")
    assert str(wire.requests[0].url) == "http://gateway.test/base/v1/images/generations"
