"""Media types of foreign documents: what is text, and what each one is called."""

from __future__ import annotations

from typing import Final

from generator.spec.media_types import bare

ANY_JSON: Final = "application/json"
_SLIPS: Final = {"json": ANY_JSON, "applicationjson": ANY_JSON, "text": "text/plain"}
"""Words that people write for media types."""
_TEXTS: Final = frozenset(
    (
        "application/xml",
        "application/yaml",
        "application/x-yaml",
        "application/javascript",
        "application/graphql",
        "application/x-ndjson",
        "application/jwt",
    )
)


def plain_name(media_type: str) -> str:
    """A media type without what only says how letters are encoded; a range for a word that is none, such as "xls"."""
    name, _, parameters = media_type.partition(";")
    if "/" not in name:
        return _SLIPS.get(bare(name), "*/*")
    told = parameters.strip().lower()
    return bare(name) if not told or told.startswith("charset") else f"{bare(name)}; {parameters.strip()}"


def is_texts(media_type: str) -> bool:
    """Whether bodies of a media type are text, of whatever kind."""
    name = bare(media_type)
    return name.startswith("text/") or name in _TEXTS or name.endswith(("+xml", "+yaml"))
