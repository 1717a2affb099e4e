"""What has moved since a package was generated, told from its lock file by hashing alone."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import frozen

from generator.client.output import LOCK
from generator.digest import state_of
from generator.release.hashing import digest_of_file, digests
from generator.release.lock import EditedLockError, LockError, MissingLockError, read_lock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from generator.release.inputs import Inputs
    from generator.release.job import Job
    from generator.release.lock import Lock


_HASH: Final = re.compile("[0-9a-f]{64}")


class Cause(StrEnum):
    """Why what is there may not be what would be generated."""

    PACKAGE_MISSING = "package-missing"
    PACKAGE_LEFT = "package-left"
    LOCK_MISSING = "lock-missing"
    LOCK_DAMAGED = "lock-damaged"
    LOCK_EDITED = "lock-edited"
    LOCK_OF_ANOTHER = "lock-of-another"
    SPEC_EDITED = "spec-edited"
    SPEC_FILE_MISSING = "spec-file-missing"
    TOOL_CHANGED = "tool-changed"
    CODE_CHANGED = "code-changed"
    TEMPLATES_CHANGED = "templates-changed"
    RUNTIME_CHANGED = "runtime-changed"
    TESTS_CHANGED = "tests-changed"
    FILE_EDITED = "file-edited"
    FILE_REMOVED = "file-removed"
    FILE_ADDED = "file-added"
    OUTPUT_DIFFERS = "output-differs"
    PAGE_MISSING = "page-missing"
    PAGE_EDITED = "page-edited"
    PAGE_OUTDATED = "page-outdated"


@frozen
class Moved:
    """One thing that has moved.

    Attributes:
        cause: What happened.
        what: To what it happened: a file, or a tool with its versions.
        package: The package it is about; "" if it is the table of rules.
    """

    cause: Cause
    what: str
    package: str


def moved(job: Job, now: Inputs) -> list[Moved]:
    """What has moved since a package was generated.

    Args:
        job: The package.
        now: What it would be made with now.

    Returns:
        What the hashes tell. A spec whose text alone has changed, comments or layout, is among them.

    Raises:
        UnreadableError: A file can't be read.
    """
    if not job.folder.is_dir():
        return [Moved(Cause.PACKAGE_MISSING, str(job.folder), job.package)]
    try:
        lock = read_lock(job.folder)
    except MissingLockError:
        return [Moved(Cause.LOCK_MISSING, str(job.folder / LOCK), job.package)]
    except EditedLockError:
        return [Moved(Cause.LOCK_EDITED, str(job.folder / LOCK), job.package)]
    except LockError:
        return [Moved(Cause.LOCK_DAMAGED, str(job.folder / LOCK), job.package)]
    if lock.package != job.package:
        return [Moved(Cause.LOCK_OF_ANOTHER, str(job.folder / LOCK), job.package)]
    found = [*_inputs(job, lock, now), *_output(job.folder, lock)]
    return [Moved(cause, what, job.package) for cause, what in found]


def _inputs(job: Job, lock: Lock, now: Inputs) -> Iterator[tuple[Cause, str]]:
    yield from _spec(job.spec, lock.spec)
    if job.with_tests not in {None, bool(lock.tests)}:
        yield Cause.TESTS_CHANGED, f"generated {'with' if lock.tests else 'without'} tests beside it"
    for name in sorted(lock.tools.keys() | now.tools.keys()):
        before, after = lock.tools.get(name, "none"), now.tools.get(name, "none")
        if before != after:
            yield Cause.TOOL_CHANGED, f"{name} {before}, now {after}"
    if lock.templates != now.templates:
        yield Cause.TEMPLATES_CHANGED, "the templates that the package was made with"
    if lock.runtime != now.runtime:
        yield Cause.RUNTIME_CHANGED, "the runtime that is copied into the package"
    if lock.code != now.code:
        yield Cause.CODE_CHANGED, "the generator's own code"


def _spec(spec: Path, files: Mapping[str, str]) -> Iterator[tuple[Cause, str]]:
    main = next(iter(files))
    if spec.name != main:
        yield Cause.SPEC_EDITED, f"{spec}, which was {main}"
    for name, before in files.items():
        path = spec if name == main else spec.parent / name
        now = state_of(path, None if name == main else spec.parent.resolve())
        if now == before:
            continue
        if not _HASH.fullmatch(before):
            yield Cause.SPEC_EDITED, f"{path}, which could not be read before"
        elif _HASH.fullmatch(now):
            yield Cause.SPEC_EDITED, str(path)
        else:
            yield Cause.SPEC_FILE_MISSING, str(path)


def _output(folder: Path, lock: Lock) -> Iterator[tuple[Cause, str]]:
    there = {name: hashed for name, hashed in digests(folder).items() if name != LOCK}
    yield from _files(folder, there, lock.files)
    beside = {name: folder.parent / name for name in lock.tests}
    tests = {name: digest_of_file(path) for name, path in beside.items() if path.is_symlink() or path.is_file()}
    yield from _files(folder.parent, tests, lock.tests)


def _files(folder: Path, there: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[tuple[Cause, str]]:
    for name in sorted(there.keys() | wanted.keys()):
        if name not in there:
            yield Cause.FILE_REMOVED, str(folder / name)
        elif name not in wanted:
            yield Cause.FILE_ADDED, str(folder / name)
        elif there[name] != wanted[name]:
            yield Cause.FILE_EDITED, str(folder / name)
