"""Choosing among requests: by class of status, by pattern, by refusal; and words on what there is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from generator.mock.journal.journal_filter import InvalidFilterError, JournalFilter

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette

GENERATIONS = "/v1/images/generations"
GOOD = {"model": "qwen-image-2.0-pro", "prompt": "a cat"}


@pytest.fixture
def seen(client: httpx.Client) -> httpx.Client:
    """A client, after a good request, one that breaks a rule, one at no path, and one under a fault."""
    client.post(GENERATIONS, json=GOOD)
    client.post(GENERATIONS, json=GOOD | {"n": 70})
    client.get("/v1/a[b]?c=1")
    client.post(GENERATIONS, json=GOOD, headers={"X-Mock-Fault": "status=503"})
    return client


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("status=4xx", [400, 404]),
        ("status=5xx", [503]),
        ("status=404", [404]),
        ("path=/v1/images/*", [200, 400, 503]),
        ("path=*", [200, 400, 404, 503]),
        ("path=/v1/a[b]", [404]),
        ("path=/v1/images/generation?", []),
        ("refused=true", [400, 404]),
        ("refused=false", [200, 503]),
        ("refused=true&operation=generateImages", [400]),
        ("operation=download", []),
    ],
)
def test_requests_are_chosen(seen: httpx.Client, query: str, statuses: list[int]) -> None:
    query = query.replace("?", "%3F").replace("[", "%5B").replace("]", "%5D")
    assert [entry["status"] for entry in seen.get(f"/_mock/requests?{query}").json()] == statuses


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("operation=generateImage", "There are generateImages, editImages"),
        ("api=venus", "There is no API 'venus'. There are powertokens, venice"),
        ("outcome=lost", "There are answered, cut, reset, caller gone, under way"),
        ("status=9xx", "status must be a number"),
        ("status=many", "a class such as 4xx"),
        ("refused=yes", "refused must be true or false"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(client: httpx.Client, query: str, why: str) -> None:
    answer = client.get(f"/_mock/requests?{query}")
    assert answer.status_code == 400
    assert why in answer.json()["error"]


@pytest.mark.parametrize("chosen", [{"outcome": "lost"}, {"status": "4x"}, {"status": True}])
def test_the_same_in_python(chosen: dict[str, Any]) -> None:
    with pytest.raises(InvalidFilterError):
        JournalFilter(**chosen)


def test_attempts_of_an_operation_that_there_is_not(app: Starlette) -> None:
    with pytest.raises(InvalidFilterError, match="no operation 'generateImage'"):
        app.state.mock.attempts("generateImage")
