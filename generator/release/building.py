"""Builds packages with their lock files in a folder of their own."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from generator.client import build
from generator.client.output import LOCK
from generator.digest import digest
from generator.release.hashing import digests
from generator.release.lock import TESTS, Lock, tests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.release.inputs import Inputs
    from generator.release.job import Job, Loaded
    from generator.spec import Contract


def build_and_lock(
    specs: Mapping[Job, Loaded], now: Inputs, folder: Path, tell: Callable[[str], None]
) -> Mapping[Job, Lock]:
    """Build packages, each with its lock file.

    Args:
        specs: The packages, with their specs as read.
        now: What they are made with.
        folder: An empty folder, or none yet.
        tell: Takes what is being done.

    Returns:
        What the lock files say.
    """
    if not specs:
        return {}
    tested = [job.package for job in specs if _has_tests(job)]
    build([loaded.contract for loaded in specs.values()], folder, tell, tested)
    locks = {job: _lock(job, loaded, now, folder / job.package) for job, loaded in specs.items()}
    for job, lock in locks.items():
        (folder / job.package / LOCK).write_text(lock.text(), encoding="utf-8", newline="\n")
    return locks


def resolved_digest(contract: Contract) -> str:
    """The hash of what a spec says. Comments, layout and how it is spread over files don't count."""
    said = contract.document.data
    return digest(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


def _lock(job: Job, loaded: Loaded, now: Inputs, built: Path) -> Lock:
    return Lock(
        package=job.package,
        source=job.source,
        spec={_name(path, job.spec.parent): state for path, state in loaded.files.items()},
        resolved=resolved_digest(loaded.contract),
        tools=now.tools,
        code=now.code,
        templates=now.templates,
        runtime=now.runtime,
        left_out=loaded.left_out,
        files=digests(built),
        tests=digests_beside(built),
    )


def digests_beside(package: Path) -> dict[str, str]:
    """The hash of every file of the tests that were built beside a package, by its path beside it."""
    folder = f"{TESTS}{package.name}"
    return {f"{folder}/{name}": hashed for name, hashed in digests(package.parent / folder).items()}


def _has_tests(job: Job) -> bool:
    if job.with_tests is not None:
        return job.with_tests
    return bool(tests_of(job.folder))


def _name(path: Path, folder: Path) -> str:
    """A file's path as seen from the folder, in its shortest form where no link makes that another file."""
    short = os.path.relpath(path, folder)
    is_same = os.path.realpath(folder / short) == os.path.realpath(path)
    return (short if is_same else str(path.relative_to(folder))).replace(os.sep, "/")
