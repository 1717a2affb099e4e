"""Small documents of somebody else's making, adapted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from generator.spec.foreign import Foreign, load_foreign

if TYPE_CHECKING:
    from pathlib import Path

Adapt = Callable[..., Foreign]
Schemas = Callable[..., Any]


def document(**parts: Any) -> dict[str, Any]:
    """A document with what is given, and whatever it needs besides."""
    return {"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, **parts}


@pytest.fixture
def adapt(tmp_path: Path) -> Adapt:
    """Adapt a document: its parts as arguments, files beside it by their names."""

    def adapt_it(*, files: dict[str, Any] | None = None, answers: bool = False, **parts: Any) -> Foreign:
        for name, content in (files or {}).items():
            place = tmp_path / "spec" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        path = tmp_path / "spec" / "pets.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(document(**parts), indent=1), encoding="utf-8")
        return load_foreign(path, "pets", answers=answers)

    return adapt_it


@pytest.fixture
def answered(adapt: Adapt) -> Schemas:
    """Adapt a schema as an answer's body: the schema, and all components."""

    def adapt_it(schema: Any, **components: Any) -> Any:
        answer = {"description": "", "content": {"application/json": {"schema": schema}}}
        found = adapt(paths={"/a": {"get": {"responses": {"200": answer}}}}, components={"schemas": components})
        data = found.contract.document.data
        node = data["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        return node, data["components"]["schemas"]

    return adapt_it


@pytest.fixture
def sent(adapt: Adapt) -> Schemas:
    """Adapt a schema as a request's body: the body's content, and what was found."""

    def adapt_it(schema: Any, media_type: str = "application/json", **components: Any) -> Any:
        body = {"required": True, "content": {media_type: {"schema": schema}}}
        operation = {"operationId": "addPet", "requestBody": body, "responses": {"200": {"description": ""}}}
        found = adapt(paths={"/a": {"post": operation}}, components={"schemas": components})
        node = found.contract.document.data["paths"]["/a"]["post"]["requestBody"]["content"]
        return node, found

    return adapt_it
