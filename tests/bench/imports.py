"""How long an import takes, beyond what a bare interpreter takes to start."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

from tests.bench.raw import NAME, raw_package
from tests.bench.row import Row, against_first

_ROUNDS = 15
_STATEMENTS = {
    "httpx": "import httpx",
    "this client": "import generated_client.powertokens",
    "this client, a resource in hand": "from generated_client.powertokens import PowerTokens; PowerTokens().images",
    "openai-python": "import openai",
}
_IMPORTED = """
import sys, time
started = time.perf_counter()
{statement}
print(time.perf_counter() - started)
"""


def imports() -> list[Row]:
    """The time of imports, each in a fresh interpreter."""
    with raw_package() as folder:
        raw = {"raw generator": f"sys.path.insert(0, {str(folder)!r}); from {NAME} import AuthenticatedClient"}
        measures = {name: partial(_seconds, statement) for name, statement in (_STATEMENTS | raw).items()}
        return against_first("import", measures, {"this client": "at most 1.3"}, _ROUNDS)


def _seconds(statement: str) -> float:
    """Wall seconds that a statement takes in a fresh interpreter; its start isn't counted."""
    script = _IMPORTED.format(statement=statement)
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stdout)
