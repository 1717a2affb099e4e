"""What a run will send, in which order, and what it may cost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import field, frozen

from generator.conformance.case import Case, Expectation
from generator.conformance.cases import NOTHING, Told, cases_of
from generator.conformance.importance import most_important
from generator.conformance.sending import Credentials
from generator.spec import Level
from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from generator.conformance.sending import Request
    from generator.conformance.settings import Settings
    from generator.spec import Contract, Json, Operation

_TIERS = {"1K": 1024, "2K": 2048, "4K": 4096}
"""The side of a tier's square, in pixels: nearly, for the order of requests alone."""
MISTAKES = 20
"""How many requests may be carried out, besides, that a page says are refused: to find them is what a run is for."""
_UPSTREAM_ALLOWANCE = 10
"""How many requests may be carried out to tell which of several fields the gateway fails to forward."""
_SEARCH_ALLOWANCE = 25
"""How many requests of the search may be carried out, at most."""


@frozen
class Group:
    """One request, sent once, with every case that it is the request of.

    Attributes:
        request: The request.
        cases: Its cases.
        pixels: How many pixels it asks for, roughly.
    """

    request: Request
    cases: tuple[Case, ...]
    pixels: int = 0

    @property
    def is_to_be_billed(self) -> bool:
        """Whether it may rightly be carried out, and is billed then."""
        empty_handed = self.request.credentials is Credentials.EMPTY_WALLET
        return not empty_handed and any(case.may_be_billed for case in self.cases)

    @property
    def may_be_billed(self) -> bool:
        """Whether it may be carried out, and billed, by a gateway that does what its documents say.

        What only a publication elsewhere or custom has refused, a gateway may rightly take.
        """
        wanted = self.expectation in {Expectation.REFUSED, Expectation.UNAUTHORISED}
        refused = wanted and self.request.is_billable and self.request.raw is None
        # No document says that a new wallet holds nothing.
        is_open = self.expectation is Expectation.OPEN and self.request.is_billable
        return (
            self.is_to_be_billed
            or is_open
            or (refused and all(case.level is not Level.DOCUMENTED for case in self.cases))
        )

    @property
    def is_plain(self) -> bool:
        """Whether it has what is required and nothing more."""
        return any(case.rule.endswith("/call") for case in self.cases)

    @property
    def expectation(self) -> Expectation:
        """What must come of it."""
        return self.cases[0].expectation

    @property
    def images(self) -> int:
        """How many images it asks for."""
        return max(case.images for case in self.cases)


@frozen
class Plan:
    """What a run will send.

    Attributes:
        free: The requests that cost nothing at a gateway that is right, in order: those that must be refused.
        unsure: The requests that should be refused, though no page says so, in order.
        paid: The requests that are to be carried out, in order, those before others that more hangs on.
        dropped: The requests that there is no money for.
        upstream: How many requests may be carried out beyond these, to see what goes upstream.
        search: How many may be carried out beyond these by the search.
        limit: How many requests may be carried out that may be billed; None for as many as the gateway takes.
        usd: What they may cost, in US dollars; None where nothing tells.
        left_out: What is not tested, in words.
        no_billable: Whether nothing is sent that may rightly be billed.
    """

    free: tuple[Group, ...] = ()
    unsure: tuple[Group, ...] = ()
    paid: tuple[Group, ...] = ()
    dropped: tuple[Group, ...] = field(default=(), repr=False)
    upstream: int = 0
    search: int = 0
    limit: int | None = 0
    usd: float | None = None
    left_out: tuple[str, ...] = ()
    no_billable: bool = False

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every case that is sent."""
        return tuple(case for group in (*self.free, *self.unsure, *self.paid) for case in group.cases)

    @property
    def requests(self) -> int:
        """How many requests are sent, if each is answered at once."""
        return len(self.free) + len(self.unsure) + len(self.paid)

    @property
    def billable(self) -> int:
        """How many of them are to be carried out and billed."""
        return len(self.paid)

    @property
    def _planned(self) -> int:
        return len(self.paid) + len(self.unsure) + self.upstream + self.search

    @property
    def images(self) -> int:
        """How many images those ask for."""
        return sum(group.images for group in self.paid)

    def __str__(self) -> str:
        lines = [f"{self.requests} requests for {len(self.cases)} cases."]
        if self.no_billable:
            lines.append("None of them is to be carried out that may be billed.")
        else:
            price = f", about {self.usd:.2f} US dollars as the models list tells" if self.usd is not None else ""
            lines.append(f"{self.billable} are to be carried out and may be billed: {self.images} images{price}.")
            lines.append(
                f"{len(self.unsure)} more should be refused, though no page says so; if not, they may be billed."
            )
        if self.upstream:
            lines.append(f"{self.upstream} more may be carried out to see what goes upstream.")
        if self.search:
            lines.append(f"{self.search} more may be carried out by the search.")
        if self.limit is not None:
            slips = f", {MISTAKES} of them by mistake" if self.limit == self._planned + MISTAKES else ""
            lines.append(f"The run ends before more than {self.limit} are billed{slips}, whatever the gateway takes.")
        if self.dropped:
            why = "they may be billed" if self.no_billable else "they would cost more than --max-billable allows"
            lines.append(f"{len(self.dropped)} more are left out: {why}.")
        lines += [f"Not tested: {body}, which is a file by itself." for body in self.left_out]
        return "\n".join(lines)


def make_plan(contract: Contract, settings: Settings, told: Told = NOTHING) -> Plan:
    """What a run of these settings will send.

    Args:
        contract: The spec.
        settings: What to judge, and what it may cost.
        told: What the gateway tells of the model that is asked.
    """
    chosen = operations_of(contract, settings.operations)
    cases = [
        case
        for each in chosen
        for case in cases_of(contract, each, told, wallet=settings.wallet is not None, image_url=settings.image_url)
    ]
    groups = _groups(cases)
    free = [group for group in groups if not group.may_be_billed]
    billed = [group for group in groups if group.may_be_billed]
    no_billable = settings.no_billable or settings.max_billable == 0
    kept = most_important(billed, 0 if no_billable else settings.max_billable)
    paid = [group for group in kept if group.is_to_be_billed]
    upstream = 0 if no_billable else _upstream_requests(contract, settings)
    search = 0 if no_billable else _search_requests(settings)
    left_out = [f"{each.id} with a body of {one.media_type}" for each in chosen for one in each.shapes if one.is_file]
    kept_ones = {id(group) for group in kept}
    return Plan(
        free=tuple(sorted(free, key=_urgency)),
        unsure=tuple(sorted((group for group in kept if not group.is_to_be_billed), key=_urgency)),
        paid=tuple(sorted(paid, key=_cost)),
        dropped=tuple(group for group in billed if id(group) not in kept_ones),
        upstream=upstream,
        search=search,
        limit=_limit(settings, len(kept) + upstream + search, no_billable=no_billable),
        usd=None if told.usd is None else told.usd * len(paid),
        left_out=tuple(left_out),
        no_billable=no_billable,
    )


def _limit(settings: Settings, planned: int, *, no_billable: bool) -> int | None:
    if no_billable and settings.keep_going:
        return settings.max_billable
    if no_billable:
        return 1
    limit = planned + MISTAKES
    return limit if settings.max_billable is None else min(limit, settings.max_billable)


def _search_requests(settings: Settings) -> int:
    return _SEARCH_ALLOWANCE if settings.fuzz_seconds > 0 or settings.fuzz_requests > 0 else 0


def _upstream_requests(contract: Contract, settings: Settings) -> int:
    if settings.upstream_port is None:
        return 0
    # Late, as most runs play no provider.
    from generator.conformance.upstream import upstream_cases  # noqa: PLC0415

    return _UPSTREAM_ALLOWANCE + sum(
        1
        for each in upstream_cases(contract)
        if settings.operations is None or each.case.operation in settings.operations
    )


def operations_of(contract: Contract, chosen: Collection[str] | None) -> Sequence[Operation]:
    """The operations that are judged, those first that are free of charge."""
    found = [each for each in contract.operations if chosen is None or each.id in chosen]
    return sorted(found, key=lambda each: each.method != "GET")


def _groups(cases: Iterable[Case]) -> list[Group]:
    found: dict[tuple[bytes, Expectation], list[Case]] = {}
    for case in cases:
        found.setdefault((case.request.digest(), case.expectation), []).append(case)
    merged: dict[bytes, list[Case]] = {}
    # One request may be certain for one rule and open for another: the certain comes first, and is what is expected.
    for (digest, _), each in sorted(found.items(), key=lambda item: item[0][1] is Expectation.OPEN):
        merged.setdefault(digest, []).extend(each)
    return [Group(each[0].request, tuple(each), _pixels(each[0])) for each in merged.values()]


def _urgency(group: Group) -> tuple[int, int]:
    """What tells most comes first: whether anybody is there, whether the key is taken."""
    order = (Expectation.CARRIED_OUT, Expectation.UNAUTHORISED, Expectation.REFUSED, Expectation.OPEN)
    return order.index(group.expectation), _size(group)


def _cost(group: Group) -> tuple[bool, int, int]:
    """Plain requests come first, for the others hang on them; then small images before large."""
    return not group.is_plain, group.pixels * group.images, _size(group)


def _pixels(case: Case) -> int:
    body = case.request.body
    if case.shape is None or not isinstance(body, dict):
        return _TIERS["1K"] ** 2
    for role in (Role.SIZE, Role.TIER):
        value = body.get(field_of(case.shape.schema, role) or "")
        if isinstance(value, str) and value in _TIERS:
            return _TIERS[value] ** 2
        if isinstance(value, str) and (sides := re.fullmatch(r"([0-9]+)\*([0-9]+)", value)):
            return int(sides[1]) * int(sides[2])
    return _TIERS["1K"] ** 2


def _size(group: Group) -> int:
    """Roughly how many bytes a request's body has."""
    return _weight(group.request.body if group.request.raw is None else group.request.raw)


def _weight(value: Json) -> int:
    if isinstance(value, dict):
        return sum(len(name) + _weight(item) for name, item in value.items())
    if isinstance(value, list):
        return sum(_weight(item) for item in value)
    return len(value) if isinstance(value, str | bytes) else 1
