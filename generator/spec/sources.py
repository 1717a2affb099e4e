"""Which document a constraint comes from: the nearest `x-source` around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, frozen

from generator.spec.model import Level, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json


@frozen
class Provenance:
    """What is known, at one place of a spec, of where its facts come from.

    Attributes:
        documents: The spec's ``x-documents``.
        document: The document that the nearest ``x-source`` names; "" if there is none.
        field: The field it names; "" for the field's own name.
        level: The level it names; "" for the document's own.
        keywords: What it says of single keywords.
    """

    documents: Mapping[str, Mapping[str, str]]
    document: str = ""
    field: str = ""
    level: str = ""
    keywords: Mapping[str, Mapping[str, str]] = {}

    def at(self, node: Json) -> Provenance:
        """The provenance inside of a node: what it states itself, else what stands around it."""
        inherited = evolve(self, field="", keywords={})
        stated = node.get("x-source") if isinstance(node, dict) else None
        if not isinstance(stated, dict):
            return inherited
        level = stated.get("level", "" if "document" in stated else self.level)
        return evolve(
            inherited,
            document=stated.get("document", self.document),
            field=stated.get("field", ""),
            level=level,
            keywords=stated.get("keywords", {}),
        )

    def source(self, keyword: str, field: str) -> Source | None:
        """The source of one keyword.

        Args:
            keyword: The keyword at this place.
            field: How the field is named where no ``x-source`` says it.

        Returns:
            The source; None if no ``x-source`` is around, or it names a document that ``x-documents`` lacks.
        """
        own = self.keywords.get(keyword, {})
        document = own.get("document", self.document)
        known = self.documents.get(document)
        if known is None:
            return None
        level = own.get("level") or ("" if "document" in own else self.level) or known["level"]
        return Source(document, known["page"], own.get("field") or self.field or field, Level(level))
