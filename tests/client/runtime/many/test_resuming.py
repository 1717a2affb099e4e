"""Many calls on record: what a later run with the same folder sends, fetches and tells."""

from __future__ import annotations

import base64
import errno
import json
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from generator.client.runtime import errors, ledger
from generator.client.runtime.images import ImageFile

from .gateway import KEY, PNG, Gateway, by_link

_ENCODED = {"data": [{"b64_json": base64.b64encode(PNG).decode()}]}


def asked(*prompts: str) -> list[dict[str, Any]]:
    return [{"model": "many", "prompt": prompt} for prompt in prompts]


def states(folder: Path) -> list[str]:
    """The states that are written in a ledger, in their order."""
    return [json.loads(line)["state"] for line in (folder / ledger.LEDGER).read_text().splitlines()[1:]]


def names(folder: Path) -> list[str]:
    """The files in a folder beside the ledger."""
    return sorted(path.name for path in folder.iterdir() if path.name != ledger.LEDGER)


def test_images_are_saved_under_the_number_of_their_request(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["b"] = by_link("b", images=2)
    folder = tmp_path / "made" / "here"
    outcomes, failure = gateway.call(asked("a", "b"), folder=folder)
    assert failure is None
    assert [outcome.paths for outcome in outcomes] == [
        (folder / "0001-1.png",),
        (folder / "0002-1.png", folder / "0002-2.png"),
    ]
    assert names(folder) == ["0001-1.png", "0002-1.png", "0002-2.png"]
    assert (folder / "0002-2.png").read_bytes() == PNG
    assert not any(outcome.resumed for outcome in outcomes)


def test_what_was_saved_is_neither_sent_nor_fetched_again(gateway: Gateway, tmp_path: Path) -> None:
    first, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    fetched = list(gateway.fetched)
    again, failure = gateway.call(asked("b", "a", "c"), folder=str(tmp_path))
    assert failure is None
    assert sorted(gateway.paid) == ["a", "b", "c"]
    assert sorted(gateway.fetched) == sorted([*fetched, "c-0"])
    assert [outcome.resumed for outcome in again] == [True, True, False]
    assert [outcome.paths for outcome in again[:2]] == [first[1].paths, first[0].paths]
    assert again[0].unwrap() == first[1].unwrap()
    assert again[2].paths == (tmp_path / "0003-1.png",)


def test_the_same_request_twice_is_two_requests(gateway: Gateway, tmp_path: Path) -> None:
    gateway.call(asked("a", "a"), folder=tmp_path)
    assert gateway.paid == ["a", "a"]
    again, _ = gateway.call(asked("a", "a", "a"), folder=tmp_path)
    assert gateway.paid == ["a", "a", "a"]
    assert [outcome.resumed for outcome in again] == [True, True, False]
    assert names(tmp_path) == ["0001-1.png", "0002-1.png", "0003-1.png"]


def test_a_model_and_its_fields_are_the_same_request(gateway: Gateway, prompt: type[Any], tmp_path: Path) -> None:
    gateway.call(asked("a"), folder=tmp_path)
    again, _ = gateway.call([prompt(model="many", prompt="a")], folder=tmp_path)
    assert again[0].resumed
    assert gateway.paid == ["a"]


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.Response(400, json={"error": "no"}),
        httpx.Response(429, json={"error": "later"}),
        httpx.Response(503, json={"error": "later"}),
    ],
    ids=["never connected", "400", "429", "503"],
)
def test_what_was_surely_not_carried_out_is_sent_again(gateway: Gateway, tmp_path: Path, failure: Any) -> None:
    gateway.answers["a"] = failure
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    assert first[0].error is not None
    del gateway.answers["a"]
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].paths == (tmp_path / "0001-1.png",)
    assert not again[0].resumed
    assert states(tmp_path) == ["sending", "failed", "sending", "answered", "saved"]


@pytest.mark.parametrize(
    ("failure", "name"),
    [
        (httpx.ReadError("reset"), "AnswerLost"),
        (httpx.ReadTimeout("slow"), "AnswerLost"),
        (httpx.Response(500, json={"error": "oh"}), "ServerError"),
        (httpx.Response(502, content=b"<html>"), "ServerError"),
        (httpx.Response(408), "StatusError"),
        (httpx.Response(200, content=b"{"), "AnswerUnreadable"),
    ],
    ids=["reset", "time-out", "500", "502", "408", "unreadable"],
)
def test_what_may_be_billed_is_not_sent_again_unless_asked_for(
    gateway: Gateway, tmp_path: Path, failure: Any, name: str
) -> None:
    gateway.answers["a"] = failure
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    assert type(first[0].error).__name__ == name
    del gateway.answers["a"]
    again, end = gateway.call(asked("a"), folder=tmp_path)
    assert end is None
    assert isinstance(again[0].error, errors.AnswerLost)
    assert again[0].resumed
    assert name in str(again[0].error)
    assert "retry_lost_answers=True" in str(again[0].error)
    assert gateway.paid == ["a"]
    third, _ = gateway.call(asked("a"), folder=tmp_path, retry_lost_answers=True)
    assert third[0].paths == (tmp_path / "0001-1.png",)
    assert gateway.paid == ["a", "a"]


def test_answers_lost_in_this_run_are_asked_for_again_where_wanted(gateway: Gateway) -> None:
    fates = [httpx.ReadError("reset"), httpx.Response(200, json={})]
    gateway.answers["a"] = lambda: fates.pop(0)
    gateway.max_retries = 1
    outcomes, _ = gateway.call(asked("a"), retry_lost_answers=True)
    assert outcomes[0].error is None
    assert gateway.paid == ["a", "a"]


def test_an_operation_that_is_free_to_repeat_is_repeated(gateway: Gateway, tmp_path: Path) -> None:
    gateway.operation = attrs.evolve(gateway.operation, method="PUT")
    gateway.answers["a"] = httpx.ReadError("reset")
    gateway.call(asked("a"), folder=tmp_path)
    del gateway.answers["a"]
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].error is None


def test_what_was_answered_is_fetched_without_paying_again(gateway: Gateway, tmp_path: Path) -> None:
    gateway.links["a-0"] = httpx.Response(500)
    first, end = gateway.call(asked("a"), folder=tmp_path)
    assert end is None
    assert isinstance(first[0].error, errors.DownloadFailed)
    assert first[0].result is not None
    assert first[0].paths == ()
    gateway.links.clear()
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].paths == (tmp_path / "0001-1.png",)
    assert again[0].resumed
    assert gateway.paid == ["a"]
    assert states(tmp_path) == ["sending", "answered", "saved"]


def test_of_several_images_those_that_are_missing_are_fetched(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["a"] = by_link("a", images=3)
    gateway.links["a-1"] = httpx.Response(500)
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    assert first[0].paths == (tmp_path / "0001-1.png", tmp_path / "0001-3.png")
    gateway.links.clear()
    gateway.fetched.clear()
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert gateway.fetched == ["a-1"]
    assert [path.name for path in again[0].paths] == ["0001-1.png", "0001-2.png", "0001-3.png"]


def test_a_file_that_is_gone_is_fetched_again_and_no_other_touched(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["a"] = by_link("a", images=2)
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    first[0].paths[0].unlink()
    first[0].paths[1].write_bytes(b"retouched")
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].paths == first[0].paths
    assert again[0].paths[0].read_bytes() == PNG
    assert again[0].paths[1].read_bytes() == b"retouched"
    assert gateway.paid == ["a"]


def test_a_file_that_is_gone_and_its_link_dead_is_paid_for_again_only_if_asked_for(
    gateway: Gateway, tmp_path: Path
) -> None:
    gateway.answers["a"] = by_link("a", images=2)
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    first[0].paths[0].unlink()
    first[0].paths[1].write_bytes(b"retouched")
    gateway.links["a-0"] = httpx.Response(404)
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert isinstance(again[0].error, errors.DownloadFailed)
    assert "retry_lost_answers=True" in again[0].error.__notes__[0]
    assert again[0].paths == first[0].paths[1:]
    assert gateway.paid == ["a"]
    gateway.answers["a"] = by_link("new", images=2)
    third, _ = gateway.call(asked("a"), folder=tmp_path, retry_lost_answers=True)
    assert gateway.paid == ["a", "a"]
    assert [path.name for path in third[0].paths] == ["0002-1.png", "0002-2.png"]
    assert first[0].paths[1].read_bytes() == b"retouched"


def test_images_in_base64_are_saved_and_not_kept_in_the_ledger(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["a"] = _ENCODED
    gateway.answers["b"] = {"data": [{"url": "data:image/png;base64," + _ENCODED["data"][0]["b64_json"]}]}
    first, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    assert [outcome.paths[0].read_bytes() for outcome in first] == [PNG, PNG]
    assert _ENCODED["data"][0]["b64_json"] not in (tmp_path / ledger.LEDGER).read_text()
    again, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    assert [outcome.paths for outcome in again] == [outcome.paths for outcome in first]
    assert sorted(gateway.paid) == ["a", "b"]
    assert gateway.fetched == []


def test_base64_that_is_gone_is_told_and_paid_for_again_only_if_asked_for(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["a"] = _ENCODED
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    first[0].paths[0].unlink()
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert isinstance(again[0].error, errors.FileProblem)
    assert again[0].error.path == str(first[0].paths[0])
    assert gateway.paid == ["a"]
    third, _ = gateway.call(asked("a"), folder=tmp_path, retry_lost_answers=True)
    assert third[0].paths == (tmp_path / "0002-1.png",)
    assert gateway.paid == ["a", "a"]


def test_what_the_answer_holds_is_saved_whatever_it_is(gateway: Gateway, tmp_path: Path) -> None:
    gateway.answers["a"] = {"data": [{"b64_json": base64.b64encode(b"no image").decode()}]}
    gateway.answers["b"] = httpx.Response(200, content=PNG, headers={"content-type": "image/webp"})
    outcomes, _ = gateway.call(asked("a", "b"), folder=tmp_path)
    assert [outcome.paths[0].name for outcome in outcomes] == ["0001-1.bin", "0002.png"]
    assert outcomes[0].paths[0].read_bytes() == b"no image"


def test_an_answer_that_is_an_image_is_read_from_its_file(gateway: Gateway, tmp_path: Path) -> None:
    headers = {"content-type": "image/png", "x-model": "best", "set-cookie": "session=mine"}
    gateway.answers["a"] = httpx.Response(200, content=PNG, headers=headers)
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert gateway.paid == ["a"]
    for outcome in (*first, *again):
        assert outcome.paths == (tmp_path / "0001.png",)
        assert isinstance(outcome.result, ImageFile)
        assert outcome.result.media_type == "image/png"
        assert outcome.result.headers["x-model"] == "best"
        assert outcome.result.bytes() == PNG
        with outcome.result.open() as stream:
            assert stream.read(8) == PNG[:8]
    assert "mine" not in (tmp_path / ledger.LEDGER).read_text()


def _killed_before_the_end(folder: Path) -> None:
    """Take the last line from a ledger: the process was killed before it was on disk."""
    path = folder / ledger.LEDGER
    lines = path.read_bytes().splitlines(keepends=True)
    assert b'"saved"' in lines[-1]
    path.write_bytes(b"".join(lines[:-1]))


def test_an_image_that_was_saved_and_not_recorded_is_found(gateway: Gateway, tmp_path: Path) -> None:
    headers = {"content-type": "image/png", "x-model": "best"}
    gateway.answers["a"] = httpx.Response(200, content=PNG, headers=headers)
    gateway.call(asked("a"), folder=tmp_path)
    _killed_before_the_end(tmp_path)
    again, failure = gateway.call(asked("a"), folder=tmp_path)
    assert failure is None
    assert again[0].error is None
    assert again[0].resumed
    assert again[0].paths == (tmp_path / "0001.png",)
    assert isinstance(again[0].result, ImageFile)
    assert (again[0].result.bytes(), again[0].result.headers["x-model"]) == (PNG, "best")
    assert gateway.paid == ["a"]
    assert states(tmp_path) == ["sending", "answered", "saved"]


@pytest.mark.parametrize("left", [b"", PNG[:20], bytes(len(PNG)), None], ids=["empty", "half", "other", "none"])
def test_an_image_that_is_not_there_as_a_whole_is_lost(gateway: Gateway, tmp_path: Path, left: bytes | None) -> None:
    gateway.answers["a"] = httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
    gateway.call(asked("a"), folder=tmp_path)
    _killed_before_the_end(tmp_path)
    if left is None:
        (tmp_path / "0001.png").unlink()
    else:
        (tmp_path / "0001.png").write_bytes(left)
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert isinstance(again[0].error, errors.AnswerLost)
    assert again[0].paths == ()
    assert gateway.paid == ["a"]


def test_an_image_that_can_not_be_looked_at_is_lost(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.answers["a"] = httpx.Response(200, content=PNG, headers={"content-type": "image/png"})
    gateway.call(asked("a"), folder=tmp_path)
    _killed_before_the_end(tmp_path)
    opened = Path.open

    def shut(path: Path, *args: Any, **options: Any) -> Any:
        if path.suffix == ".png":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", shut)
    again, failure = gateway.call(asked("a"), folder=tmp_path)
    assert failure is None
    assert isinstance(again[0].error, errors.AnswerLost)
    assert gateway.paid == ["a"]


def test_a_folder_stays_where_it_is_when_the_process_goes_elsewhere(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)

    def answer() -> dict[str, Any]:
        monkeypatch.chdir(tmp_path / "elsewhere")
        return by_link("a")

    gateway.answers["a"] = answer
    outcomes, failure = gateway.call(asked("a"), folder="out")
    assert failure is None
    assert outcomes[0].paths == (tmp_path / "out" / "0001-1.png",)
    assert outcomes[0].paths[0].read_bytes() == PNG


def test_links_are_followed_with_the_httpx_client_that_was_given(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It knows the proxies, and whom to trust."""
    for name in ("new_client", "new_async_client"):
        monkeypatch.setattr(f"generator.client.runtime.images.{name}", None)
    seen: list[httpx.Request] = []
    link = gateway.link

    def followed(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return link(request)

    monkeypatch.setattr(gateway, "link", followed)
    first, _ = gateway.call(asked("a"), folder=tmp_path)
    assert first[0].error is None
    first[0].paths[0].unlink()
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].error is None
    assert len(seen) == 2
    assert not any(KEY in str(request.headers.raw) for request in seen)


def test_an_answer_without_images_is_recorded(gateway: Gateway, tmp_path: Path) -> None:
    gateway.operation = attrs.evolve(gateway.operation, answers={"200": {"application/json": None}})
    gateway.answers["a"] = {"text": ["any", 1, None]}
    gateway.call(asked("a"), folder=tmp_path)
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].unwrap() == {"text": ["any", 1, None]}
    assert again[0].resumed
    assert gateway.paid == ["a"]


def test_an_answer_that_can_not_be_read_back_leaves_its_files(gateway: Gateway, tmp_path: Path) -> None:
    gateway.call(asked("a"), folder=tmp_path)
    gateway.operation = attrs.evolve(gateway.operation, answers={"200": {"application/json": None}})
    again, _ = gateway.call(asked("a"), folder=tmp_path)
    assert again[0].result is None
    assert again[0].error is None
    assert again[0].paths == (tmp_path / "0001-1.png",)
    with pytest.raises(LookupError, match=r"\.paths"):
        again[0].unwrap()
