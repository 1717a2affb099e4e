"""Whatever is sent, the mock answers with a verdict: 200 or 400, never a failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    import httpx

PATHS = ["/v1/images/generations", "/v1/images/edits", "/api/v1/image/edit"]
BASES: list[dict[str, Any]] = [
    {"model": "qwen-image-2.0-pro", "prompt": "p"},
    {"model": "wan2.7-image-pro", "input": {"messages": [{"role": "user", "content": [{"text": "t"}]}]}},
    {"image": "https://example.com/a.png", "prompt": "p"},
]
VALUES: list[Any] = [
    None, True, 0, -1, 9.0, -0.0, 1e300, 10**400, "", "\0", "😀" * 801, [], {}, [[]], [{}], {"": {}}, "1*9",
    "4096*4097", "9" * 5000 + "*1", "data:;base64,AAAA", "AAAA", [[[1]]], {"input": {"messages": 0}, "parameters": []},
]  # fmt: skip
FIELDS = [
    "model",
    "prompt",
    "n",
    "size",
    "seed",
    "image",
    "extra",
    "input",
    "color_palette",
    "bbox_list",
    "resolution",
    "output_format",
    "aspect_ratio",
    "response_format",
    "prompt_extend",
    "modelId",
    "",
]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("path", "base"), list(zip(PATHS, BASES, strict=True)))
def test_any_value_in_any_field(client: httpx.Client, path: str, base: dict[str, Any], field: str) -> None:
    for value in VALUES:
        content = json.dumps(base | {field: value}).encode()
        answer = client.post(path, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code in {200, 400}, (field, value, answer.text)


FRAGMENT = st.sampled_from(
    [b"null", b"[", b"{}", rb'"\ud800"', b"1e999", b"\0", b"\xff", b'"', b"\\", b"NaN", b"--B", b"\r\n", b"1" * 5000]
)
FORM = (
    b'--B\r\nContent-Disposition: form-data; name="model"\r\n\r\nqwen-image-2.0-pro\r\n'
    b'--B\r\nContent-Disposition: form-data; name="prompt"\r\n\r\np\r\n'
    b'--B\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nPNG\r\n'
    b"--B--\r\n"
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    path=st.sampled_from(PATHS),
    base=st.sampled_from(
        [(FORM, "multipart/form-data; boundary=B"), (json.dumps(BASES[0]).encode(), "application/json")]
    ),
    damage=st.tuples(st.integers(0, 400), st.integers(0, 8), FRAGMENT),
)
def test_damaged_bodies(
    client: httpx.Client, path: str, base: tuple[bytes, str], damage: tuple[int, int, bytes]
) -> None:
    content, content_type = base
    at, length, fragment = damage
    at %= len(content)
    damaged = content[:at] + fragment + content[at + length :]
    answer = client.post(path, content=damaged, headers={"Content-Type": content_type})
    assert answer.status_code in {200, 400}, answer.text
    if answer.status_code == 400:
        assert answer.json()["error"]
