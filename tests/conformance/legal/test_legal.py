"""No gateway is blamed for what it may do of its own choice, however odd that is."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from generator.conformance import ExitCode, Report, Settings, links, run, wire
from generator.mock import DEFAULT_KEY, create_app, transport
from generator.spec import Level, load, openapi_folder
from tests.conformance.legal import oddities as odd
from tests.conformance.legal.images import as_avif, as_grey_png, as_jpeg, as_webp, in_steps, otherwise
from tests.conformance.legal.oddities import Odd, Oddity, written
from tests.conformance.legal.wire import served

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEEP = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
OPERATION = {"powertokens": "generateImages", "venice": "editImage"}
PUBLISHED = ("/Content-Type", "/required", "/type", "/fetched", "/enum", "/format-by-tier", "/pattern", "/minLength")
"""What gateways are warned for that are as odd as these."""


def _alike() -> dict[str, Oddity]:
    """What any gateway may do."""
    return {
        "created": odd.created,
        "charset": odd.charset,
        "compressed": odd.compressed,
        "pretty": odd.pretty,
        "more headers": odd.more_headers,
        "more fields": odd.more_fields,
        "challenge": odd.asks,
        "bursts of 429": odd.Bursts(429, {"retry-after": "0"}),
        "bursts of 429 that don't say how long": odd.Bursts(429, {}),
        "bursts of 503": odd.Bursts(503, {}, every=13, length=1),
        "a 500 now and then": odd.Bursts(500, {}, every=17, length=1),
        "one at a time": odd.OneAtATime(),
        "blanks": odd.blanks,
        "refusals in plain text": odd.plain_text,
        "refusals as pages": odd.pages,
        "refusals without a word": odd.silent,
        "refusals by RFC 9457": odd.problems,
        "refusals in detail": odd.details,
    }


def _alone() -> dict[str, dict[str, Oddity]]:
    """By the API, each oddity by itself."""
    return {
        "powertokens": {
            **_alike(),
            "nulls": odd.nulls,
            "sparse": odd.sparse,
            "redirected links": odd.redirected_links,
            "untyped links": odd.untyped_links,
            "relative links": odd.relative_links,
            "slow storage": odd.SlowStorage(),
            "both ways": odd.both_ways,
            "progressive JPEGs": written(as_jpeg),
            "WebP": written(as_webp),
            "AVIF": written(as_avif),
            "16 bits": written(as_grey_png),
        },
        "venice": {
            **_alike(),
            "other options": written(otherwise),
            "sides in steps": written(in_steps),
            "no list": odd.no_models,
            "other models": odd.other_models,
            "a list by type": odd.models_by_type,
            "another default": odd.another_default,
            "few models": odd.few_models,
        },
    }


TOGETHER: Mapping[str, tuple[str, Sequence[str]]] = {
    "an envelope": (
        "powertokens",
        ("compressed", "charset", "created", "more headers", "pretty", "more fields", "nulls"),
    ),
    "a storage": (
        "powertokens",
        ("bursts of 429", "redirected links", "slow storage", "untyped links", "progressive JPEGs"),
    ),
    "a proxy": ("powertokens", ("refusals as pages", "one at a time", "sparse", "both ways", "AVIF", "blanks")),
    "an old list": (
        "venice",
        ("charset", "created", "a list by type", "another default", "few models", "other options"),
    ),
    "a new list": ("venice", ("bursts of 503", "refusals without a word", "other models", "sides in steps")),
}


EACH = [(api, name) for api, alone in _alone().items() for name in alone]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "_BACKOFF", 0.0)
    monkeypatch.setattr(links, "_PAUSES", (0.0, 0.0))


def _judged(api: str, *oddities: Oddity, over_a_socket: bool = False, most: int | None = None) -> Report:
    contract = load(openapi_folder() / f"{api}.yaml")
    lists = [each.id for each in contract.operations if each.model_list]
    operations = {OPERATION[api], *lists} if most is not None else None
    with ExitStack() as stack:
        plain = stack.enter_context(transport(create_app()))
        settings = {"token": DEFAULT_KEY, "max_billable": most, "operations": operations}
        if over_a_socket:
            url = stack.enter_context(served(plain))
            return run(contract, Settings(base_url=url, **settings))  # type: ignore[arg-type]  # a mapping of several types
        return run(contract, Settings(base_url="http://mock.example", **settings), transport=Odd(plain, *oddities))  # type: ignore[arg-type]  # the same


def _is_right(report: Report) -> None:
    assert [(each.rule, each.note, each.came) for each in report.findings if each.level is Level.DOCUMENTED] == []
    assert {each.rule for each in report.findings if not each.rule.endswith(PUBLISHED)} == set()
    assert (report.exit_code, report.unjudged, report.ended) == (ExitCode.CONFORMS, (), "")


@pytest.mark.parametrize("name", TOGETHER)
def test_several_oddities_together_are_no_violation(name: str) -> None:
    api, names = TOGETHER[name]
    alone = _alone()[api]
    _is_right(_judged(api, *(alone[each] for each in names), most=16))


@pytest.mark.parametrize("api", OPERATION)
def test_what_is_odd_on_the_wire_is_no_violation(api: str) -> None:
    report = _judged(api, over_a_socket=True, most=None if DEEP else 12)
    _is_right(report)
    assert report.findings == ()
    assert report.flaky == ()


@pytest.mark.deep
@pytest.mark.parametrize(("api", "name"), EACH if DEEP else [("powertokens", "16 bits")])
def test_an_oddity_is_no_violation(api: str, name: str) -> None:
    _is_right(_judged(api, _alone()[api][name], most=None if DEEP else 16))
