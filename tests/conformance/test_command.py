"""The command: what it prints, what it writes, its exit codes, wrong usage."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from generator.conformance import conformance
from generator.mock import create_app, running
from generator.spec import openapi_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_is_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "report.json"
    with running(create_app) as gateway:
        code = conformance(
            "powertokens", gateway.url, gateway.key, openapi=openapi_folder(), no_billable=True, json_file=written
        )
        key = gateway.key
    printed = capsys.readouterr()
    assert code == 0
    lines = printed.out.splitlines()
    assert re.match(r"0 requests are to be carried out and may be billed; \d+ more are to be refused", lines[1])
    assert "generateImages" in printed.out
    assert "prompt/n/maximum/when-model-wan2.7-image-pro" in printed.out
    assert "The gateway conforms." in printed.out
    told = json.loads(written.read_text(encoding="utf-8"))
    assert told["exit_code"] == 0
    assert told["billable"] == 0
    assert told["counts"]["violates"] == 0
    verdict = next(one for one in told["verdicts"] if one["rule"] == "generateImages/prompt/n/maximum")
    assert (verdict["outcome"], verdict["level"]) == ("conforms", "documented")
    assert key not in printed.out + printed.err + written.read_text(encoding="utf-8")


def test_a_wrong_token_is_not_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    with running(create_app) as gateway:
        code = conformance("powertokens", gateway.url, "another", openapi=openapi_folder())
    assert code == 2
    assert "status 401" in capsys.readouterr().out


def test_nobody_there_is_not_a_verdict(free_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    code = conformance("venice", f"http://127.0.0.1:{free_port}", "key", openapi=openapi_folder())
    assert code == 2
    assert "ConnectError" in capsys.readouterr().out


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
    assert conformance(api, base_url, token, openapi=openapi_folder()) == 3
    assert told in capsys.readouterr().err


def test_a_spec_that_is_wrong_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("openapi: 2.0\n", encoding="utf-8")
    assert conformance("bad", "https://a.example", "key", openapi=tmp_path) == 3
    assert "bad.yaml" in capsys.readouterr().err


def test_a_report_needs_a_folder_to_go_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "none" / "report.json"
    assert conformance("venice", "https://a.example", "key", openapi=openapi_folder(), json_file=target) == 3
    assert "does not exist" in capsys.readouterr().err
