"""What a mapping outside of schemas is, told from its place: an operation, a response, a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.places import Kind

if TYPE_CHECKING:
    from generator.spec.document import Pointer

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The keys of a Path Item that are operations."""

_BY_KEY = {"requestBody": "request body", "paths": "paths", "components": "components"}
_BY_HOLDER = {
    "servers": "server",
    "securitySchemes": "security scheme",
    "parameters": "parameter",
    "requestBodies": "request body",
    "responses": "response",
    "headers": "header",
    "content": "media type",
    "encoding": "encoding",
    "examples": "example",
    "paths": "path",
}


def role(at: Pointer, kind: Kind) -> str:
    """What stands at a place.

    Args:
        at: The place.
        kind: What sort of mapping it is.

    Returns:
        "document", "schema", "operation", "response" and so on; "names" for a map whose keys the author chose; "" for
        anything else.
    """
    if kind is Kind.SCHEMA:
        return "schema"
    if kind is Kind.NAMES:
        return "names"
    if not at:
        return "document"
    if len(at) == 3 and at[0] == "paths" and at[2] in METHODS:  # noqa: PLR2004  paths, path, method
        return "operation"
    held = _BY_HOLDER.get(str(at[-2])) if len(at) > 1 else None
    return held or _BY_KEY.get(str(at[-1]), "")
