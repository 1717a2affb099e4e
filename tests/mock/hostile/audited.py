"""Runs the mock as ``python -m generator.mock`` does, and writes down what it opens, changes, calls and listens to.

The first argument is the file to write to, one JSON list an event; the others are the command's own.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

_CHANGES = frozenset(
    {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime",
     "shutil.rmtree", "tempfile.mkdtemp", "tempfile.mkstemp", "sqlite3.connect"}
)  # fmt: skip
_CALLS = frozenset({"socket.connect", "socket.sendto", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"})
_STARTS = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Audit the mock."""
    # Unbuffered, and opened before the audit begins, so that what is written down isn't written down again.
    log = open(sys.argv[1], "ab", buffering=0)  # noqa: SIM115, PTH123  # it stays open as long as the process lives
    inside = False

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal inside
        if inside or not _matters(event, arguments):
            return
        inside = True
        try:
            log.write(json.dumps([event, *map(_plain, _resolved(event, arguments))]).encode() + b"\n")
        finally:
            inside = False

    sys.addaudithook(audit)
    sys.argv = ["generator.mock", *sys.argv[2:]]
    runpy.run_module("generator.mock", run_name="__main__", alter_sys=True)


def _matters(event: str, arguments: tuple[Any, ...]) -> bool:
    if event == "open":
        _, mode, flags = arguments
        return bool(set(mode or "") & set("wax+")) or bool(isinstance(flags, int) and flags & _WRITING)
    return event in _CHANGES or event in _CALLS or event in _STARTS


def _resolved(event: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments, a path that is relative to an open folder made a whole one."""
    if event in {"os.remove", "os.rmdir"} and arguments[1] >= 0:
        folder = Path(f"/proc/self/fd/{arguments[1]}").readlink()
        return (folder / os.fsdecode(arguments[0]),)
    return arguments


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | os.PathLike):
        return os.fsdecode(value)
    return value if isinstance(value, str | int | float | None) else str(value)


if __name__ == "__main__":
    main()
