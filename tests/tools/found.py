"""Tools of others that tests run. `make tools` puts them below `.tools`, in the versions of npm.txt and pip.txt."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

TOOLS: Final = Path(__file__).resolve().parents[2] / ".tools"
"""Where the tools are; no part of the project, and not of its virtual environment."""

NODE_MODULES: Final = TOOLS / "node_modules"
"""Where npm puts packages."""

_JAR = TOOLS / "python/openapi_generator_cli/openapi-generator.jar"


def npm_tool(name: str) -> str:
    """The path of a command that an npm package brings. The test is skipped where it is missing.

    Args:
        name: The command, e.g. "redocly".
    """
    local = NODE_MODULES / ".bin" / name
    if shutil.which("node") is None or not local.exists():
        pytest.skip(f"{name} is missing: install Node.js 20 or later and npm, then run `make tools`")
    return str(local)


def openapi_generator() -> list[str]:
    """The command that runs OpenAPI Generator. The test is skipped where it is missing."""
    java = shutil.which("java")
    if java is None or not _JAR.exists():
        pytest.skip("OpenAPI Generator is missing: install Java 11 or later, then run `make tools`")
    # It runs for two seconds: compiling it well and many threads to collect garbage cost more than they save.
    return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(_JAR)]
