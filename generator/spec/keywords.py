"""The vocabulary: which keywords state rules, which only describe, and what our own `x-` keywords may hold.

A keyword that is in none of these tables is one that nobody honours, and so an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.spec.field_roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.spec.model import Json

ASSERTIONS = (
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "anyOf",
    "oneOf",
    "not",
    "x-total-pixels",
    "x-image",
)
"""Keywords of a schema that are each one rule, in the order in which rules are listed.

`required` and `additionalProperties: false` are rules as well; they are listed by name, apart.
"""

STRUCTURE = ("properties", "required", "items", "additionalProperties", "allOf", "if", "then", "else", "$ref")
"""Keywords that say where other keywords apply."""

ANNOTATIONS = (
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "format",
    "discriminator",
    "externalDocs",
    "$comment",
    "contentMediaType",
    "contentEncoding",
)
"""Keywords that describe and allow everything."""

_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^https?://[^/?#\\s]"}
_POINTER = {"type": "string", "pattern": "^(/[^/]+)+$"}
_COUNT = {"type": "integer", "minimum": 0}
_SOURCE_PARTS = {
    "document": _TEXT,
    "field": {"type": "string"},
    "level": {"enum": ["documented", "published", "assumed"]},
}
_FORMS = {"type": "array", "minItems": 1, "items": {"enum": ["url", "base64", "data-uri", "file"]}}

EXTENSIONS: Mapping[str, Mapping[str, Json]] = {
    "x-documents": {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": ["page", "level"],
            "properties": {"page": _TEXT, "level": _SOURCE_PARTS["level"], "url": _ADDRESS},
            "additionalProperties": False,
        },
    },
    "x-source": {
        "type": "object",
        "minProperties": 1,
        "properties": {
            **_SOURCE_PARTS,
            "keywords": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "minProperties": 1,
                    "properties": _SOURCE_PARTS,
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
    },
    "x-shape": {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string", "pattern": "^[a-z][a-z0-9-]*$"}, "present": _TEXT},
        "additionalProperties": False,
    },
    "x-total-pixels": {
        "type": "object",
        "minProperties": 1,
        "properties": {"minimum": _COUNT, "maximum": _COUNT},
        "additionalProperties": False,
    },
    "x-image": {
        "type": "object",
        "required": ["forms"],
        "properties": {
            "forms": _FORMS,
            "minPixels": _COUNT,
            "maxPixels": _COUNT,
            "maxBytes": _COUNT,
            "probeBytes": {"type": "array", "minItems": 2, "maxItems": 2, "items": _COUNT},
        },
        "additionalProperties": False,
    },
    "x-upstream": _POINTER,
    "x-upstream-constants": {"type": "object", "propertyNames": _POINTER},
    "x-upstream-answer": _POINTER,
    "x-image-from": {
        "type": "object",
        "required": ["url", "base64"],
        "properties": {"url": _TEXT, "base64": _TEXT},
        "additionalProperties": False,
    },
    "x-result-url": {
        "type": "object",
        "required": ["lifetime", "credentials"],
        "properties": {"lifetime": _COUNT, "credentials": {"type": "boolean"}},
        "additionalProperties": False,
    },
    "x-default-from": {
        "type": "object",
        "required": ["property", "values"],
        "properties": {"property": _TEXT, "values": {"type": "object"}},
        "additionalProperties": False,
    },
    "x-known-values": {"type": "array", "minItems": 1, "items": {"type": "string"}, "uniqueItems": True},
    "x-unit": {"enum": ["seconds"]},
    "x-echoes": {"enum": [role.value for role in Role]},
    "x-foreign-values": {"type": "array", "minItems": 1, "items": {"type": "string"}, "uniqueItems": True},
    "x-model-list": {
        "type": "object",
        "required": ["items", "id"],
        "properties": {
            "items": _POINTER,
            "id": _POINTER,
            "query": {"type": "object", "additionalProperties": {"type": "string"}},
            "price": _POINTER,
            "limits": {
                "type": "object",
                "propertyNames": {"enum": [role.value for role in Role]},
                "additionalProperties": _POINTER,
            },
        },
        "additionalProperties": False,
    },
    "x-varies-by-model": {"enum": ["accepts", "ignores"]},
    "x-replaced-by": _TEXT,
    "x-role": {"enum": [role.value for role in Role]},
    "x-part-aliases": {"type": "array", "minItems": 1, "items": _TEXT},
    "x-environment": {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"},
    "x-credential": {"enum": ["key", "wallet"]},
    "x-deprecated": {"type": "boolean"},
    "x-error-code": _TEXT,
    "x-for-credentials": {"type": "array", "minItems": 1, "uniqueItems": True, "items": _TEXT},
}
"""Our own keywords, and the schema of each one's value."""

EXTENSION_PLACES: Mapping[str, tuple[str, ...]] = {
    "x-documents": ("document",),
    "x-source": ("operation", "request body", "parameter", "response", "header", "schema", "security scheme"),
    "x-environment": ("server", "security scheme"),
    "x-credential": ("security scheme",),
    "x-deprecated": ("security scheme",),
    "x-error-code": ("response",),
    "x-for-credentials": ("response",),
    "x-model-list": ("operation",),
    "x-echoes": ("header",),
}
"""Where our own keywords are read; in schemas, for those that are not listed."""

UPSTREAM = ("x-upstream", "x-upstream-constants", "x-upstream-answer")
"""The keywords about the gateway's own request to the model provider."""

SOURCED = frozenset((*ASSERTIONS, "required", "additionalProperties", "content", "security", *UPSTREAM))
"""The keywords that state rules, and so have a source; of those about the upstream, conformance makes rules."""

SCHEMA_KEYWORDS = frozenset((*ASSERTIONS, *STRUCTURE, *ANNOTATIONS))
"""Every keyword of a Schema Object that is honoured, our own apart."""
