"""Whom a change of what is no rule breaks: defaults, deprecations, our own keywords, words for readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.release.diff.changes import DOCUMENTATION, NOBODY, Kind, Step, Verdict, verdict
from generator.release.diff.directions import members
from generator.spec import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.spec import Json

    Effect = Callable[[Kind, Json, Json], Verdict]

_SEEN = verdict(step=Step.MINOR)
"""Nobody breaks, and the client offers more, or says more, than before."""


def effect(keyword: str, place: Place | None, kind: Kind, old: Json, new: Json) -> Verdict:
    """Whom a change breaks of a keyword that states no rule.

    Args:
        keyword: The keyword, or what else a spec states.
        place: Which part of the exchange it is about.
        kind: What became of it.
        old: The old value.
        new: The new value.
    """
    if keyword == "default" and place is Place.RESPONSE:
        return DOCUMENTATION
    return EFFECTS[keyword](kind, old, new)


def _words(_: Kind, __: Json, ___: Json) -> Verdict:
    """Of what only readers see."""
    return DOCUMENTATION


def _nobody(_: Kind, __: Json, ___: Json) -> Verdict:
    """Of what shapes the client or the tests and no exchange."""
    return NOBODY


def _promise(kind: Kind, _: Json, __: Json) -> Verdict:
    """Of what a gateway does of its own: a new promise is its duty, and a broken one misleads who counted on it."""
    return verdict(callers=kind is not Kind.ADDED, gateways=kind is not Kind.REMOVED)


def _duty(kind: Kind, _: Json, __: Json) -> Verdict:
    """Of what a gateway does where callers don't see it."""
    return verdict(gateways=kind is not Kind.REMOVED, step=Step.PATCH)


def _role(kind: Kind, _: Json, __: Json) -> Verdict:
    """Of what a field asks for: a gateway is judged by it, and a field with another role is another field."""
    return verdict(callers=kind is Kind.CHANGED, gateways=kind is not Kind.REMOVED)


def _agreed(_: Kind, __: Json, ___: Json) -> Verdict:
    """Of what both sides have to do in the same way."""
    return verdict(callers=True, gateways=True)


def _counted_on(kind: Kind, _: Json, __: Json) -> Verdict:
    """Of names that a user's environment or program holds."""
    return _SEEN if kind is Kind.ADDED else verdict(callers=True)


def _deprecation(_: Kind, __: Json, new: Json) -> Verdict:
    return _SEEN if new else NOBODY


def _looser_by_model(kind: Kind, _: Json, __: Json) -> Verdict:
    """Of `x-varies-by-model`, which frees a gateway of some duty."""
    return verdict(callers=kind is not Kind.REMOVED, gateways=kind is not Kind.ADDED)


def _taken_too(_: Kind, old: Json, new: Json) -> Verdict:
    """Of a list of what is taken besides."""
    tighter, looser = members(old or (), new or ())
    return verdict(callers=tighter, gateways=looser)


def _promised_to(_: Kind, old: Json, new: Json) -> Verdict:
    """Of those to whom an answer is promised: to all, where none are named."""
    return verdict(
        callers=bool(new) and not (old and set(old) <= set(new)),
        gateways=bool(old) and not (new and set(new) <= set(old)),
    )


def _offered(_: Kind, __: Json, new: Json) -> Verdict:
    """Of values to offer: any other is taken as well."""
    return _SEEN if new else NOBODY


def _result_url(kind: Kind, old: Json, new: Json) -> Verdict:
    if kind is not Kind.CHANGED:
        return _promise(kind, old, new)
    longer, shorter = new["lifetime"] > old["lifetime"], new["lifetime"] < old["lifetime"]
    opened, closed = old["credentials"] > new["credentials"], old["credentials"] < new["credentials"]
    return verdict(callers=shorter or closed, gateways=longer or opened)


def _url(kind: Kind, old: Json, _: Json) -> Verdict:
    """Of the address that a client calls where its user names none."""
    return verdict(callers=kind is Kind.CHANGED and bool(old), step=Step.MINOR)


EFFECTS: Mapping[str, Effect] = {
    # Words for readers.
    "title": _words,
    "description": _words,
    "summary": _words,
    "example": _words,
    "examples": _words,
    "externalDocs": _words,
    "$comment": _words,
    "version": _words,
    "source": _words,
    "x-source": _words,
    "x-documents": _words,
    # What shapes the client or the tests.
    "format": _nobody,
    "readOnly": _nobody,
    "writeOnly": _nobody,
    "discriminator": _nobody,
    "contentMediaType": _nobody,
    "contentEncoding": _nobody,
    "x-foreign-values": _nobody,
    "x-replaced-by": _nobody,
    "x-known-values": _offered,
    "deprecated": _deprecation,
    "x-deprecated": _deprecation,
    # What a gateway does.
    "default": _promise,
    "x-default-from": _promise,
    "x-image-from": _promise,
    "x-result-url": _result_url,
    "x-unit": _promise,
    "x-echoes": _promise,
    "x-model-list": _promise,
    "x-error-code": _promise,
    "x-for-credentials": _promised_to,
    "x-varies-by-model": _looser_by_model,
    "x-part-aliases": _taken_too,
    "x-role": _role,
    "x-upstream": _duty,
    "x-upstream-constants": _duty,
    "x-upstream-answer": _duty,
    # What both sides agree on.
    "x-shape": _agreed,
    "x-credential": _agreed,
    "credential": _agreed,
    "path": _agreed,
    "style": _agreed,
    # What a program or its environment holds.
    "x-environment": _counted_on,
    "call": _counted_on,
    "url": _url,
}
"""By keyword. Told by facts alone: path, style, call, url, credential, version, source."""

STATED = EFFECTS.keys() - {"version", "source", "x-source", "x-shape", "credential", "path", "style", "call", "url"}
"""The keywords that are looked for in schemas and headers."""
