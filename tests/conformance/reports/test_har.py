"""The HAR file: all that was sent, whole at every moment."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from generator.conformance.events import Ended, Exchanged
from generator.conformance.reports.har import HarReport
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from generator.conformance.events import Event


def entries(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["log"]["entries"]
    return found


def written(path: Path, *events: Event) -> list[dict[str, Any]]:
    report = HarReport(path)
    for event in events:
        report(event)
    report.close()
    report.close()
    return entries(path)


def exchanged(**changed: Any) -> Exchanged:
    exchange = runs.exchange({"n": 7, "prompt": "水彩"}, runs.answer(200, {"data": []}))
    return Exchanged(evolve(exchange, **changed), (), done=1, of=1, billed=1)


def test_each_request_stands_in_it(tmp_path: Path) -> None:
    found = written(tmp_path / "run.har", *runs.events(runs.violating()))
    assert len(found) == 5
    assert found[2]["comment"] == "generateImages/prompt/n/maximum: n: 7"
    assert found[4]["comment"] == "generateImages"
    form = found[0]["request"]["postData"]["params"]
    assert [part["name"] for part in form] == ["model", "prompt", "image", "image", "n"]
    assert form[4]["value"] == "2"
    assert form[2]["comment"] == f"{len(runs.picture())} bytes"
    assert found[0]["response"]["content"]["text"] == "<html>Oh no</html>"
    assert json.loads(found[2]["request"]["postData"]["text"])["prompt"] == "A cute orange cat, 水彩"
    assert {"name": "authorization", "value": "Bearer [token]"} in found[2]["request"]["headers"]
    assert found[2]["startedDateTime"] == "2026-11-18T11:06:40.000+00:00"
    assert list(tmp_path.iterdir()) == [tmp_path / "run.har"]


def test_a_run_that_is_killed_leaves_what_it_did(tmp_path: Path) -> None:
    report = HarReport(tmp_path / "run.har")
    for number in (1, 2, 3):
        report(exchanged(number=number))
        assert len(entries(tmp_path / "run.har.partial")) == number
        assert not (tmp_path / "run.har").exists()
    report.close()
    assert len(entries(tmp_path / "run.har")) == 3


def test_an_older_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.har"
    path.write_text("of before", encoding="utf-8")
    report = HarReport(path)
    report(exchanged())
    assert path.read_text(encoding="utf-8") == "of before"
    report.close()
    assert len(entries(path)) == 1


def test_every_try_stands_in_it(tmp_path: Path) -> None:
    busy = runs.answer(429, {"error": "busy"})
    first, second, last = written(tmp_path / "run.har", exchanged(earlier=(busy, busy)))
    assert [first["response"]["status"], second["response"]["status"], last["response"]["status"]] == [429, 429, 200]
    assert first["comment"] == "generateImages; try 1 of 3, its time estimated"
    assert first["startedDateTime"] < second["startedDateTime"] < last["startedDateTime"]


def test_images_are_told_in_base64_and_long_bodies_are_cut(tmp_path: Path) -> None:
    image = exchanged(answer=runs.answer(200, runs.picture(), "image/png"))
    long = exchanged(answer=evolve(runs.answer(200, b"x" * 100_000, "text/plain"), length=200_000))
    lost = exchanged(answer=evolve(runs.answer(0, b""), why="ReadTimeout", headers={}))
    first, second, third = written(tmp_path / "run.har", image, long, lost)
    assert first["response"]["content"]["encoding"] == "base64"
    assert second["response"]["content"]["comment"] == "cut to the first 16,000 of 200,000 bytes"
    assert len(second["response"]["content"]["text"]) == 16_000
    assert (third["response"]["status"], third["response"]["statusText"]) == (0, "ReadTimeout")


def test_a_run_without_a_request_has_no_entries(tmp_path: Path) -> None:
    assert written(tmp_path / "run.har", Ended(runs.conforming())) == []


def test_hostile_answers_do_no_harm(tmp_path: Path) -> None:
    found = written(tmp_path / "run.har", *runs.events(runs.hostile()))
    assert found[0]["request"]["postData"]["text"].count(runs.MARKUP.replace('"', '\\"')) == 6


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        HarReport(tmp_path / "none" / "run.har")


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "run.har", tmp_path / "link.har"
    target.write_text("of before", encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    assert len(written(link, exchanged())) == 1
    assert link.is_symlink()
    assert len(entries(target)) == 1
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(tmp_path.rglob("*.*")) == sorted([link, target])


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")), daemon=True)
    reader.start()
    report = HarReport(pipe)
    report(exchanged())
    report.close()
    report.close()
    reader.join(10)
    assert len(json.loads(read[0])["log"]["entries"]) == 1
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_link_to_a_device_stays_one(tmp_path: Path) -> None:
    link = tmp_path / "run.har"
    link.symlink_to(os.devnull)
    report = HarReport(link)
    report(exchanged())
    report.close()
    assert report.is_written
    assert link.readlink() == Path(os.devnull)
    assert list(tmp_path.iterdir()) == [link]
