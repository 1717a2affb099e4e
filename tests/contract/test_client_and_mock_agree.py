"""The client and the mock judge requests by different means; no request may be found on which they disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .agreement import disagreement
from .bodies import bodies, given_bodies
from .calls import call, sync_client
from .search import SEARCH
from .subjects import Subject, subjects
from .verdicts import client_side, draws_no_more

if TYPE_CHECKING:
    from .verdicts import MockSide

# A deprecated field is a legal one; that it warns is for other tests.
pytestmark = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")


@pytest.mark.deep
@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)
@SEARCH
@given(data=st.data())
def test_client_and_mock_give_the_same_verdict_on_every_body(
    subject: Subject, mock_side: MockSide, data: st.DataObject
) -> None:
    """Both take a body, or both refuse it, and then by the same rules."""
    body = data.draw(bodies(subject))
    assert disagreement(client_side(subject).verdict(body), mock_side.verdict(subject, body)) == ""


@pytest.mark.deep
@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.id)
@SEARCH
@given(data=st.data())
def test_the_mock_takes_whatever_the_client_sends(
    subject: Subject, mock_side: MockSide, data: st.DataObject
) -> None:
    """The client refuses a body, or it goes out in a form that is taken."""
    body = data.draw(given_bodies(subject))
    errors = subject.package.errors
    try:
        call(subject, sync_client(subject, mock_side.transport), body)
    except errors.RequestRefused:
        return
    except errors.StatusError as refused:
        assert draws_no_more(str(refused)), refused
