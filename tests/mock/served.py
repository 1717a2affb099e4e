"""The mock as a process of its own, as users run it, watched from outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KEY: Final = "a-key-made-up-for-tests"
ROOT: Final = Path(__file__).resolve().parents[2]
MODULE: Final = ("-m", "generator.mock")
_MB = 1_000_000
_PATIENCE = 30  # seconds that a process may take to end


@frozen
class ServedMock:
    """A mock in a process of its own.

    Attributes:
        url: Its base URL.
        host: Where it listens.
        port: Where it listens.
        process: Its process.
        log: What it says on standard error.
    """

    url: str
    host: str
    port: int
    process: subprocess.Popen[str]
    log: Path

    def megabytes(self, *, peak: bool = False) -> float:
        """The memory that is resident in the process, in millions of bytes; the most that ever was, for the peak."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(rf"^{'VmHWM' if peak else 'VmRSS'}:\s+(\d+) kB$", status, re.MULTILINE)
        assert found, status
        return int(found[1]) * 1024 / _MB


@contextmanager
def served(
    folder: Path,
    *options: str,
    program: Sequence[str] = MODULE,
    wrapper: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[ServedMock]:
    """Run a mock for the length of a `with` block. It must end well, and say nothing on the way.

    Args:
        folder: Where the process runs and writes what it has to say.
        options: More options of the command.
        program: What Python runs.
        wrapper: A command that runs Python in its turn, with its options.
        environment: More environment variables.
    """
    command = [*wrapper, sys.executable, *program, "--key", KEY, *options]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    log = folder / "mock.log"
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdout
        try:
            line = process.stdout.readline()
            address = re.search(r"listens on (http://\[?([0-9a-f.:]+?)\]?:(\d+))$", line.strip())
            assert address, line + log.read_text(encoding="utf-8")
            yield ServedMock(address[1], address[2], int(address[3]), process, log)
            assert process.poll() is None, log.read_text(encoding="utf-8")
            process.terminate()
            process.stdout.read()
            assert process.wait(_PATIENCE) == 0, log.read_text(encoding="utf-8")
        finally:
            if process.poll() is None:
                process.kill()
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said
