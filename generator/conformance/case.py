"""One request to send, and what must come of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from generator.conformance.sending import Request
    from generator.spec import Level, Shape


class Expectation(StrEnum):
    """What must come of a request."""

    CARRIED_OUT = "carried out"
    """It is answered 2xx."""
    REFUSED = "refused"
    """It is answered with a status that finds fault with it."""
    UNAUTHORISED = "refused for want of credentials"
    """It isn't carried out; the status should ask for credentials, or for payment where that is documented."""
    OPEN = "open"
    """No document tells. It is judged by what comes if it is carried out; but the gateway mustn't fail."""


@frozen
class Case:
    """One request and what must come of it.

    Attributes:
        id: Unique in its spec, and the same in each run: the rule's id and what is tried, e.g.
            ``generateImages/prompt/n/maximum: n: 7``.
        operation: The operationId.
        rule: The id of the rule, or of the behaviour, that it is about.
        level: How certain the expectation is.
        source: The document that it rests on.
        expectation: What must come of it.
        note: What the request is about, e.g. "n: 7".
        request: The request.
        shape: The request shape, by which what comes back is judged; None without a body.
        images: How many images it asks for, where it is carried out.
    """

    id: str
    operation: str
    rule: str
    level: Level
    source: str
    expectation: Expectation
    note: str
    request: Request
    shape: Shape | None
    images: int = 1

    @property
    def may_be_billed(self) -> bool:
        """Whether it may rightly be carried out, and is billed then."""
        return self.request.is_billable and self.expectation in {Expectation.CARRIED_OUT, Expectation.OPEN}
