"""A conformance run knows a gateway by its URL alone: it can't see the mock, nor the client."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import generator.conformance

FOLDER = Path(generator.conformance.__file__).parent
ALLOWED = ("generator.conformance", "generator.spec")


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.py")), ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_module_imports_more_of_the_house_than_the_spec(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name for name in imported if name.split(".")[0] in {"generator", "generated_client", "tests"}}
    assert {name for name in ours if not f"{name}.".startswith(tuple(f"{each}." for each in ALLOWED))} == set()


def test_a_run_loads_neither_the_mock_nor_the_client() -> None:
    script = """
import sys
from generator.conformance import Settings, run
from generator.conformance.command import conformance
from generator.spec import load_all
import httpx
def refuse(request): return httpx.Response(400, json={"error": {"message": "no"}})
settings = Settings(base_url="https://a.example", token="key", max_billable=1)
run(load_all()[0], settings, transport=httpx.MockTransport(refuse))
print(*[name for name in sys.modules if name.startswith(("generator.mock", "generator.client", "generated_client"))])
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
