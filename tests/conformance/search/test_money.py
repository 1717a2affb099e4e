"""The search keeps to what it may cost, tells all that it sends, and blames nobody that it can't prove to be wrong."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import httpx
import pytest

from generator.conformance.engine import run
from generator.conformance.events import Exchanged
from generator.conformance.settings import Settings
from generator.mock import create_app
from generator.mock.serving.transport import InProcessTransport

from .gateways import KEY, WrongTransport, contract_of, searched

if TYPE_CHECKING:
    from generator.conformance.events import Event

    from .gateways import Body

SEEDS = "generateImages/prompt/seed/"

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}


def _some_seeds(_: httpx.Request, body: Body) -> httpx.Response | None:
    """Refuses large seeds."""
    seed = body.get("seed")
    is_refused = isinstance(seed, int) and 1000 < seed < 2**31
    return httpx.Response(400, json={"error": {"message": "no"}}) if is_refused else None


def _blames_the_seed_alone(rules: list[str]) -> bool:
    return all("/seed/" in rule for rule in rules)


@pytest.mark.parametrize("money", [9, 11, 13, 25] if DEEP else [25])
def test_a_find_that_the_money_breaks_off_blames_no_other_rule(money: int) -> None:
    found = [
        searched("powertokens", _some_seeds, requests=150, seed=seed, operation="generateImages", may_be_billed=money)
        for seed in range(3)
    ]
    for one in found:
        assert _blames_the_seed_alone(one.rules), one.rules
        assert one.found.ended is None
    assert money < 25 or any(one.rules for one in found)


def test_several_processes_that_share_the_money_blame_no_other_rule() -> None:
    found = searched("powertokens", _some_seeds, requests=450, operation="generateImages", may_be_billed=25, workers=3)
    assert _blames_the_seed_alone(found.rules), found.rules
    assert found.rules
    for finding in found.found.findings:
        assert "seed" in finding.exchange.request.body
        assert len(finding.exchange.request.body) == 3
        assert "--workers 3" in finding.case


def test_a_find_tells_how_to_find_it_again() -> None:
    first = searched("powertokens", _some_seeds, requests=300, operation="generateImages")
    (finding,) = [one for one in first.found.findings if one.rule.startswith(SEEDS)]
    assert finding.expected.endswith("as it keeps every rule: `seed` must be at most 2147483647")
    _, seed, number, requests = finding.case.removeprefix("search, ").split()
    assert (finding.case[:8], seed, number) == ("search, ", "0", "--fuzz")
    again = searched("powertokens", _some_seeds, requests=int(requests), operation="generateImages")
    assert finding.rule in again.rules


def test_a_right_request_that_always_fails_is_paid_for_each_time_that_it_is_sent_and_sent_twice() -> None:
    told: list[Event] = []

    def crashes(_: httpx.Request, body: Body) -> httpx.Response | None:
        seed, n = body.get("seed"), body.get("n")
        both = isinstance(seed, int) and isinstance(n, int) and 0 <= seed < 2**31 and 2 <= n <= 6
        return httpx.Response(500, json={"error": {"message": "no"}}) if both else None

    transport = WrongTransport(InProcessTransport(create_app(keys=[KEY], balance="1000000")), crashes)
    settings = Settings(base_url="http://gateway.test", token=KEY, operations={"generateImages"}, fuzz_requests=150)
    report = run(contract_of("powertokens"), settings, transport=transport, observe=told.append)
    by_the_search = [event.exchange for event in told if isinstance(event, Exchanged) and not event.cases]
    failed = [exchange for exchange in by_the_search if exchange.answer.status == 500]
    sent: Counter[bytes] = Counter()
    for exchange in failed:
        sent[exchange.request.digest()] += exchange.tries
    assert set(sent.values()) == {2}
    right = [exchange for exchange in failed if exchange.tries == 2]
    assert right
    paid = 2 * len(right) + sum(exchange.was_billed for exchange in by_the_search)
    assert paid <= report.plan.search + 1
    assert any(finding.case.startswith("search") for finding in report.findings)


def test_a_run_tells_and_counts_what_its_search_sends_and_stays_within_the_plan() -> None:
    told: list[Event] = []
    transport = InProcessTransport(create_app(keys=[KEY], balance="1000000"))
    settings = Settings(
        base_url="http://gateway.test", token=KEY, operations={"generateImages"}, fuzz_requests=150, max_billable=None
    )
    report = run(contract_of("powertokens"), settings, transport=transport, observe=told.append)
    exchanges = [event for event in told if isinstance(event, Exchanged)]
    by_the_search = [event for event in exchanges if not event.cases]
    assert len(by_the_search) == 150
    assert 0 < sum(event.exchange.was_billed for event in by_the_search) <= report.plan.search == 25
    assert "25 more may be carried out by the search." in str(report.plan)
    assert "upstream" not in str(report.plan)
    assert f"of {report.plan.search} that may be" in report.searched
    # Each of those that are billed brings an image at least.
    assert report.images >= report.billable > report.plan.billable
