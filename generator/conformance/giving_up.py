"""When to give an operation up: it isn't there, or answer after answer tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from generator.conformance.case import Case, Expectation
from generator.conformance.sending import Credentials
from generator.conformance.standing import Standing, is_redirect, standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.conformance.exchange import Answer, Exchange

_AFTER = 3
"""After so many answers on end that tell nothing, all for one reason, the operation's other requests are not sent."""
_SURE_AFTER = 10
"""After so many 404s an operation isn't there, where nothing is sent that would be carried out."""
_TO_FIELD = 3
"""How many parts of a rule's id name its field: operation, shape, field."""
_UNAUTHORISED = 401
_ABSENT = frozenset((404, 405, 501))
_TELLS_NOTHING = frozenset(
    (
        Standing.UNAUTHORISED,
        Standing.PAYMENT_REQUIRED,
        Standing.THROTTLED,
        Standing.OUTAGE,
        Standing.SILENT,
    )
)
_REASONS: Mapping[Standing, str] = {
    Standing.UNAUTHORISED: ": the gateway doesn't take the API key",
    Standing.PAYMENT_REQUIRED: ": there is no credit left",
    Standing.THROTTLED: ": too many requests, or the quota is used up",
}


@define
class GivingUp:
    """Hears the answers to one operation's requests, and tells whether more are worth sending.

    Attributes:
        is_free: Whether nothing is sent that is to be carried out.
    """

    is_free: bool
    _silent: dict[str, str] = field(factory=dict, init=False)
    _statuses: set[int] = field(factory=set, init=False)
    _shown: list[int] = field(factory=list, init=False)
    _was_wanted: bool = field(default=False, init=False)
    _is_redirected: bool = field(default=False, init=False)
    _works: bool = field(default=False, init=False)

    def hear(self, exchange: Exchange, case: Case, *, is_page: bool) -> None:
        """Count the answers on end that tell nothing, whatever was asked: a wrong token, no credit, no such page.

        Outages over one field are counted once: a gateway may say that it isn't there of a model that isn't.

        Args:
            exchange: A request with its answer.
            case: What it was sent for.
            is_page: Whether the answer is a web page of a server that knows nothing of the API.
        """
        answer = exchange.answer
        standing = standing_of(answer)
        self._works |= standing is Standing.CARRIED_OUT
        if answer.status:
            self._statuses.add(answer.status)
        if exchange.request.credentials is not Credentials.GIVEN and answer.status:
            return
        self._shown.append(answer.status)
        self._was_wanted |= case.expectation is Expectation.CARRIED_OUT
        why = ""
        if is_page:
            why = "a web page came: is this the API's address?"
        elif standing in _TELLS_NOTHING and not (is_redirect(answer) and self._works):
            why = f"{answer}{_REASONS.get(standing, '')}{_moved(answer)}"
        self._is_redirected = bool(why) and is_redirect(answer)
        if set(self._silent.values()) != {why}:
            self._silent = {}
        if why:
            about = "/".join(case.rule.split("/")[:_TO_FIELD]) if standing is Standing.OUTAGE else case.id
            self._silent[about] = why

    def is_absent(self, *, is_whole: bool) -> bool:
        """Whether the gateway doesn't have the operation: nothing of it was ever answered otherwise.

        Many gateways look at the key first: what they say to requests without it tells nothing of the operation. But
        one that is there may refuse by a 404 too, so that it takes a request that is to be carried out to be sure.

        Args:
            is_whole: Whether the run is over, and all that it planned for the operation was sent.
        """
        if not self._shown or not set(self._shown) <= _ABSENT:
            return False
        if len(self._shown) < _AFTER and not is_whole:
            return False
        return self._statuses <= _ABSENT or self._was_wanted or (self.is_free and len(self._shown) >= _SURE_AFTER)

    def why(self, *, is_whole: bool) -> str:
        """Why the operation's other requests are not worth sending; "" if they are."""
        if self.is_absent(is_whole=is_whole):
            told = ", ".join(f"status {status}" for status in sorted(set(self._shown)))
            return f"the gateway doesn't have this operation: {told}"
        reasons = set(self._silent.values())
        return reasons.pop() if len(self._silent) >= _AFTER and len(reasons) == 1 else ""

    @property
    def by_redirects(self) -> bool:
        """Whether redirects are the reason, and nothing that is to be carried out was sent yet."""
        return self._is_redirected and not self._was_wanted

    @property
    def is_turned_away(self) -> bool:
        """Whether the token is refused, whatever is asked."""
        return set(self._shown) == {_UNAUTHORISED}


def _moved(answer: Answer) -> str:
    """Where a redirect leads, in words; "" for another answer."""
    if not (is_redirect(answer) and "location" in answer.headers):
        return ""
    return f": the gateway redirects to {answer.headers['location']}; give its own address with --base-url"
