"""The cases about credentials: none, wrong ones, the right ones, and a wallet's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.conformance.case import Expectation
from generator.conformance.cases.making import Maker, request_of
from generator.conformance.sending import Credentials
from generator.spec import Level, Place
from generator.spec.boundary import base_body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.conformance.case import Case
    from generator.conformance.sending import Request
    from generator.spec import Contract, Operation, Rule, SecurityScheme, Shape

_PAYMENT_REQUIRED = "402"


def credential_cases(contract: Contract, operation: Operation, shape: Shape | None, *, wallet: bool) -> Iterator[Case]:
    """Cases with the key, without it, with a made-up one, and with a wallet's proof.

    Args:
        contract: The spec.
        operation: The operation.
        shape: The shape of the request; None without a body.
        wallet: Whether there is a wallet that can pay.
    """
    request = request_of(operation, shape, base_body(operation, shape) if shape else None)
    schemes = [contract.security_schemes[name] for names in operation.security for name in names]
    for rule in operation.rules:
        if rule.place is Place.CREDENTIALS and rule.keyword == "security":
            made = _Cases(Maker(operation, shape), rule, request)
            yield from made.keys(schemes)
            for scheme in schemes:
                if scheme.credential == "wallet":
                    yield from made.wallets(scheme, can_pay=wallet)


def no_credential_cases(operation: Operation, shape: Shape) -> Iterator[Case]:
    """The case without credentials for another shape, which other code may read."""
    for rule in operation.rules:
        if rule.place is Place.CREDENTIALS and rule.keyword == "security" and () not in operation.security:
            request = request_of(operation, shape, base_body(operation, shape))
            nothing = evolve(request, credentials=Credentials.NONE)
            note = f"{Credentials.NONE.value}, {shape.name}"
            yield Maker(operation, shape).of_rule(rule, Expectation.UNAUTHORISED, note, nothing)


def optional_credential_cases(operation: Operation, shape: Shape | None) -> Iterator[Case]:
    """The cases without credentials and with a made-up key, where none are wanted but some are taken.

    Args:
        operation: The operation.
        shape: The shape of the request; None without a body.
    """
    if not {()} < set(operation.security) or not operation.rules:
        return
    request = request_of(operation, shape, base_body(operation, shape) if shape else None)
    # What is wrong may be passed over where nothing is wanted. If it isn't, the refusal tells of its own form.
    for shows, expectation in ((Credentials.NONE, Expectation.CARRIED_OUT), (Credentials.WRONG, Expectation.OPEN)):
        place = f"{shape.name}/call" if shape else "call"
        other = evolve(request, credentials=shows)
        made = Maker(operation, shape)
        yield made.of_behaviour(place, expectation, f"a plain call, {shows.value}", other, rule=operation.rules[0])


def status_rule(operation: Operation) -> str:
    """The id of what is said of the status that a request without credentials is answered with."""
    return f"{operation.id}/credentials/status"


@frozen
class _Cases:
    maker: Maker
    rule: Rule
    request: Request

    def keys(self, schemes: list[SecurityScheme]) -> Iterator[Case]:
        if () not in self.maker.operation.security:
            yield self._without(Credentials.NONE)
            yield self._without(Credentials.WRONG)
            yield self._without(Credentials.LONGER)
            if any(scheme.kind == "bearer" for scheme in schemes):
                # Whether that is an unknown token or a header that can't be read, no page says: the status is free.
                yield self._without(Credentials.EMPTY, note=f"{Credentials.EMPTY.value} in it")
                # The right key, but not after the word that is documented. A lenient gateway takes it.
                yield self._without(Credentials.OTHER_SCHEME, level=Level.ASSUMED)
        yield self.maker.of_rule(self.rule, Expectation.CARRIED_OUT, "the token", self.request)

    def wallets(self, scheme: SecurityScheme, *, can_pay: bool) -> Iterator[Case]:
        # That there are proofs is documented; what they look like, and so what is none, is published elsewhere.
        yield self._without(Credentials.NO_PROOF, scheme, level=Level.PUBLISHED)
        if can_pay:
            yield self._behaviour("signs-in", scheme, Credentials.WALLET, Expectation.CARRIED_OUT)
        if any(answer.status == _PAYMENT_REQUIRED for answer in self.maker.operation.answers):
            yield self._behaviour("tells-how-to-pay", scheme, Credentials.EMPTY_WALLET, Expectation.OPEN)

    def _without(
        self,
        shows: Credentials,
        scheme: SecurityScheme | None = None,
        *,
        level: Level | None = None,
        note: str = "",
    ) -> Case:
        note = note or (f"{shows.value} in {scheme.header}" if scheme else shows.value)
        wrong = evolve(self.request, credentials=shows, scheme=scheme.name if scheme else "")
        return self.maker.of_rule(self.rule, Expectation.UNAUTHORISED, note, wrong, level=level)

    def _behaviour(self, behaviour: str, scheme: SecurityScheme, shows: Credentials, expectation: Expectation) -> Case:
        place = f"credentials/{scheme.header}/{behaviour}"
        request = evolve(self.request, credentials=shows, scheme=scheme.name)
        return self.maker.of_behaviour(place, expectation, shows.value, request, rule=self.rule)
