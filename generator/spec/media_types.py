"""Media types of request bodies: what is JSON, what is a form, and what is a file by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

FORM: Final = "multipart/form-data"
"""The media type of forms, the only kind of multipart body there is here."""

_JSON: Final = re.compile(r"application/([a-z0-9.+-]+\+)?json")
_ANY_FILE: Final = re.compile(r"(?!multipart/|application/x-www-form-urlencoded$)[^/\s]+/[^/\s]+")


def bare(media_type: str) -> str:
    """A media type without its parameters, in lower case: ``Image/PNG; q=1`` gives ``image/png``."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether bodies of a media type are JSON."""
    return _JSON.fullmatch(bare(media_type)) is not None


def is_form(media_type: str) -> bool:
    """Whether bodies of a media type are forms."""
    return bare(media_type) == FORM


def may_be_file(media_type: str) -> bool:
    """Whether a body of a media type may be a file by itself: ``image/png``, ``image/*``, ``application/pdf``."""
    named = bare(media_type)
    return not is_json(named) and _ANY_FILE.fullmatch(named) is not None


def meant(taken: Iterable[str], stated: str) -> str | None:
    """The media type, of those that an operation takes, that a stated one means.

    Args:
        taken: As the spec has them; some may be ranges such as ``image/*``.
        stated: As a request has it.

    Returns:
        The same one if it is taken, else the narrowest range that holds it; None if it isn't taken.
    """
    named = bare(stated)
    if "*" in named:
        return None  # a range says nothing of what was sent
    wanted = (named, f"{named.partition('/')[0]}/*", "*/*")
    by_name = {bare(media_type): media_type for media_type in taken}
    return next((by_name[name] for name in wanted if name in by_name), None)
