"""The documents that a spec transcribes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from generator.spec.model import Level

if TYPE_CHECKING:
    from generator.spec.model import Contract, Rule


@frozen
class Document:
    """One of ``x-documents``.

    Attributes:
        key: Its key there.
        page: What it is, e.g. "Venice, image edit".
        level: How certain what it says is.
        url: Its address; "" if none is known.
    """

    key: str
    page: str
    level: Level
    url: str


def documents(contract: Contract) -> dict[str, Document]:
    """The documents of a spec, by their keys, in the spec's order.

    Args:
        contract: The spec.
    """
    stated = contract.resolved.get("x-documents", {})
    return {key: Document(key, each["page"], Level(each["level"]), each.get("url", "")) for key, each in stated.items()}


def document_url(contract: Contract, rule: Rule) -> str:
    """The address of the document that a rule comes from; "" if none is known.

    Args:
        contract: The spec.
        rule: One of its rules.
    """
    stated = contract.resolved.get("x-documents", {}).get(rule.source.document, {})
    return str(stated.get("url", ""))
