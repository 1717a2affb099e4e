"""The journal as HAR and as lines for curl: readable by others, repeatable, and without secrets."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from generator.mock import running
from generator.mock.journal.curl import as_curl
from generator.mock.journal.entry import Entry

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

GENERATIONS = "/v1/images/generations"
ODD = 'it\'s "quoted" $HOME `id` \\ ; 猫\nsecond line'
GOOD = {"model": "qwen-image-2.0-pro", "prompt": ODD, "n": 2}


def sent(headers: dict[str, str], body: Any = None, **fields: Any) -> Entry:
    known = {"id": "1", "method": "POST", "path": "/x", "url": "http://mock/x", "media_type": "application/json"}
    return Entry(**{**known, **fields}, headers=headers, body=body)


def test_a_har_file_of_all_kinds_of_requests(client: httpx.Client, png: bytes) -> None:
    client.post(f"{GENERATIONS}?a=1&b=", json=GOOD)
    client.post("/v1/images/edits", data={"prompt": "x"}, files={"image": ("cat.png", png, "image/png")})
    client.get("/api/v1/models")
    answer = client.get("/_mock/requests?format=har")
    assert "attachment" in answer.headers["content-disposition"]
    log = answer.json()["log"]
    assert log["version"] == "1.2"
    first, second, third = log["entries"]
    assert json.loads(first["request"]["postData"]["text"]) == GOOD
    assert first["request"]["queryString"] == [{"name": "a", "value": "1"}, {"name": "b", "value": ""}]
    assert first["response"]["status"] == 200
    assert len(json.loads(first["response"]["content"]["text"])["data"]) == 2
    assert first["time"] >= first["timings"]["wait"] >= 0
    parameters = {parameter["name"]: parameter for parameter in second["request"]["postData"]["params"]}
    assert parameters["image"]["fileName"] == "cat.png"
    assert parameters["prompt"]["value"] == "x"
    assert second["response"]["status"] == 400
    assert third["request"]["method"] == "GET"
    assert "mock-key" not in answer.text


def test_one_request_by_itself_in_each_form(client: httpx.Client) -> None:
    name = client.post(GENERATIONS, json=GOOD).headers["x-request-id"]
    client.post(GENERATIONS, json=GOOD)
    assert client.get(f"/_mock/requests/{name}").json()["id"] == name
    assert len(client.get(f"/_mock/requests/{name}?format=har").json()["log"]["entries"]) == 1
    assert client.get(f"/_mock/requests/{name}?format=curl").text.count("curl ") == 1
    assert client.get(f"/_mock/requests/{name}?format=pdf").status_code == 400
    assert client.get("/_mock/requests/none").status_code == 404


def test_secrets_are_left_to_variables() -> None:
    line = as_curl(sent({"authorization": "Bearer ***", "x-sign-in-with-x": "***", "x-note": "a"}, {"a": 1}))
    assert '-H "authorization: Bearer $API_KEY"' in line
    assert '-H "x-sign-in-with-x: $X_SIGN_IN_WITH_X"' in line
    assert "-H 'x-note: a'" in line


def test_a_header_cannot_run_a_command() -> None:
    hostile = '***"$(id)`id`\\'
    line = as_curl(sent({"x-note": hostile, "x`id`": "a"}))
    assert '"x-note: $X_NOTE\\"\\$(id)\\`id\\`\\\\"' in line
    assert "x`id`" not in line


def test_what_cannot_be_repeated_is_said() -> None:
    assert as_curl(sent({}, None, body_size=7)).startswith("# The body, 7 bytes that couldn't be read")


def test_null_is_repeated() -> None:
    line = as_curl(sent({"content-type": "application/json"}, None, body_size=4))
    assert line == "curl -s -g http://mock/x -H 'Content-Type: application/json' -d null"


def test_a_file_called_like_an_option_is_a_file() -> None:
    file = {"filename": "-", "media_type": "image/png", "size": 1, "sha256": "0", "blob": "0"}
    assert (
        shlex.split(as_curl(sent({}, {"image": file}, media_type="multipart/form-data")))[-1]
        == 'image=@"./-";type=image/png'
    )
    assert shlex.split(as_curl(sent({}, file, media_type="image/png")))[-1] == "@./-"


def test_a_file_with_an_odd_name_stays_one_argument() -> None:
    file = {"filename": 'a";type=x,b.png', "media_type": "image/png", "size": 1, "sha256": "0", "blob": "0"}
    words = shlex.split(as_curl(sent({}, {"image": file}, media_type="multipart/form-data; boundary=x")))
    assert words[-1] == 'image=@"a\\";type=x,b.png";type=image/png'


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is missing; get it with apt-get install curl")
def test_curl_repeats_requests_as_they_were(tmp_path: Path, png: bytes) -> None:
    import httpx  # noqa: PLC0415  # the other tests have the fixture's client

    (tmp_path / "my cat.png").write_bytes(png)
    with running() as mock:
        headers = {"Authorization": f"Bearer {mock.key}", "X-Note": "it's a note"}
        with httpx.Client(base_url=mock.url, headers=headers) as client:
            client.post(f"{GENERATIONS}?a=1", json=GOOD)
            data = {"model": "qwen-image-2.0-pro", "prompt": f"@{ODD}", "n": "1"}
            client.post("/v1/images/edits", data=data, files=[("image", ("my cat.png", png, "image/png"))] * 2)
            client.get("/api/v1/models?type=image&x=[1-3]{a,b}")
            script = client.get("/_mock/requests?format=curl").text
        subprocess.run(  # noqa: S602  # the lines are for a shell
            script, shell=True, cwd=tmp_path, env={**os.environ, "API_KEY": mock.key}, check=True, capture_output=True
        )
        entries = mock.journal.entries()
        assert len(entries) == 6
        for original, repeated in zip(entries[:3], entries[3:], strict=True):
            assert (repeated.path, repeated.method) == (original.path, original.method)
            assert repeated.body == original.body
            assert repeated.status == original.status == 200
            assert repeated.headers["x-note"] == "it's a note"
