"""What an answer says of a case, seen beside what else the gateway answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.conformance.case import Case, Expectation
from generator.conformance.sending import Credentials
from generator.conformance.standing import Standing, is_redirect, standing_of
from generator.spec import Level

if TYPE_CHECKING:
    from collections.abc import Collection

    from generator.conformance.exchange import Answer, Exchange

_FORBIDDEN = 403
_NO_CREDENTIALS = frozenset((Standing.UNAUTHORISED, Standing.PAYMENT_REQUIRED, Standing.REFUSED))

EXPECTED = {
    Expectation.CARRIED_OUT: "2xx: the request keeps every rule",
    Expectation.REFUSED: "a refusal: 400, 413, 415, 422 or another 4xx that finds fault with it",
    Expectation.UNAUTHORISED: "401, or 402 where that is documented",
    Expectation.OPEN: "any answer but a failure",
}
"""What should come, in words."""


@frozen
class Known:
    """What is known of how a gateway answers the requests of an operation.

    Attributes:
        works: Whether some request of it was carried out.
        answers: Whether some request of it was answered by something else than a failure.
        is_steady: Whether a plain request was carried out after all that failed.
        others_work: Whether requests of other operations, which refuse other tokens, were carried out with it.
    """

    works: bool
    answers: bool
    is_steady: bool
    others_work: bool = False


@frozen
class Judgement:
    """What an answer says of a case.

    Attributes:
        kept: Whether the rule was kept; None if the answer doesn't tell.
        level: How certain that is.
        why: Why it tells nothing.
        expected: What should have come.
    """

    kept: bool | None
    level: Level
    why: str = ""
    expected: str = ""


def looks_like_a_page(answer: Answer, documented: Collection[str]) -> bool:
    """Whether a success is a web page, as servers give that know nothing of the API."""
    return (
        answer.is_success
        and answer.media_type == "text/html"
        and answer.media_type not in documented
        and answer.body.lstrip()[:1] == b"<"
    )


def judge(case: Case, exchange: Exchange, known: Known) -> Judgement:
    """What an answer says of a case.

    Args:
        case: The case.
        exchange: Its request and answer.
        known: What is known of the operation besides.
    """
    answer = exchange.answer
    standing = standing_of(answer)
    told = str(answer)
    if standing is Standing.FAILED:
        return _failed(case, exchange, known)
    if (expected := _odd(case, answer, known)) is not None:
        # No page says that a key is good for every operation, or that a refusal leads nowhere.
        return Judgement(kept=False, level=Level.ASSUMED, expected=expected)
    refused = standing is Standing.REFUSED or (standing is Standing.PERHAPS_REFUSED and known.works)
    carried_out = standing is Standing.CARRIED_OUT
    kept: bool | None
    match case.expectation:
        case Expectation.OPEN:
            # A new wallet is to be asked to pay, but no document says that it holds nothing.
            asked_to_pay = standing is Standing.PAYMENT_REQUIRED
            is_empty = case.request.credentials is Credentials.EMPTY_WALLET
            kept = True if asked_to_pay or (carried_out and not is_empty) else None
            told = f"no document tells whether it is taken; {told}"
        case Expectation.CARRIED_OUT:
            # A proof made for this request is wrong only if its form is, which is published. None may be wanted, too.
            is_enough = case.request.credentials in {Credentials.WALLET, Credentials.NONE}
            is_turned_away = is_enough and standing is Standing.UNAUTHORISED
            kept = True if carried_out else False if refused or is_turned_away else None
        case Expectation.REFUSED:
            kept = False if carried_out else True if refused else None
        case _:
            asks = standing in _NO_CREDENTIALS or answer.status == _FORBIDDEN or refused
            kept = False if carried_out else True if asks else None
    return Judgement(kept, case.level, "" if kept is not None else told, EXPECTED[case.expectation])


def _odd(case: Case, answer: Answer, known: Known) -> str | None:
    """What should have come, where what came is wrong by custom alone; None where it isn't."""
    if case.expectation in {Expectation.REFUSED, Expectation.UNAUTHORISED} and is_redirect(answer) and known.works:
        return f"{EXPECTED[case.expectation]}; not a redirect"
    turned_away = standing_of(answer) is Standing.UNAUTHORISED or answer.status == _FORBIDDEN
    if is_of_key(case) and turned_away and known.others_work and not known.works:
        return f"another answer than {answer}: other operations take the same token, and refuse others"
    return None


def is_of_key(case: Case) -> bool:
    """Whether a case is about the right token."""
    return case.rule.endswith("/credentials/security") and case.request.credentials is Credentials.GIVEN


def asks_for_credentials(answer: Answer, documented: Collection[str]) -> bool | None:
    """Whether a refusal for want of credentials has the status that says so; None for what is no refusal."""
    standing = standing_of(answer)
    if answer.is_success or standing in {Standing.FAILED, Standing.OUTAGE, Standing.THROTTLED, Standing.SILENT}:
        return None
    return standing is Standing.UNAUTHORISED or (
        standing is Standing.PAYMENT_REQUIRED and str(answer.status) in documented
    )


def _failed(case: Case, exchange: Exchange, known: Known) -> Judgement:
    times = f"{exchange.answer}, {exchange.tries} times on end"
    if known.works and not known.is_steady:
        return Judgement(None, case.level, f"{times}; what others came to after it isn't known")
    if case.expectation is Expectation.CARRIED_OUT:
        if known.works:
            return Judgement(
                kept=False, level=case.level, expected="2xx: the request keeps every rule, and others like it are taken"
            )
        if known.others_work and case.rule.endswith("/call"):
            expected = "2xx: a plain request; other operations carry theirs out"
            return Judgement(kept=False, level=Level.ASSUMED, expected=expected)
        return Judgement(None, case.level, f"{times}, as for each request")
    if known.answers:
        # A failure is no refusal; but that it should have been one is said by no page.
        return Judgement(
            kept=False, level=Level.ASSUMED, expected=f"{EXPECTED[case.expectation]}; not a failure of the gateway"
        )
    return Judgement(None, case.level, times)
