"""The command: what it prints, what it writes, its exit codes, wrong usage."""

from __future__ import annotations

import errno
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from generator.cli import main
from generator.conformance import Settings
from generator.conformance.command import Outputs, UsageError, budget_of, conformance
from generator.conformance.reports import final
from generator.mock import create_app, running
from generator.spec import openapi_folder

if TYPE_CHECKING:
    from pathlib import Path


def _conformance(api: str, base_url: str, token: str | None, *, openapi: Path | None = None, **options: Any) -> int:
    names = {"json", "html", "junit", "har", "baseline", "verbose"}
    outputs = Outputs(**{name: value for name, value in options.items() if name in names})
    rest = {name: value for name, value in options.items() if name not in names}
    settings = Settings(base_url=base_url, token=token, **rest)
    return conformance(api, settings, outputs, openapi=openapi or openapi_folder())


def test_a_report_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "report.json"
    with running(create_app) as gateway:
        code = _conformance("powertokens", gateway.url, gateway.key, no_billable=True, json=written)
        key = gateway.key
    printed = capsys.readouterr()
    assert code == 0
    assert "None of them is to be carried out that may be billed." in printed.out
    assert " more are left out: they may be billed." in printed.out
    assert f"wrote {written}" in printed.out
    assert "generateImages" in printed.out
    assert "conforms" in printed.out
    told = json.loads(written.read_text(encoding="utf-8"))
    assert (told["verdict"], told["exit_code"], told["billable"]) == ("conforms", 0, 0)
    assert told["counts"]["violates"] == 0
    verdict = next(one for one in told["rules"] if one["id"] == "generateImages/credentials/security")
    assert verdict["level"] == "documented"
    assert key not in printed.out + printed.err + written.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("api", "base_url", "token", "told"),
    [
        ("nothing", "https://a.example", "key", "There are: powertokens, venice."),
        ("venice", "a.example", "key", "must begin with http:// or https://"),
        ("venice", "https://", "key", "name a host"),
        ("venice", "https://a.example:port", "key", "--base-url"),
        ("venice", "https://me:word@a.example", "key", "user name or password"),
        ("venice", "https://a.example", None, "No API key is given."),
        ("venice", "https://a.example", "key\n", "line feed at its end"),
    ],
)
def test_wrong_usage_says_what_to_do(
    api: str, base_url: str, token: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _conformance(api, base_url, token) == 3
    printed = capsys.readouterr()
    assert told in printed.err
    assert "word" not in printed.err.replace("password", "")


def test_an_operation_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance("venice", "https://a.example", "key", operations=["editimage"]) == 3
    assert "There is no operation 'editimage'. There are: " in capsys.readouterr().err


def test_a_wallet_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance("venice", "https://a.example", "key", wallet="my-secret-words") == 3
    told = capsys.readouterr().err
    assert "64 hexadecimal digits" in told
    assert "my-secret-words" not in told


@pytest.mark.parametrize("api", ["powertokens", "venice"])
def test_a_wallet_that_is_none_is_wrong_usage_of_any_api(api: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance(api, "https://a.example", "key", wallet="0x1234") == 3
    assert "64 hexadecimal digits" in capsys.readouterr().err


@pytest.mark.parametrize("image_url", ["", "cat.png", "ftp://a.example/cat.png", "https://", "https://a.example:port/"])
def test_an_image_url_that_is_none_is_wrong_usage(image_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance("venice", "https://a.example", "key", image_url=image_url) == 3
    assert "--image-url" in capsys.readouterr().err


def test_nothing_to_be_billed_and_so_much_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance("venice", "https://a.example", "key", no_billable=True, max_billable=3) == 3
    assert "exclude each other" in capsys.readouterr().err


def test_to_keep_going_is_for_runs_without_a_bill(capsys: pytest.CaptureFixture[str]) -> None:
    assert _conformance("venice", "https://a.example", "key", keep_going=True) == 3
    assert "--keep-going is for --no-billable alone." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--seed", "0"], "--seed: "),
        (["--workers", "1"], "--workers: "),
        (["--examples", "x", "--seed", "3"], "--seed and --examples: "),
    ],
)
def test_options_of_the_search_need_one(
    given: list[str], told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["conformance", "venice", "--base-url", "https://a.example", "--token", "key", *given]
    monkeypatch.setattr(sys, "argv", ["image-contract", *line])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 3
    printed = capsys.readouterr()
    assert told in printed.err
    assert "Add --fuzz 60s" in printed.err
    assert printed.out == ""


def test_a_report_that_cannot_be_written_is_no_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, written = tmp_path / "report.json", tmp_path / "report.html"

    def full(path: Path, text: str) -> None:
        if path == missing:
            raise OSError(errno.ENOSPC, "No space left on device")
        path.write_text(text, encoding="utf-8")

    monkeypatch.setattr(final, "write_whole", full)
    with running(create_app) as gateway:
        asked: dict[str, Any] = {"operations": ["generateImages"], "no_billable": True}
        code = _conformance("powertokens", gateway.url, gateway.key, **asked, json=missing, html=written)
    printed = capsys.readouterr()
    assert code == 2
    assert printed.err == f"{missing} couldn't be written: No space left on device.\n"
    assert f"wrote {written}" in printed.out


def test_an_address_that_names_the_version_too_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with running(create_app) as gateway:
        assert _conformance("powertokens", f"{gateway.url}/v1", gateway.key, no_billable=True) == 2
    assert "looked for at …/v1/v1/…: leave /v1 out of --base-url." in capsys.readouterr().out


def test_a_spec_that_is_wrong_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("openapi: 2.0\n", encoding="utf-8")
    assert _conformance("bad", "https://a.example", "key", openapi=tmp_path) == 3
    assert "bad.yaml" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["json", "html", "junit", "har"])
def test_a_report_needs_a_folder_to_go_to(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "none" / "report"
    assert _conformance("venice", "https://a.example", "key", **{name: target}) == 3
    told = capsys.readouterr().err
    assert "does not exist" in told
    assert f"--{name}" in told


def test_a_baseline_that_is_none_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing.json"
    assert _conformance("venice", "https://a.example", "key", baseline=missing) == 3
    assert "missing.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "budget"),
    [("60s", (60, 0)), ("1.5m", (90, 0)), ("2h", (7200, 0)), ("500", (0, 500)), ("1", (0, 1))],
)
def test_a_search_is_for_a_time_or_a_number_of_requests(text: str, budget: tuple[float, int]) -> None:
    assert budget_of(text) == budget


@pytest.mark.parametrize("text", ["", "0", "0s", "-5", "60 s", "s", "1d", "1e3s", "٣", "nan"])
def test_another_budget_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="--fuzz takes a time such as 60s"):
        budget_of(text)
