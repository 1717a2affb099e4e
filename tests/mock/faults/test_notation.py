"""Faults as text and as JSON."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from attrs import fields_dict
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.mock.faults.fault import Fault, FaultError, hashed
from generator.mock.faults.notation import fault_of, fault_of_request, fault_of_text, known, marker_in
from generator.mock.faults.ready import READY

if TYPE_CHECKING:
    from generator.spec.model import Json


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("status=503 delay=2", Fault(status=503, delay=2)),
        ("  status=503\tdelay=0.25  ", Fault(status=503, delay=0.25)),
        ("rate-limit retry-after=2", Fault(name="rate-limit", status=429, retry_after=2)),
        ("bytes-per-second=100 half-close cut-after=0", Fault(bytes_per_second=100, half_close=True, cut_after=0)),
        ("cut_after=50% chunked", Fault(cut_after="50%", chunked=True)),
        ("reset=before", Fault(reset="before")),
        ("reset=12", Fault(reset=12)),
        ("reset", Fault(name="reset", reset="before")),
        ("slow truncated", Fault(name="slow truncated", delay=1, bytes_per_second=10_000, cut_after="50%")),
        ('header:X-Reason="no channel" status=503', Fault(headers={"X-Reason": "no channel"}, status=503)),
        ("header:Content-Type=null", Fault(headers={"Content-Type": None})),
        ("header:X-Count=5", Fault(headers={"X-Count": "5"})),
        ('set:/data/0/url="a \\"b\\" ]" set:/created=17', Fault(set={"/data/0/url": 'a "b" ]', "/created": 17})),
        ('body="<p>Bad</p>" status=502', Fault(body="<p>Bad</p>", status=502)),
        ('body={"a": [1, "]"]}', Fault(body={"a": [1, "]"]})),
        ("set:/data=[] delay=1", Fault(set={"/data": []}, delay=1)),
        ("content-type=text/html", Fault(content_type="text/html")),
        ("server-error times=2", Fault(name="server-error", status=500, times=2)),
        ("server-error times=always", Fault(name="server-error", status=500, times=None)),
        ("server-error key=sesame", Fault(name="server-error", status=500, key="sesame")),
        ('{"status": 503, "headers": {"X-A": "b"}}', Fault(status=503, headers={"X-A": "b"})),
    ],
)
def test_a_line_of_text(text: str, fault: Fault) -> None:
    assert fault_of_text(text) == fault


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("status=50x", "status must be a whole number from 200 to 599, not '50x'"),
        ("status=99", "status must be a whole number"),
        ("status=true", "status must be a whole number"),
        ("delay=-1", "delay must be a number of seconds from 0 to 86400"),
        ("delay=NaN", "delay must be a number of seconds"),
        ("bytes-per-second=0", "bytes_per_second must be a number above 0"),
        ("cut-after=200%", "cut_after must be a number of bytes, or a share of the body such as '50%'"),
        ("cut-after=-1", "cut_after must be"),
        ("reset=never", "reset must be a whole number of at least 0 or 'before' or 'after', not 'never'"),
        ("hang-up=now", "hang_up must be 'before' or 'after'"),
        ("times=0 reset", "times must be a whole number"),
        ("cut-after=5 reset=after", "cut_after and reset exclude each other"),
        ("cut-after=0 garbage", "cut_after and garbage exclude each other"),
        ("half-close", "half_close needs cut_after"),
        ("status", "status needs a value"),
        ("rate-limt", "did you mean rate-limit?"),
        ("dely=2", "did you mean delay?"),
        ("set:data=1", "keyed by JSON Pointers"),
        ("set:/data=1 body=x", "body is another"),
        ('status="503', "can't be read"),
        ("status=503 ]", "can't be read"),
        ("", "nothing is asked for"),
        ("times=2", "nothing goes wrong by it"),
        ("header:Content-Length=5", "use cut_after"),
        ('header:X-A="a\\nb"', "a text of one line"),
        ("header:X(A)=b", "named as HTTP allows"),
        ('content-type="a\\nb"', "a text of one line"),
        ("{", "it is not JSON"),
        ("[1]", "can't be read"),
    ],
)
def test_what_means_no_fault(text: str, why: str) -> None:
    with pytest.raises(FaultError) as caught:
        fault_of_text(text)
    assert why in str(caught.value)


def test_what_is_unknown_is_answered_with_all_that_is_known() -> None:
    with pytest.raises(FaultError) as caught:
        fault_of_text("nonsense")
    for name in [*READY, "status", "bytes-per-second", "header:NAME", "set:POINTER"]:
        assert name in str(caught.value)
        assert name in known()


@pytest.mark.parametrize(
    "value", [7, None, ["status=503"], {"colour": 1}, {"name": "nothing"}, {"status": "503"}, {"delay": True}, {}]
)
def test_json_that_means_no_fault(value: Json) -> None:
    with pytest.raises(FaultError):
        fault_of(value)


@settings(max_examples=300, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.builds(
                "{}{}{}".format,
                st.sampled_from([*READY, *fields_dict(Fault), "header:X-A", "set:/data", "[mock", "]", "{"]),
                st.sampled_from(["", "=", ' ="', "\\"]),
                st.one_of(
                    st.text(max_size=8), st.from_regex(r'"[^"]*"|[0-9.e-]{1,6}|null|"\\\\ud800"', fullmatch=True)
                ),
            ),
            max_size=4,
        ).map(" ".join),
    )
)
def test_any_text_is_a_fault_that_can_be_kept_or_is_refused(text: str) -> None:
    with suppress(FaultError):
        fault = fault_of_text(text)
        shown = json.dumps(fault.as_json(), ensure_ascii=False, allow_nan=False).encode()
        assert fault_of(json.loads(shown)) == fault
    with suppress(FaultError):
        asked = marker_in(f"[mock {text}")
        assert asked is None or asked in text


@pytest.mark.parametrize("text", ["set:/data=" + "[" * 5000, '{"set": ' + "[" * 5000, '{"a": ' * 5000])
def test_no_depth_ends_the_process(text: str) -> None:
    with pytest.raises(FaultError, match="opening brackets"):
        fault_of_text(text)
    with pytest.raises(FaultError, match="opening brackets"):
        marker_in(f"[mock {text}")


@pytest.mark.parametrize(
    "value", [{"body": float("nan")}, {"set": {"/a": "\ud800"}}, {"body": {1}}, {"key": 5}, {5: 5}]
)
def test_what_no_json_could_hold(value: Json) -> None:
    with pytest.raises(FaultError):
        fault_of(value)


def test_a_ready_made_fault_in_json_gives_way_to_fields() -> None:
    assert fault_of({"name": "rate-limit", "retry_after": 9}).retry_after == 9
    assert fault_of({"name": "ok"}) == Fault(name="ok")


@pytest.mark.parametrize("name", READY)
def test_every_ready_made_fault_can_be_kept(name: str) -> None:
    fault = fault_of_text(name)
    assert fault == Fault(name=name, **READY[name].fields)
    assert fault_of(fault.as_json()) == fault


def test_a_fault_survives_being_stored() -> None:
    fault = Fault(key="sesame", times=None, cut_after=0, headers={"X-A": None}, set={"/data": []}, body=None)
    assert fault_of(fault.as_json()) == fault


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [
        ("[mock status=503 delay=2] a cat", "status=503 delay=2"),
        ("  [mock  rate-limit ]", "rate-limit"),
        ('[mock body="a ] b"] a cat', 'body="a ] b"'),
        ("[mock set:/data=[]] a cat", "set:/data=[]"),
        ('[mock {"status": 503, "body": "]"}] a cat', '{"status": 503, "body": "]"}'),
        ("[mock]", ""),
        ("a cat [mock status=503]", None),
        ("[mockery] a cat", None),
        ("[Mock] a cat", None),
        ("", None),
    ],
)
def test_the_marker_of_a_prompt(prompt: str, asked: str | None) -> None:
    assert marker_in(prompt) == asked


@pytest.mark.parametrize("prompt", ["[mock status=503", "[mock status=503 {", "[mock {", '[mock body="]'])
def test_a_marker_without_an_end(prompt: str) -> None:
    with pytest.raises(FaultError):
        marker_in(prompt)


def test_a_request_speaks_for_itself_alone() -> None:
    assert fault_of_request("status=503").times is None
    assert fault_of_request("status=503 times=2").times == 2
    for aimed in ("key=sesame", "operation=editImages", "path=/v1/*", "api=venice"):
        with pytest.raises(FaultError, match="hits that request"):
            fault_of_request(f"status=503 {aimed}")


def test_a_key_is_never_shown() -> None:
    fault = Fault(status=503, key="sesame-open")
    assert "sesame" not in f"{fault!r} {fault.key} {fault.as_json()}"
    assert fault.hits(operation="o", api="a", path="/", credentials=lambda: [hashed("sesame-open")])
    assert not fault.hits(operation="o", api="a", path="/", credentials=lambda: [hashed("sesame")])


def test_a_wallet_may_be_written_in_any_case() -> None:
    address = "0x" + "aB" * 20
    assert hashed(address) == hashed(address.lower())
    assert hashed("Key") != hashed("key")
