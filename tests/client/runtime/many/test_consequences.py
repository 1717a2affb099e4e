"""What a failure means for the money, and for the requests that would follow."""

from __future__ import annotations

import errno

import pytest

from generator.client.runtime import errors
from generator.client.runtime.consequences import ends_all, may_be_billed


def _full() -> errors.FileProblem:
    problem = errors.FileProblem("x", "can't be written")
    problem.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    return problem


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.RequestRefused([]), False),
        (errors.CredentialsMissing("x"), False),
        (errors.ConnectionFailed("x"), False),
        (errors.AnswerLost("x"), True),
        (errors.AnswerUnreadable("x"), True),
        (errors.FileProblem("x", "a temporary file can't be written"), True),
        (RuntimeError("x"), True),
        *((errors.StatusError.kind(status)(status), False) for status in (302, 400, 401, 402, 403, 404, 413)),
        *((errors.StatusError.kind(status)(status), False) for status in (409, 415, 422, 429, 499, 503)),
        *((errors.StatusError.kind(status)(status), True) for status in (202, 408, 500, 501, 502, 504, 520, 599)),
    ],
    ids=repr,
)
def test_what_may_be_billed(error: Exception, expected: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    assert may_be_billed(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.CredentialsMissing("x"), True),
        (errors.Unauthorized(401), True),
        (errors.PaymentRequired(402), True),
        (errors.Forbidden(403), False),
        (errors.TooManyRequests(429), False),
        (errors.ServerError(503), False),
        (errors.ConnectionFailed("x"), False),
        (errors.AnswerLost("x"), False),
        (errors.RequestRefused([]), False),
        (errors.FileProblem("cat.png", "there is no such file"), False),
        (_full(), True),
        (ZeroDivisionError(), True),
    ],
    ids=repr,
)
def test_what_every_further_request_would_meet(error: Exception, expected: bool) -> None:  # noqa: FBT001 - as above
    assert ends_all(error) is expected
