"""The specs as other tools see them: files, and nothing of the project beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
import yaml

from generator.spec import openapi_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SPECS: Final = sorted(openapi_folder().glob("*.yaml"))
"""Every spec of the project."""

each_spec: Final = pytest.mark.parametrize("spec", SPECS, ids=[path.stem for path in SPECS])
"""Makes one test of each spec."""


def read(spec: Path) -> Any:
    """What a spec says, as any reader of YAML has it."""
    return yaml.safe_load(spec.read_text(encoding="utf-8"))


def written(folder: Path, content: Mapping[str, Any]) -> Path:
    """A spec in a file of its own."""
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path
