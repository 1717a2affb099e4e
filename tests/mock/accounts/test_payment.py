"""Calls that cost money: prices, the balance header, 402 with its terms, and what costs nothing."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from jsonschema_rs import Draft202012Validator

from generator.mock import DEFAULT_KEY, create_app, transport
from generator.mock.answering import answers
from tests.mock.signing import ACCOUNT, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.applications import Starlette

    from generator.mock.accounts.balances import Balances
    from generator.spec import Contract, Operation

EDIT = "/api/v1/image/edit"
BODY = {"image": "https://example.com/a.png", "prompt": "p", "model": "qwen-edit"}
KEY = {"Authorization": f"Bearer {DEFAULT_KEY}"}


@pytest.fixture
def nobody(app: Starlette) -> Iterator[httpx.Client]:
    """A client without credentials."""
    with httpx.Client(transport=transport(app), base_url="http://mock") as client:
        yield client


@pytest.fixture
def balances(app: Starlette) -> Balances:
    balances: Balances = app.state.mock.balances
    return balances


def edit(client: httpx.Client, headers: dict[str, str] = KEY, **changes: Any) -> httpx.Response:
    return client.post(EDIT, json=BODY | changes, headers=headers)


def remaining(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return answer.headers["x-balance-remaining"]


def terms(answer: httpx.Response) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(base64.b64decode(answer.headers["payment-required"], validate=True))
    return value


def test_the_balance_counts_down_by_the_price(nobody: httpx.Client) -> None:
    assert remaining(edit(nobody)) == "24.96"
    assert remaining(edit(nobody)) == "24.92"
    assert remaining(edit(nobody, model="flux-2-max-edit")) == "24.82"


@pytest.mark.parametrize("header", ["SIGN-IN-WITH-X", "X-Sign-In-With-X", "sign-in-with-x"])
def test_a_wallet_pays_from_its_own_balance(nobody: httpx.Client, balances: Balances, header: str) -> None:
    assert remaining(edit(nobody, fresh(header))) == "24.96"
    assert balances.of(wallet=ACCOUNT.address) == Decimal("24.96")
    assert balances.of(key=DEFAULT_KEY) == 25


def test_prices_are_those_of_the_models_list(nobody: httpx.Client) -> None:
    listed = nobody.get("/api/v1/models", params={"type": "inpaint"}).json()["data"]
    prices = {model["id"]: model["model_spec"]["pricing"] for model in listed}
    before = Decimal("25.00")
    asked: list[tuple[dict[str, Any], float]] = [
        ({"model": "gpt-image-2-edit"}, prices["gpt-image-2-edit"]["quality"]["1K"]["high"]["usd"]),
        (
            {"model": "gpt-image-2-edit", "quality": "low", "resolution": "2K"},
            prices["gpt-image-2-edit"]["quality"]["2K"]["low"]["usd"],
        ),
        ({"model": "qwen-edit", "quality": "low"}, prices["qwen-edit"]["inpaint"]["usd"]),
        ({"model": "qwen-edit", "modelId": "flux-2-max-edit"}, prices["qwen-edit"]["inpaint"]["usd"]),
    ]
    for changes, price in asked:
        after = Decimal(remaining(edit(nobody, **changes)))
        assert before - after == Decimal(str(price))
        before = after


def test_an_empty_balance_is_answered_402_in_the_documented_form(
    nobody: httpx.Client, balances: Balances, operations: dict[str, Operation]
) -> None:
    balances.set("0.03", wallet=ACCOUNT.address)
    answer = edit(nobody, fresh())
    assert answer.status_code == 402
    stated = next(stated for stated in operations["editImage"].answers if stated.status == "402")
    schema = stated.content["application/json"]
    body = answer.json()
    assert Draft202012Validator(dict(schema)).is_valid(body)
    assert set(body) == set(schema["properties"])
    assert set(body["topUpInstructions"]) == set(schema["properties"]["topUpInstructions"]["properties"])
    assert (body["code"], body["currentBalanceUsd"], body["minimumBalanceUsd"]) == ("PAYMENT_REQUIRED", 0.03, 0.04)
    assert body["suggestedTopUpUsd"] >= body["topUpInstructions"]["minimumAmountUsd"] > 0
    named = f'"wallet": "{ACCOUNT.address.lower()}"'
    assert f'POST {{{named}, "usd": "10.00"}} to http://mock/_mock/balance' in body["message"]
    assert named in body["topUpInstructions"]["step1"]
    assert balances.of(wallet=ACCOUNT.address) == Decimal("0.03")
    assert "www-authenticate" not in answer.headers


def test_the_terms_are_those_of_x402(nobody: httpx.Client, balances: Balances) -> None:
    balances.set(0, key=DEFAULT_KEY)
    answer = nobody.post(EDIT, params={"api_key": "secret"}, json=BODY, headers=KEY)
    found, body = terms(answer), answer.json()
    assert found["x402Version"] == 2
    assert found["resource"]["url"] == f"http://mock{EDIT}"
    (way,) = found["accepts"]
    instructions = body["topUpInstructions"]
    assert instructions["step2"] == "Use the same key."
    assert way["scheme"] == "exact"
    assert way["network"] == instructions["network"]
    assert (way["asset"], way["payTo"]) == (instructions["tokenAddress"], instructions["receiverWallet"])
    assert int(way["amount"]) == body["suggestedTopUpUsd"] * 10 ** instructions["tokenDecimals"]


def test_the_way_to_pay_that_the_402_tells_works(nobody: httpx.Client, balances: Balances) -> None:
    for headers, name in ((KEY, {"key": DEFAULT_KEY}), (fresh(), {"wallet": ACCOUNT.address})):
        balances.set(0, **name)
        message = edit(nobody, headers).json()["message"]
        told = json.loads(message[message.index("{") : message.rindex("}") + 1])
        assert DEFAULT_KEY not in message
        assert nobody.post("/_mock/balance", json=told).json()["usd"] == "10.00"
    assert remaining(edit(nobody)) == "9.96"
    assert remaining(edit(nobody, fresh())) == "9.96"


def test_the_last_cents_can_be_spent(nobody: httpx.Client, balances: Balances) -> None:
    balances.set("0.04", key=DEFAULT_KEY)
    assert remaining(edit(nobody)) == "0.00"
    assert edit(nobody).status_code == 402
    assert remaining(edit(nobody, fresh())) == "24.96"


def test_without_any_credential_the_terms_are_told(nobody: httpx.Client, app: Starlette) -> None:
    answer = nobody.post(EDIT, json=BODY)
    assert answer.status_code == 402
    assert answer.json()["currentBalanceUsd"] == 0
    assert "SIGN-IN-WITH-X" in answer.json()["message"]
    assert terms(answer)["accepts"]
    (entry,) = app.state.mock.journal.entries()
    assert [told["rule"] for told in entry.verdict] == ["editImage/credentials/security"]
    assert nobody.post(EDIT).status_code == 402


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer wrong"},
        {"Authorization": ""},
        {"SIGN-IN-WITH-X": "nonsense"},
        {"X-Sign-In-With-X": "nonsense"},
        {"Authorization": "Bearer wrong", "SIGN-IN-WITH-X": "nonsense"},
    ],
)
def test_a_wrong_credential_is_401(nobody: httpx.Client, headers: dict[str, str]) -> None:
    answer = edit(nobody, headers)
    assert answer.status_code == 401
    assert set(answer.json()) == {"error"}
    assert "payment-required" not in answer.headers


def test_where_nothing_is_paid_by_wallet_a_missing_credential_stays_401(nobody: httpx.Client) -> None:
    assert nobody.post("/v1/images/generations", json={}).status_code == 401


def test_a_refused_request_costs_nothing(nobody: httpx.Client, balances: Balances) -> None:
    assert edit(nobody, safe_mode="perhaps").status_code == 400
    assert edit(nobody, {"Authorization": "Bearer wrong"}).status_code == 401
    assert nobody.post(EDIT, content=b"x", headers=KEY | {"Content-Type": "text/plain"}).status_code == 415
    assert edit(nobody, KEY | {"X-Mock-Fault": "status=503"}).status_code == 503
    assert edit(nobody, KEY | {"X-Mock-Fault": "set:/data=1"}).status_code == 400
    assert balances.of(key=DEFAULT_KEY) == 25


def test_what_fails_after_it_was_paid_is_paid_back(
    nobody: httpx.Client, balances: Balances, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        assert balances.of(key=DEFAULT_KEY) == Decimal("24.96")
        raise RuntimeError("out of paint")

    monkeypatch.setattr(answers, "draw", fail)
    assert edit(nobody).status_code == 500
    assert balances.of(key=DEFAULT_KEY) == 25


def test_an_answer_that_is_lost_on_the_way_is_paid(nobody: httpx.Client, balances: Balances) -> None:
    with pytest.raises(httpx.TransportError):
        edit(nobody, KEY | {"X-Mock-Fault": "reset-after"})
    assert balances.of(key=DEFAULT_KEY) == Decimal("24.96")


def test_what_is_free_is_free(nobody: httpx.Client, balances: Balances) -> None:
    balances.set(0, key=DEFAULT_KEY)
    listed = nobody.get("/api/v1/models", headers=KEY)
    assert listed.status_code == 200
    assert "x-balance-remaining" not in listed.headers
    body = {"model": "qwen-image-2.0-pro", "prompt": "x", "size": "512*512"}
    assert nobody.post("/v1/images/generations", json=body, headers=KEY).status_code == 200
    assert balances.of(key=DEFAULT_KEY) == 0


def test_the_start_balance_can_be_chosen(contracts: tuple[Contract, ...]) -> None:
    with httpx.Client(transport=transport(create_app(contracts, balance="0.05")), base_url="http://mock") as client:
        assert remaining(edit(client)) == "0.01"
        assert edit(client).status_code == 402


def test_a_proof_is_used_up_by_one_request_and_judged_by_the_mocks_clock(nobody: httpx.Client, app: Starlette) -> None:
    headers = fresh()
    assert edit(nobody, headers).status_code == 200
    again = edit(nobody, headers)
    assert again.status_code == 401
    assert "used before" in again.json()["error"]
    app.state.mock.clock.move(3600)
    late = edit(nobody, fresh())
    assert late.status_code == 401
    assert "mock's clock" in late.json()["error"]
    assert edit(nobody, fresh(ahead=3600)).status_code == 200


def test_the_fault_of_402_has_the_documented_form_too(nobody: httpx.Client) -> None:
    answer = edit(nobody, KEY | {"X-Mock-Fault": "payment-required"})
    assert answer.status_code == 402
    assert answer.json()["topUpInstructions"]["step1"]
    assert terms(answer)["accepts"]
