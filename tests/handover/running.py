"""Running tools of others: what they say, and that they end well."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_PATIENCE = 120  # seconds that a tool may take
_OFFLINE: Final = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
"""What keeps the tools from calling home."""


def run(command: Sequence[str], folder: Path, *, environment: Mapping[str, str] | None = None) -> str:
    """What a tool says on standard output. It must end well.

    Args:
        command: The command.
        folder: Where it runs; no configuration of another place is found from there.
        environment: More environment variables.
    """
    variables = {**os.environ, **_OFFLINE, **(environment or {})}
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False, timeout=_PATIENCE
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
