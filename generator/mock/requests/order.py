"""A right request, ready to be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define, field

from generator.mock.storage.belongings import Belongings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from generator.mock.json_text import JsonText
    from generator.mock.requests.wishes import Wish
    from generator.spec.model import Json


@define
class Order:
    """A right request, ready to be answered.

    Attributes:
        wish: What it asks for; None for an operation without a body.
        parameters: Its parameters outside of the body.
        upstream: What a gateway would have sent to the model provider; None if the spec doesn't say.
        request_id: The request's id.
        base_url: Where the mock was reached, e.g. ``http://127.0.0.1:8000``.
        remaining: What the caller's account holds after this, in US dollars; None where nobody pays.
        violation: Whether the images count as offending, so that safe mode blurs them.
        images: The paths of the images that are kept for it, once the answer is made.
        belongings: What is to be kept with the request.
    """

    wish: Wish | None
    parameters: Mapping[str, Json]
    upstream: JsonText | None
    request_id: str
    base_url: str
    remaining: Decimal | None = None
    violation: bool = False
    images: list[str] = field(factory=list)
    belongings: Belongings = field(factory=Belongings, repr=False)

    @property
    def is_blurred(self) -> bool:
        """Whether safe mode blurs the images."""
        return self.violation and self.wish is not None and self.wish.is_safe
