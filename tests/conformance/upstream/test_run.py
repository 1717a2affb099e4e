"""A whole run plays the model provider, and its report tells of the upstream."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from generator.conformance import Outcome, Report, Settings, run
from generator.conformance.asgi import AsgiTransport
from generator.conformance.upstream import PortTakenError
from generator.spec.boundary.breaches import Judge

from .gateway import KEY, ForwardingGateway

if TYPE_CHECKING:
    from generator.spec import Contract

    from .gateway import Body

OPERATION = "generateImages"


@pytest.fixture
def port() -> int:
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def report_on(contract: Contract, port: int, **wrong: Any) -> Report:
    """Judge a gateway that refuses what it must and forwards to a port."""
    operation = contract.operation(OPERATION)
    judges = {shape.name: Judge(shape) for shape in operation.shapes}

    def refuses(body: Body) -> bool:
        shape = operation.shape_meant("application/json", body)
        return shape is None or bool(judges[shape.name].breaks(body))

    gateway = ForwardingGateway(upstream=f"http://127.0.0.1:{port}", refuses=refuses, **wrong)
    settings = Settings(base_url="http://gateway", token=KEY, operations=[OPERATION], upstream_port=port, retries=0)
    return run(contract, settings, transport=AsgiTransport(gateway.app(), "gateway"))


def upstream_outcomes(report: Report) -> dict[str, Outcome]:
    """The verdicts about the upstream."""
    return {each.rule: each.outcome for each in report.verdicts if "/upstream" in each.rule}


def test_a_right_gateway_conforms(powertokens: Contract, port: int) -> None:
    report = report_on(powertokens, port)
    outcomes = upstream_outcomes(report)
    assert len(outcomes) == 22
    assert set(outcomes.values()) == {Outcome.CONFORMS}
    assert [each.rule for each in report.findings if each.level.value == "documented"] == []


def test_a_wrong_one_violates(powertokens: Contract, port: int) -> None:
    def forward(request: Body, _: Body) -> Body:
        kept = {name: value for name, value in request["parameters"].items() if value is not False}
        return {**request, "parameters": kept}

    report = report_on(powertokens, port, forward=forward)
    broken = {rule for rule, outcome in upstream_outcomes(report).items() if outcome is Outcome.VIOLATES}
    names = ("watermark", "thinking_mode", "enable_sequential")
    assert broken == {f"{OPERATION}/messages/{name}/upstream" for name in names}
    assert report.exit_code == 1


def test_a_port_that_is_taken_ends_the_run_before_anything_is_sent(powertokens: Contract) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PortTakenError, match="can't be listened on"):
            report_on(powertokens, int(taken.getsockname()[1]))
