"""The client and the mock judge requests by different means; no request may be found on which they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, note

from generator.spec.boundary import cases, shown

from .agreement import disagreement
from .bodies import bodies, given_bodies
from .calls import call, sync_client
from .forms import given_body
from .search import SEARCH
from .subjects import Subject, subjects
from .verdicts import ClientSide, cannot_draw

if TYPE_CHECKING:
    from generator.spec import Json

    from .verdicts import MockSide

pytestmark = [
    # A deprecated field is a legal one; that it warns is for other tests.
    pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning"),
    # A body found may hold a text of 32,768 characters; that Hypothesis shows it whole is no failure of its own.
    pytest.mark.filterwarnings("ignore:Generating overly large repr:hypothesis.errors.HypothesisWarning"),
]
_SHOWN = 2_000  # characters of a body that a failure tells
every_shape = pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)


@pytest.mark.deep
@every_shape
def test_client_and_mock_give_the_same_verdict_on_every_body(subject: Subject, mock_side: MockSide) -> None:
    """Both take a body, or both refuse it, and then by the same rules."""
    client_side = ClientSide(subject)

    @SEARCH
    @given(body=bodies(subject))
    def search(body: dict[str, Json]) -> None:
        note(f"The body: {shown(body, _SHOWN)}")
        assert disagreement(client_side.verdict(body), mock_side.verdict(subject, body)) == ""

    # What lies at a bound comes first: that a bound is off by one is not to be found by luck.
    for case in cases(subject.operation, subject.shape):
        if isinstance(case.body, dict) and case.rule.keyword != "x-image":  # those are big, and tested elsewhere
            search = example(body=given_body(subject, case))(search)
    search()


@pytest.mark.deep
@every_shape
def test_the_mock_takes_whatever_the_client_sends(subject: Subject, mock_side: MockSide) -> None:
    """The client refuses a body, or it goes out in a form that is taken."""
    client = sync_client(subject, mock_side.transport)
    errors = subject.package.errors

    @SEARCH
    @given(body=given_bodies(subject))
    def search(body: dict[str, Json]) -> None:
        try:
            call(subject, client, body)
        except errors.RequestRefused:
            return
        except errors.StatusError as refused:
            if not cannot_draw(str(refused)):
                raise

    search()
