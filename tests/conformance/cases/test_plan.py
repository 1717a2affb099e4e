"""A plan sends what is free first, plain before special, small before large, and no more than may be billed."""

from __future__ import annotations

from typing import Any

import pytest

from generator.conformance import Settings
from generator.conformance.case import Expectation
from generator.conformance.cases import NOTHING, cases_of
from generator.conformance.cases.told import Told
from generator.conformance.importance import told_by
from generator.conformance.plan import Plan, make_plan
from generator.conformance.sending import Credentials
from generator.spec import Contract, Level, load_all
from generator.spec.field_roles import Role

PLANS: dict[object, Plan] = {}
"""Plans that are made already: those of real specs take a second."""
CONTRACTS = {contract.name: contract for contract in load_all()}


def _plan(contract: Contract, told: Told = NOTHING, **options: Any) -> Plan:
    known = (contract.name, told.usd, *sorted(options.items()))
    if known not in PLANS:
        PLANS[known] = make_plan(contract, Settings(base_url="https://tiny.example", token="key", **options), told)
    return PLANS[known]


@pytest.fixture(scope="module", params=CONTRACTS)
def real(request: pytest.FixtureRequest) -> Contract:
    """Each spec of the project."""
    return CONTRACTS[request.param]


def test_each_request_is_sent_once(real: Contract) -> None:
    plan = _plan(real)
    groups = (*plan.free, *plan.unsure, *plan.paid)
    digests = [group.request.digest() for group in groups]
    assert len(digests) == len(set(digests)) == plan.requests
    ids = [case.id for case in plan.cases]
    assert len(ids) == len(set(ids))


def test_what_is_free_must_be_refused_by_a_document_or_costs_nothing(real: Contract) -> None:
    for group in _plan(real).free:
        free = not group.request.is_billable or group.request.raw is not None
        refused = group.expectation in {Expectation.REFUSED, Expectation.UNAUTHORISED}
        documented = any(case.level is Level.DOCUMENTED for case in group.cases)
        by_key = group.expectation is Expectation.UNAUTHORISED or group.request.scheme
        assert free or (refused and documented) or by_key, group.cases[0].id


def test_what_no_page_refuses_is_unsure(real: Contract) -> None:
    for group in _plan(real).unsure:
        if group.request.credentials is Credentials.EMPTY_WALLET:
            continue  # No document says that a new wallet holds nothing.
        assert group.expectation in {Expectation.REFUSED, Expectation.UNAUTHORISED}
        assert all(case.level is not Level.DOCUMENTED for case in group.cases)


def test_plain_requests_come_before_special_ones(real: Contract) -> None:
    plain = [group.is_plain for group in _plan(real).paid]
    assert any(plain)
    assert plain == sorted(plain, reverse=True)


def test_small_images_come_before_large_ones(real: Contract) -> None:
    cost = [group.pixels * group.images for group in _plan(real).paid if not group.is_plain]
    assert cost == sorted(cost)
    assert cost[0] < cost[-1]


def test_the_limit_leaves_room_for_mistakes_and_no_more(tiny: Contract) -> None:
    plan = _plan(tiny)
    assert plan.limit == plan.billable + len(plan.unsure) + 20
    assert _plan(tiny, fuzz_requests=5).limit == plan.limit + 25


def test_for_nothing_only_what_a_page_refuses_is_sent(real: Contract) -> None:
    plan = _plan(real, no_billable=True)
    assert (plan.paid, plan.unsure, plan.billable, plan.images) == ((), (), 0, 0)
    assert plan.limit == 1
    assert plan.free == _plan(real).free
    assert len(plan.dropped) == len(_plan(real).paid) + len(_plan(real).unsure)
    assert _plan(real, no_billable=True, keep_going=True).limit is None
    assert _plan(real, max_billable=0) == plan


@pytest.mark.parametrize("most", [1, 5, 10, 40])
def test_what_matters_is_picked(real: Contract, most: int) -> None:
    everything, plan = _plan(real), _plan(real, max_billable=most)
    assert len(plan.paid) + len(plan.unsure) == min(most, len(everything.paid) + len(everything.unsure))
    assert plan.limit == most
    assert {id(case) for case in plan.cases} & {id(case) for group in plan.dropped for case in group.cases} == set()
    plain = sum(group.is_plain for group in everything.paid)
    assert sum(group.is_plain for group in plan.paid) == min(most, plain)
    rest = [group for group in plan.paid if not group.is_plain]
    told = {rule for group in plan.paid for rule in told_by(group)}
    untold = {rule for group in plan.dropped if group.is_to_be_billed for rule in told_by(group)} - told
    assert not untold or len({rule for group in rest for rule in told_by(group)}) >= len(rest)


@pytest.mark.parametrize("most", [10, 30, 60])
def test_whether_images_come_as_asked_for_is_told_first(most: int) -> None:
    wishes = {rule for group in _plan(CONTRACTS["powertokens"]).paid for rule in told_by(group) if "honoured" in rule}
    told = {rule for group in _plan(CONTRACTS["powertokens"], max_billable=most).paid for rule in told_by(group)}
    assert len(wishes & told) >= 0.8 * len(wishes)


def test_more_money_than_there_is_to_spend_changes_nothing(tiny: Contract) -> None:
    plan = _plan(tiny, max_billable=1000)
    assert plan.paid == _plan(tiny).paid
    assert plan.limit == _plan(tiny).limit


def test_a_price_is_told(tiny: Contract) -> None:
    plan = _plan(tiny, Told(0.05))
    assert plan.usd == pytest.approx(0.05 * plan.billable)
    assert f"about {plan.usd:.2f} US dollars" in str(plan)
    assert "US dollars" not in str(_plan(tiny))


def test_what_varies_by_model_is_as_certain_as_what_the_models_list_tells() -> None:
    operation = next(each for each in CONTRACTS["venice"].operations if each.id == "editImage")

    def about(note: str, told: Told) -> tuple[Expectation, Level]:
        found = next(
            case
            for case in cases_of(CONTRACTS["venice"], operation, told)
            if case.rule.startswith("editImage/json/prompt/") and case.note.startswith(note)
        )
        return found.expectation, found.level

    told = Told(None, {Role.PROMPT: 10_000})
    assert about("prompt: 1 letters", Told())[1] is Level.ASSUMED
    assert about("prompt: 1 letters", told) == (Expectation.CARRIED_OUT, Level.PUBLISHED)
    # The page's most is more than this model takes.
    assert about("prompt: 32768 letters", told)[0] is Expectation.OPEN


def test_only_the_operations_asked_for_are_planned(tiny: Contract) -> None:
    assert {case.operation for case in _plan(tiny, operations=("getImage",)).cases} == {"getImage"}
    assert _plan(tiny, operations=()).requests == 0


def test_it_is_told_in_words(tiny: Contract) -> None:
    plan = _plan(tiny, max_billable=5)
    lines = str(plan).splitlines()
    assert lines[0] == f"{plan.requests} requests for {len(plan.cases)} cases."
    assert lines[1].startswith(f"{plan.billable} are to be carried out and may be billed: {plan.images} images")
    assert "The run ends before more than 5 are billed, whatever the gateway takes." in lines
    assert any("more are left out" in line for line in lines)
    assert "None of them is to be carried out that may be billed." in str(_plan(tiny, no_billable=True))
