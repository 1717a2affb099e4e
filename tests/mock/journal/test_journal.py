"""The journal: what it keeps of a request, how entries are chosen, and that no secret gets into it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock import DEFAULT_KEY, create_app, transport
from generator.mock.journal.entry import Entry
from generator.mock.journal.journal import Journal
from generator.mock.journal.journal_filter import InvalidFilterError, JournalFilter
from generator.mock.journal.masking import Mask
from generator.mock.storage.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx
    from starlette.applications import Starlette

    from generator.spec import Contract

GOOD = {"model": "qwen-image-2.0-pro", "prompt": "a cat", "n": 1}
GENERATIONS = "/v1/images/generations"


def entry(name: str, **fields: Any) -> Entry:
    status = fields.pop("status", 200)
    return Entry(id=name, method="POST", path="/", answer={"status": status}, **fields)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    state = State.open(tmp_path)
    yield Journal(state.journal)
    state.close()


def test_entries_come_back_as_they_were_with_a_rising_number(journal: Journal) -> None:
    one = journal.record(entry("1", body={"prompt": "schön \U0001f408"}, verdict=[{"rule": "a/b"}]))
    two = journal.record(entry("2", images=["/x"]))
    assert journal.entries() == (one, two)
    assert 0 < one.seq < two.seq
    assert journal.entry("2") == two
    assert journal.entry("3") is None


def test_an_entry_can_be_finished_later(journal: Journal) -> None:
    under_way = journal.record(entry("1", outcome="under way", status=0))
    under_way.outcome, under_way.answer = "cut", {"status": 503}
    journal.update(under_way)
    assert journal.entries(JournalFilter(outcome="cut", status=503)) == (under_way,)
    assert journal.entries(JournalFilter(outcome="under way")) == ()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, "1234"),
        ({"operation": "a"}, "13"),
        ({"status": "400"}, "24"),
        ({"operation": "a", "status": "400"}, ""),
        ({"rule": "b/n/maximum"}, "2"),
        ({"rule": "b/n"}, ""),
        ({"path": "/x"}, "4"),
        ({"api": "venice"}, "3"),
        ({"outcome": "reset"}, "3"),
        ({"id": "2"}, "2"),
        ({"limit": "2"}, "34"),
    ],
)
def test_filters(journal: Journal, query: dict[str, str], names: str) -> None:
    journal.record(entry("1", operation="a"))
    journal.record(entry("2", operation="b", status=400, verdict=[{"rule": "b/n/maximum"}, {"rule": "b/seed"}]))
    journal.record(entry("3", operation="a", api="venice", outcome="reset"))
    fourth = entry("4", status=400)
    fourth.path = "/x?y=1"
    journal.record(fourth)
    assert "".join(found.id for found in journal.entries(JournalFilter.of_query(query))) == names


def test_reading_on_gives_the_oldest_after_a_number_first(journal: Journal) -> None:
    first = journal.record(entry("1"))
    for name in "234":
        journal.record(entry(name))
    after = JournalFilter(after=first.seq, limit=2)
    assert [found.id for found in journal.entries(after)] == ["2", "3"]


@pytest.mark.parametrize(
    "query",
    [{"colour": "red"}, {"status": "x"}, {"limit": "0"}, {"after": "-1"}, {"after": "9" * 30}, {"outcome": "fine"}],
)
def test_an_unknown_filter_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidFilterError):
        JournalFilter.of_query(query)


def test_a_reset_forgets_and_begins_a_new_epoch_but_numbers_go_on(journal: Journal) -> None:
    last, epoch = journal.record(entry("1")), journal.epoch()
    journal.reset()
    assert len(journal) == 0
    assert journal.epoch() != epoch
    assert journal.record(entry("2")).seq > last.seq


def test_secrets_are_masked(contracts: tuple[Contract, ...]) -> None:
    headers = {
        "authorization": "Bearer sk-1",
        "sign-in-with-x": "proof",
        "x-sign-in-with-x": "proof",
        "x-payment": "paid",
        "cookie": "session",
        "accept": "*/*",
        "x-note": "my key is sk-mine.",
    }
    assert Mask(contracts, ["sk-mine"]).headers(headers) == {
        "authorization": "Bearer ***",
        "sign-in-with-x": "***",
        "x-sign-in-with-x": "***",
        "x-payment": "***",
        "cookie": "***",
        "accept": "*/*",
        "x-note": "my key is ***.",
    }
    assert "sk-mine" not in repr(Mask(contracts, ["sk-mine"]))


def test_a_right_request_with_all_that_is_told_of_it(client: httpx.Client) -> None:
    answer = client.post(f"{GENERATIONS}?trace=1", json=GOOD)
    (shown,) = client.get("/_mock/requests").json()
    assert shown["id"] == answer.headers["x-request-id"]
    assert shown["body"] == GOOD
    assert shown["upstream"]["parameters"] == {"n": 1}
    assert shown["headers"]["authorization"] == "Bearer ***"
    assert shown["url"] == f"http://mock{GENERATIONS}?trace=1"
    assert shown["images"] == [answer.json()["data"][0]["url"].removeprefix("http://mock")]
    assert shown["answer"]["body"] == answer.json()
    assert shown["answer"]["headers"]["x-request-id"] == shown["id"]
    assert shown["body_size"] == len(answer.request.content)
    expected: dict[str, Any] = {
        "api": "powertokens",
        "operation": "generateImages",
        "method": "POST",
        "path": f"{GENERATIONS}?trace=1",
        "verdict": [],
        "refused_because": "",
        "fault": None,
        "outcome": "answered",
        "status": 200,
    }
    assert {name: shown[name] for name in expected} == expected
    times = [datetime.fromisoformat(shown[name]) for name in ("received", "body_read", "first_byte", "finished")]
    assert times == sorted(times)
    assert all(time.utcoffset() is not None for time in times)


def test_a_refused_request_names_rule_field_message_and_document(client: httpx.Client) -> None:
    client.post(GENERATIONS, json={**GOOD, "n": 9})
    (shown,) = client.get("/_mock/requests").json()
    (breach,) = shown["verdict"]
    assert breach["rule"] == "generateImages/prompt/n/maximum"
    assert breach["field"] == "n"
    assert breach["message"] == "must be at most 6"
    assert breach["document"].startswith("PowerTokens")
    assert shown["refused_because"] == ""
    assert shown["upstream"] is None
    assert shown["status"] == 400
    assert shown["images"] == []


def test_why_a_request_is_refused_where_no_rule_says_it(client: httpx.Client) -> None:
    client.post(GENERATIONS, content=b"{", headers={"Content-Type": "application/json"})
    client.get("/nowhere")
    unreadable, unknown = client.get("/_mock/requests").json()
    assert "is not JSON" in unreadable["refused_because"]
    assert (unreadable["body"], unreadable["body_size"]) == (None, 1)
    assert unknown["refused_because"] == "There is nothing at /nowhere."
    assert unknown["api"] == unknown["operation"] == ""


def test_a_wrong_credential_is_told_by_its_rule(client: httpx.Client) -> None:
    client.post(GENERATIONS, json=GOOD, headers={"Authorization": "Bearer nobodys-key"})
    (shown,) = client.get("/_mock/requests").json()
    assert shown["status"] == 401
    assert [breach["rule"] for breach in shown["verdict"]] == ["generateImages/credentials/security"]
    assert "nobodys-key" not in str(shown)


def test_a_key_in_the_query_is_masked(client: httpx.Client, app: Starlette) -> None:
    client.get(f"/nowhere?key={DEFAULT_KEY}")
    (found,) = app.state.mock.journal.entries()
    assert found.path == "/nowhere?key=***"
    assert DEFAULT_KEY.encode() not in found.encoded()


def test_files_are_described_and_served(client: httpx.Client, png: bytes) -> None:
    client.post("/api/v1/image/edit", data={"prompt": "x"}, files={"image": ("cat.png", png, "image/png")})
    (shown,) = client.get("/_mock/requests").json()
    assert shown["media_type"] == "multipart/form-data"
    image = shown["body"]["image"]
    assert image["filename"] == "cat.png"
    assert image["size"] == len(png)
    served = client.get(f"/_mock/blobs/{image['blob']}")
    assert (served.content, served.headers["content-type"]) == (png, "image/png")


def test_long_image_data_in_an_answer_is_shortened(client: httpx.Client, app: Starlette) -> None:
    answer = client.post(GENERATIONS, json={**GOOD, "response_format": "b64_json"}).json()
    (found,) = app.state.mock.journal.entries()
    assert len(answer["data"][0]["b64_json"]) > 40_000
    assert found.answer["body"]["data"][0]["b64_json"].startswith(answer["data"][0]["b64_json"][:60] + "… (")
    assert len(found.encoded()) < 10_000


def test_right_requests_are_found_among_refused_ones(client: httpx.Client) -> None:
    client.post(GENERATIONS, json=GOOD)
    client.post(GENERATIONS, json=GOOD | {"n": 99})
    client.post(GENERATIONS, content=b"{", headers={"Content-Type": "application/json"})

    def statuses(query: str) -> list[int]:
        return [shown["status"] for shown in client.get(f"/_mock/requests?{query}").json()]

    assert statuses("refused=false") == [200]
    assert statuses("refused=true") == [400, 400]


def test_an_entry_is_the_same_whether_each_request_is_told_or_not(capsys: pytest.CaptureFixture[str]) -> None:
    """A mock that tells of each request writes all of an entry; others write what the rest is worked out from."""
    import httpx  # noqa: PLC0415  # the other tests have the fixture's client

    seen = []
    for verbose in (False, True):
        app = create_app(verbose=verbose)
        headers = {"Authorization": f"Bearer {DEFAULT_KEY}"}
        with httpx.Client(transport=transport(app), base_url="http://mock", headers=headers) as client:
            answer = client.post(f"{GENERATIONS}?trace=1", json={**GOOD, "prompt": '"quoted" \\ 猫', "colour": "red"})
            (shown,) = client.get("/_mock/requests").json()
        app.state.mock.close()
        assert shown["answer"]["body"] == answer.json()
        assert shown["received"] <= shown["body_read"] <= shown["first_byte"] == shown["finished"]
        text = json.dumps(shown).replace(shown["id"], "ID").replace(shown["images"][0], "IMAGE")
        text = text.replace(str(answer.json()["created"]), "CREATED")
        for time in ("received", "body_read", "first_byte", "finished"):
            text = text.replace(shown[time], "TIME")
        seen.append(text)
    assert seen[0] == seen[1]
    assert capsys.readouterr().err.count("generateImages -> 200, answered") == 1
