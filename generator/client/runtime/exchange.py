"""One call as a plan: attempts, pauses between them, and what they end in.

Every answered request may cost money. So an attempt is repeated only where it was surely not carried out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .attempt import Attempt, Outcome
from .errors import AnswerLost, ConnectionFailed, ImageClientError
from .log import log
from .steps import Pause

if TYPE_CHECKING:
    from .call import Call
    from .steps import Plan


def exchange(call: Call) -> Plan[Any]:
    """Carry out one call.

    Args:
        call: The call.

    Returns:
        What the answer was read as; as a `Response` if it is wanted whole.

    Raises:
        ImageClientError: The call failed.
    """
    url, repeated, redirected = call.url, 0, 0
    lost: AnswerLost | None = None
    while True:
        attempt = Attempt(call, url, repeated, redirected)
        try:
            outcome: Outcome = yield from attempt.plan()
            if outcome.pause is not None:
                log.info("%s failed: %s; the next is in %.1f s", attempt.name, outcome.why, outcome.pause)
                if isinstance(outcome.error, AnswerLost):
                    lost = outcome.error
                yield Pause(outcome.pause)
        except BaseException as error:
            if lost is None:
                raise
            if not isinstance(error, Exception):
                error.add_note(str(lost))
                raise
            outcome = Outcome(error=_ours(error))
        if outcome.redirect is not None:
            url, redirected = outcome.redirect, redirected + 1
        elif outcome.pause is not None:
            repeated += 1
        elif outcome.error is not None:
            # Raised here, outside of any handler: httpx's errors hold the request with its credentials.
            raise _ending(outcome.error, lost)
        else:
            return outcome.value


def _ours(error: Exception) -> ImageClientError:
    """What kept a repetition from being sent, such as a function for the key; without what a stranger's words tell."""
    if isinstance(error, ImageClientError):
        return error
    failed = ConnectionFailed(type(error).__name__)
    failed.foreign = True
    return failed


def _ending(last: ImageClientError, lost: AnswerLost | None) -> ImageClientError:
    """What a call ends in; where an answer was lost before, what came last doesn't undo a bill."""
    if lost is None or isinstance(last, AnswerLost):
        return last
    error = AnswerLost(f"{lost} It was repeated, which ended in: {last}")
    error.request = last.request or lost.request
    error.foreign = last.foreign or lost.foreign
    return error
