"""The line for curl: the shell reads it as the request was, and no key stands in it."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve

from generator.conformance.reports.curl import as_curl
from generator.conformance.sending import Credentials, as_json
from tests.conformance.reports import runs

if TYPE_CHECKING:
    from pathlib import Path


def words(line: str, folder: Path) -> list[str]:
    """What the shell makes of a line: the arguments that curl gets."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is missing: apt-get install bash")
    fake = folder / "curl"
    fake.write_text('#!/bin/sh\nfor word in "$@"; do printf "%s\\0" "$word"; done\n', encoding="utf-8")
    fake.chmod(0o755)
    environment = {
        "PATH": f"{folder}:/usr/bin:/bin",
        "IMAGE_CONTRACT_TOKEN": "the key",
        "HOME": "/home",
        "LC_ALL": "C.UTF-8",
    }
    ran = subprocess.run([bash, "-c", line], env=environment, capture_output=True, check=True)
    assert ran.stderr == b""
    return ran.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]


@pytest.mark.parametrize(
    "body",
    [
        {"n": 7, "prompt": "plain"},
        {"prompt": 'it\'s $(touch x) `id` "quoted" \\ !'},
        {"prompt": "水彩 🎨", "watermark": False, "seed": 0},
        {"prompt": "\x1b[2J\x07\n\t\u202ereversed"},
        [],
        "text",
        None,
    ],
)
def test_the_shell_reads_the_body_that_was_sent(body: Any, tmp_path: Path) -> None:
    line = as_curl(runs.exchange(body, runs.answer(200, {})))
    sent = words(line, tmp_path)
    assert sent[sent.index("--data-binary") + 1].encode() == as_json(body)
    assert sent[sent.index("-X") + 1 : sent.index("-X") + 3] == ["POST", f"{runs.URL}/v1/images/generations"]
    headers = [word for before, word in pairwise(sent) if before == "-H"]
    assert headers == ["authorization: Bearer the key", "x-odd: it's $HOME `id`", "Content-Type: application/json"]
    assert line.isprintable()


def test_a_body_that_is_no_json_is_sent_as_it_was(tmp_path: Path) -> None:
    line = as_curl(runs.exchange(None, runs.answer(400, {}), raw=b'{"prompt": "\xff\xfe'))
    sent = words(line, tmp_path)
    assert sent[sent.index("--data-binary") + 1].encode("utf-8", "surrogateescape") == b'{"prompt": "\xff\xfe'


def test_what_a_line_cannot_carry_is_left_to_a_file() -> None:
    for raw in (b"a\x00b", b"@/etc/passwd", b"x" * 20_001):
        line = as_curl(runs.exchange(None, runs.answer(400, {}), raw=raw))
        assert line.splitlines()[0] == f"# body.bin is the request's body, {len(raw):,} bytes."
        assert line.endswith("--data-binary @body.bin")


def test_a_form_is_sent_in_its_parts(tmp_path: Path) -> None:
    image = runs.picture()
    body = {"prompt": "@/etc/passwd;type=x", "n": 2, "flag": False, "image[]": [image, image], 'odd "name': image}
    line = as_curl(runs.exchange(body, runs.answer(200, {}), media_type="multipart/form-data"))
    assert line.splitlines()[0] == f"# file-1.png is a file of {len(image)} bytes."
    sent = words(line, tmp_path)
    assert sent[sent.index("--form-string") :] == [
        *("--form-string", "prompt=@/etc/passwd;type=x", "--form-string", "n=2", "--form-string", "flag=false"),
        *("-F", "image[]=@file-1.png", "-F", "image[]=@file-2.png", "-F", '"odd \\"name"=@file-3.png'),
    ]


def test_a_body_of_which_only_the_type_is_stated_is_empty(tmp_path: Path) -> None:
    sent = runs.exchange({"n": 1}, runs.answer(400, {}), empty=True)
    bare = evolve(sent, sent=evolve(sent.sent, body=b"", length=0))
    assert words(as_curl(bare), tmp_path)[-2:] == ["--data-binary", ""]


@pytest.mark.parametrize(
    ("shows", "expected"),
    [
        (Credentials.GIVEN, "$IMAGE_CONTRACT_TOKEN"),
        (Credentials.WRONG, "made-up"),
        (Credentials.WALLET, "made anew for each request"),
    ],
)
def test_the_key_is_left_to_a_variable(shows: Credentials, expected: str) -> None:
    line = as_curl(runs.exchange({"n": 1}, runs.answer(200, {}), credentials=shows))
    assert expected in line
    assert "[token]" not in line
    assert ("$IMAGE_CONTRACT_TOKEN" in line) == (shows is not Credentials.WRONG)


def test_a_key_with_more_after_it_is_told_as_such() -> None:
    line = as_curl(runs.exchange({"n": 1}, runs.answer(200, {}), credentials=Credentials.LONGER))
    assert '"authorization: Bearer $IMAGE_CONTRACT_TOKEN-longer"' in line


def test_what_stands_beside_the_key_is_no_command(tmp_path: Path) -> None:
    sent = runs.exchange({"n": 1}, runs.answer(200, {}))
    odd = evolve(sent, sent=evolve(sent.sent, headers={"x-proof": '[token] $HOME `id` "q" \\'}))
    assert 'x-proof: the key $HOME `id` "q" \\' in words(as_curl(odd), tmp_path)


def test_a_made_up_token_is_shown_as_the_right_one_is(tmp_path: Path) -> None:
    sent = runs.exchange({"n": 1}, runs.answer(401, {}), credentials=Credentials.WRONG)
    masked = evolve(sent, sent=evolve(sent.sent, headers={"authorization": "[token]"}))
    assert "authorization: Bearer made-up" in words(as_curl(masked), tmp_path)


def test_lines_are_json_that_can_be_read_again(tmp_path: Path) -> None:
    for found in runs.violating().findings[2:]:
        sent = words(as_curl(found.exchange), tmp_path)
        assert json.loads(sent[-1]) == found.exchange.request.body
