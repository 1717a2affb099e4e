"""Says a change in a sentence, as a user of the client would."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.client.wording import phrase
from generator.release.diff.directions import without_words
from generator.release.diff.forms import forms_differ
from generator.release.diff.subjects import subject_of
from generator.spec import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.release.diff.facts import Fact
    from generator.spec import Json

_LONGEST = 160
"""Characters of a value that a sentence shows."""
_TYPES = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
    "file": "a file",
}


def sentence(old: Fact | None, new: Fact | None, *, several_shapes: bool, required: Sequence[Fact] = ()) -> str:
    """A change in words.

    Args:
        old: What was stated; None if nothing was.
        new: What is stated; None if nothing is.
        several_shapes: Whether the operation's body has several shapes, so that a field's is told.
        required: For a field that came or went: the rules that require it.
    """
    fact = new or old
    if fact is None:
        return ""
    said = _Sentence(old, new, subject_of(fact, several_shapes=several_shapes), required)
    tell = _SENTENCES.get(fact.keyword)
    text = tell(said) if tell else said.rule() if fact.source or fact.keyword == "type" else said.stated()
    return f"{text[0].upper()}{text[1:]}"


def level_sentence(old: Fact, new: Fact, *, several_shapes: bool) -> str:
    """The change of a rule's level in words."""
    levels = [each.source.level.value for each in (old, new) if each.source]
    subject = subject_of(new, several_shapes=several_shapes)
    text = f"that {subject} {_Sentence(old, new, subject, ()).asks(new)} is now {levels[-1]}, before {levels[0]}."
    return f"{text[0].upper()}{text[1:]}"


class _Sentence:
    """One change, and the ways in which it may be said."""

    def __init__(self, old: Fact | None, new: Fact | None, subject: str, required: Sequence[Fact]) -> None:
        self.old, self.new, self.subject, self.required = old, new, subject, required
        fact = new or old
        self.fact = fact
        self.in_answer = fact is not None and fact.place is Place.RESPONSE
        self.when = f" {fact.when.words}" if fact is not None and fact.when else ""

    def asks(self, fact: Fact, now: str = "") -> str:
        """What a rule asks for: "must be at most 4"."""
        if fact.keyword == "required":
            return f"{'is always there' if self.in_answer else 'must be given'}{self.when}"
        verb = f"is{now}" if self.in_answer else f"must{now} be"
        return f"{verb} {value_in_words(fact.keyword, fact.value)}{self.when}"

    def rule(self) -> str:
        """Of a rule that came, went or has another value."""
        if self.new is None and self.old is not None:
            asked = value_in_words(self.old.keyword, self.old.value)
            verb = "is not always" if self.in_answer else "need no longer be"
            return f"{self.subject} {verb} {asked}{self.when}."
        if self.new is None:
            return self.subject
        if self.old is None:
            return f"{self.subject} {self.asks(self.new, ' now')}."
        before = value_in_words(self.old.keyword, self.old.value)
        return f"{self.subject} {self.asks(self.new, ' now')}, before {before}."

    def stated(self) -> str:
        """Of what else is stated at a place."""
        name = self.fact.keyword if self.fact else ""
        told = f"`{name}` of {self.subject}"
        if self.old is None and self.new is not None:
            return f"{told} is new: {_text(self.new.value)}.{self.when}"
        if self.new is None:
            return f"{told} is gone{self.when}."
        return (
            f"{told} is now {_text(self.new.value)}, before {_text(self.old.value if self.old else None)}{self.when}."
        )

    def words_for_readers(self) -> str:
        """Of descriptions and the like, which are too long to show."""
        name = self.fact.keyword if self.fact else ""
        verb = "is new" if self.old is None else "is gone" if self.new is None else "is worded anew"
        return f"`{name}` of {self.subject} {verb}."

    def field(self) -> str:
        """Of a field that came or went."""
        if self.new is None:
            return f"{self.subject} is gone{'; it was required' if self.required and not self.in_answer else ''}."
        if not self.required:
            return f"{self.subject} is new{'; an answer may lack it' if self.in_answer else ' and optional'}."
        when = {each.when.words if each.when else "" for each in self.required}
        always = "always there" if self.in_answer else "required"
        return f"{self.subject} is new and {' and '.join(f'{always} {words}'.strip() for words in sorted(when))}."

    def required_rule(self) -> str:
        """Of a field that must be given now, or no longer."""
        if self.new is None:
            return f"{self.subject} {'may be absent now' if self.in_answer else 'may be left out now'}{self.when}."
        return f"{self.subject} {'is always there' if self.in_answer else 'must be given'} now{self.when}."

    def enum(self) -> str:
        """Of a list of values, what left and what came."""
        if self.old is None or self.new is None:
            return self.rule()
        before, after = ([_text(value) for value in each.value] for each in (self.old, self.new))
        gone, came = ([text for text in one if text not in other] for one, other in ((before, after), (after, before)))
        parts = []
        if gone:
            parts.append(f"{'is never' if self.in_answer else 'no longer takes'} {', '.join(gone)}")
        if came:
            parts.append(f"{'may now be' if self.in_answer else 'now takes'} {', '.join(came)}")
        return (
            f"{self.subject} {' and '.join(parts)}{self.when}."
            if parts
            else f"{self.subject} lists its values in another order."
        )

    def forms(self) -> str:
        """Of alternatives, what left, what came, and what moved inside."""
        if self.old is None or self.new is None:
            return self.rule()
        told = forms_differ(self.old.value, self.new.value, in_answer=self.in_answer)
        return f"{self.subject} {told or 'lists its forms in another order'}{self.when}."

    def media_type(self) -> str:
        """Of a media type that came or went."""
        named = self.fact.value if self.fact else ""
        if self.in_answer:
            return f"{self.subject} {'may now come' if self.new else 'no longer comes'} as {named}."
        return f"a body {'may now' if self.new else 'can no longer'} be sent as {named}."

    def scheme(self) -> str:
        """Of a credential that the API knows now, or no longer."""
        return f"{self.subject} is {'new' if self.new else 'gone'}."

    def shape(self) -> str:
        """Of a form of the body that came or went."""
        named = self.fact.group if self.fact else ""
        return f"the body {'may now have' if self.new else 'no longer has'} the form `{named}`."

    def answer(self) -> str:
        """Of a status that came or went."""
        return f"{self.subject} is {'documented now' if self.new else 'no longer documented'}."

    def path(self) -> str:
        """Of an operation that moved."""
        return f"it is now {_bare(self.new)}, before {_bare(self.old)}."

    def call(self) -> str:
        """Of an operation's name in the client."""
        return f"in the client it is now `client.{_bare(self.new)}`, before `client.{_bare(self.old)}`."

    def url(self) -> str:
        """Of the server's address."""
        return f"the API is now at {_bare(self.new) or 'no address of its own'}, before at {_bare(self.old) or 'none'}."

    def default(self) -> str:
        """Of what the API takes for an absent field."""
        if self.new is None:
            return f"without {self.subject}, nothing says any more what the API takes{self.when}."
        before = f", before {_text(self.old.value)}" if self.old else ""
        return f"without {self.subject}, the API takes {_text(self.new.value)} now{before}{self.when}."

    def deprecated(self) -> str:
        """Of what is on its way out."""
        return f"{self.subject} is {'deprecated' if self.new else 'no longer deprecated'}."

    def security(self) -> str:
        """Of the credentials that an operation takes."""
        return f"credentials: it takes {_alternatives(self.new)} now, before {_alternatives(self.old)}."

    def environment(self) -> str:
        """Of a variable that holds a key or a URL."""
        named = "the base URL" if self.fact and self.fact.group == "server" else self.subject
        if self.new is None:
            return f"no environment variable holds {named} any more; it was {_bare(self.old)}."
        return f"{named} is read from {_bare(self.new)} now{f', before from {_bare(self.old)}' if self.old else ''}."

    def title(self) -> str:
        """Of the API's name, which is the client class's as well; of other titles only that they differ."""
        if self.fact is None or self.fact.group != "api":
            return self.words_for_readers()
        return f"the API is now called {_bare(self.new)}, before {_bare(self.old)}."


def value_in_words(keyword: str, value: Json) -> str:
    """What a rule's value asks for, e.g. "at most 4", "a text or a list"."""
    if keyword == "type":
        names: list[str] = value if isinstance(value, list) else [value]
        return " or ".join(_TYPES.get(name, name) for name in names)
    if keyword == "additionalProperties":
        return "without any other field"
    if keyword in {"anyOf", "oneOf"}:
        forms = "; ".join(_text(without_words(form)) for form in value)
        return _short(f"of {'at least ' if keyword == 'anyOf' else ''}one of these forms: {forms}")
    if keyword == "not":
        return _short(f"nothing of the form {_text(without_words(value))}")
    if keyword == "security":
        return f"called with {_ways(value)}"
    if keyword == "dependentRequired":
        pairs = [f"`{name}` only with `{'`, `'.join(partners)}`" for name, partners in value.items()]
        return f"complete: {', '.join(pairs)}"
    if keyword in {"minProperties", "maxProperties"}:
        return f"of at {'least' if keyword == 'minProperties' else 'most'} {value} fields"
    return _short(phrase(keyword, value))


def _alternatives(fact: Fact | None) -> str:
    return _ways(fact.value if fact else [[]])


def _ways(alternatives: list[list[str]]) -> str:
    return ", or ".join(" with ".join(f"`{name}`" for name in names) or "none at all" for names in alternatives)


def _bare(fact: Fact | None) -> str:
    return str(fact.value) if fact else ""


def _text(value: Json) -> str:
    return _short(value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_SENTENCES: Mapping[str, Callable[[_Sentence], str]] = {
    "field": _Sentence.field,
    "media type": _Sentence.media_type,
    "scheme": _Sentence.scheme,
    "shape": _Sentence.shape,
    "answer": _Sentence.answer,
    "path": _Sentence.path,
    "call": _Sentence.call,
    "url": _Sentence.url,
    "default": _Sentence.default,
    "deprecated": _Sentence.deprecated,
    "x-deprecated": _Sentence.deprecated,
    "security": _Sentence.security,
    "x-environment": _Sentence.environment,
    "required": _Sentence.required_rule,
    "enum": _Sentence.enum,
    "anyOf": _Sentence.forms,
    "oneOf": _Sentence.forms,
    "title": _Sentence.title,
    "version": _Sentence.stated,
    "summary": _Sentence.words_for_readers,
    "description": _Sentence.words_for_readers,
    "example": _Sentence.words_for_readers,
    "examples": _Sentence.words_for_readers,
    "externalDocs": _Sentence.words_for_readers,
    "$comment": _Sentence.words_for_readers,
    "x-documents": _Sentence.words_for_readers,
}
