"""Runs the upstream's part of a conformance run against a forwarding gateway in-process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import field, frozen

from generator.conformance.asgi import AsgiTransport
from generator.conformance.exchange import Answer, Exchange, SeenImage, Sent
from generator.conformance.pictures import read_picture
from generator.conformance.settings import Settings
from generator.conformance.upstream import Provider, UpstreamFindings, upstream_findings
from generator.spec import Contract, Operation, load, openapi_folder

from .gateway import KEY, ForwardingGateway

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.conformance.case import Case, Expectation
    from generator.conformance.sending import Request


@pytest.fixture(scope="session")
def powertokens() -> Contract:
    return load(openapi_folder() / "powertokens.yaml")


@pytest.fixture
def provider(powertokens: Contract) -> Iterator[Provider]:
    with Provider(powertokens, 0) as provider:
        yield provider


@frozen
class Sends:
    """Sends requests as the run's wire does: once, whatever comes."""

    client: httpx.Client
    requests: list[Request] = field(factory=list)

    def __call__(self, operation: Operation, request: Request, _: Expectation) -> Exchange:
        """Send one."""
        self.requests.append(request)
        sent = request.build(self.client, {"Authorization": f"Bearer {KEY}"})
        response = self.client.send(sent)
        answer = Answer(response.status_code, {}, response.content, len(response.content))
        images = tuple(self._images(response)) if response.is_success else ()
        return Exchange(
            len(self.requests), operation.id, request, Sent(request.method, str(sent.url)), answer, images=images
        )

    def _images(self, response: httpx.Response) -> Iterator[SeenImage]:
        """The images behind links to the gateway itself."""
        for item in response.json().get("data", []):
            url = item.get("url", "") if isinstance(item, dict) else ""
            if url.startswith("http://gateway/"):
                picture = read_picture(self.client.get(url).content)
                assert picture is not None
                yield SeenImage("image/png", picture.width, picture.height, url=url)


@frozen
class Run:
    """A run that is over."""

    found: UpstreamFindings
    requests: list[Request]
    told: list[tuple[Exchange, Case]]

    @property
    def broken(self) -> set[str]:
        """The rules that were found broken, without those that a field more or less makes no difference to."""
        return {finding.rule for finding in self.found.findings}

    @property
    def outcomes(self) -> dict[str, str]:
        """The verdicts, by rule."""
        return {verdict.rule: verdict.outcome.value for verdict in self.found.verdicts}


@pytest.fixture
def judge(powertokens: Contract, provider: Provider) -> Callable[..., Run]:
    """Judge a forwarding gateway, right unless the arguments make it wrong."""

    def run(settings: Settings | None = None, sends: Callable[..., Any] = Sends, **wrong: Any) -> Run:
        gateway = ForwardingGateway(**{"upstream": provider.url, **wrong})
        told: list[tuple[Exchange, Case]] = []
        with httpx.Client(transport=AsgiTransport(gateway.app()), base_url="http://gateway", timeout=30) as client:
            sender = sends(client)
            found = upstream_findings(
                powertokens,
                settings or Settings(base_url="http://gateway", token=KEY),
                sender,
                lambda exchange, case: told.append((exchange, case)),
                provider=provider,
            )
        return Run(found, sender.requests, told)

    return run
