"""TypeScript: types made of the specs fit the calls one would write, and find mistakes in others; the calls succeed."""

from __future__ import annotations

import base64
import io
import json
import shutil
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

from tests.handover.running import run
from tests.handover.specs import each_spec
from tests.mock.served import KEY, served
from tests.tools.found import NODE_MODULES, npm_tool

_CALLS: Final = Path(__file__).parent / "typescript"
_COMPILED: Final = {
    "strict": True,
    "noEmitOnError": True,
    "target": "es2022",
    "module": "nodenext",
    "lib": ["es2022", "dom"],
    "types": [],
    "skipLibCheck": True,  # TypeScript's own declarations of browsers take longer than all the rest
}
_NODE: Final = "declare const process: { env: Record<string, string | undefined> };\n"
"""All that the calls use of Node.js' own types."""


@each_spec
def test_types_are_made_of_the_spec_and_calls_by_them_succeed(spec: Path, tmp_path: Path) -> None:
    _compile(spec, tmp_path)
    with served(tmp_path) as mock:
        environment = {"BASE_URL": mock.url, "KEY": KEY, "PICTURE": _picture()}
        told: dict[str, Any] = json.loads(run([_node(), "calls.js"], tmp_path, environment=environment))
    assert told.pop("refused") == 400
    assert told.pop("why")
    assert told == _EXPECTED[spec.stem]


_EXPECTED: Final = {
    "powertokens": {"made": ["string", "string"], "edited": ["string"]},
    "venice": {"edited": "image/png", "prices": ["number"] * 15},
}


def _compile(spec: Path, folder: Path) -> None:
    """Types of a spec, and the calls by them, compiled."""
    # Otherwise every field with a default is one that must be given.
    run(
        [npm_tool("openapi-typescript"), str(spec), "--output", "schema.d.ts", "--default-non-nullable", "false"],
        folder,
    )
    (folder / "calls.ts").write_text((_CALLS / f"{spec.stem}.ts").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "node.d.ts").write_text(_NODE, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": _COMPILED}), encoding="utf-8")
    (folder / "node_modules").symlink_to(NODE_MODULES)
    run([npm_tool("tsc")], folder)


def _node() -> str:
    return shutil.which("node") or pytest.fail("npm_tool has found it")


def _picture() -> str:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "orange").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()
