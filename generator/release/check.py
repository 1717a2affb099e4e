"""Whether the generated files are what the specs would give, and if not, why."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from generator.release.inputs import inputs
from generator.release.lock import LockError, read_lock, tests_of
from generator.release.moved import Cause, Moved, moved
from generator.release.orphans import orphans
from generator.release.rules_page import PAGE, moved_page, rules_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from generator.release.compare import Drift
    from generator.release.job import Job, Loaded
    from generator.release.lock import Lock
    from generator.spec import Contract, Problem

_OF_THE_SPEC = {Cause.SPEC_EDITED, Cause.SPEC_FILE_MISSING}


@frozen
class Report:
    """What a check found.

    Attributes:
        moved: What has moved; nothing if all is up to date.
        harmless: What has moved without a consequence: a comment in a spec, code that writes the same.
        drifts: The files that would change.
    """

    moved: tuple[Moved, ...] = ()
    harmless: tuple[Moved, ...] = ()
    drifts: tuple[Drift, ...] = ()


@frozen
class Place:
    """Where to look.

    Attributes:
        output: The folder that holds the packages.
        openapi: The folder of specs, if all of its packages are meant; None for a package by itself.
        jobs: The packages.
    """

    output: Path
    openapi: Path | None
    jobs: tuple[Job, ...]


def check(place: Place, *, rebuild: bool = False, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Compare what is there with what would be generated. Nothing is written.

    If the hashes in the lock files are right, that is the answer; nothing is generated then.

    Args:
        place: Where to look.
        rebuild: Generate and compare whatever the lock files say.
        tell: Takes what is being done, for those who wait.

    Raises:
        SpecError: A spec can't be used.
        UnreadableError: A file can't be read.
    """
    now = inputs()
    found = {job: moved(job, now) for job in place.jobs}
    left = left_over(place)
    page = moved_page(place.jobs, place.openapi) if place.openapi else []
    if place.jobs and not (rebuild or left or page or any(found.values())):
        return Report()
    # Imported here: what is up to date is told without the library.
    from generator.release.building import build_and_lock  # noqa: PLC0415
    from generator.release.compare import compare_text  # noqa: PLC0415

    tell("reading specs")
    loaded = load_jobs(place, [job for job in place.jobs if rebuild or found[job]])
    stale = {job: each for job, each in loaded.items() if rebuild or found[job]}
    with tempfile.TemporaryDirectory(prefix="image-contract-") as scratch:
        built = Path(scratch) / "built"
        locks = build_and_lock(stale, now, built, tell)
        tell("comparing")
        drifts = [drift for job, lock in locks.items() for drift in _drifts(job, lock, built)]
    if place.openapi:
        differing = list(compare_text(place.openapi / PAGE, _page(loaded)))
        page = page or [Moved(Cause.PAGE_OUTDATED, str(drift.path), "") for drift in differing]
        drifts += differing
    judged = [each for job in stale for each in _judged(job, found[job], locks[job])]
    return Report(
        moved=(*(each for each, is_harmless in judged if not is_harmless), *left, *page),
        harmless=tuple(each for each, is_harmless in judged if is_harmless),
        drifts=tuple(drifts),
    )


def _drifts(job: Job, lock: Lock, built: Path) -> Iterator[Drift]:
    from generator.release.compare import compare_folders, compare_tests  # noqa: PLC0415  see above

    yield from compare_folders(job.folder, built / job.package)
    yield from compare_tests(job.folder.parent, built, tests_of(job.folder), lock.tests)


def left_over(place: Place) -> list[Moved]:
    """The packages of a folder whose specs are no more."""
    if place.openapi is None:
        return []
    kept = {job.package for job in place.jobs}
    return [Moved(Cause.PACKAGE_LEFT, str(folder), folder.name) for folder in orphans(place.output, kept)]


def load_jobs(place: Place, stale: Sequence[Job]) -> Mapping[Job, Loaded]:
    """Read the specs: of a folder all, since the table of rules is made from all; else those that are stale.

    Raises:
        SpecError: Everything that is wrong with any of them.
    """
    from generator.spec import SpecError, load_all  # noqa: PLC0415  what is up to date is told without it

    if not place.jobs and place.openapi:
        load_all(place.openapi)  # says what is wrong with the folder
    wanted = place.jobs if place.openapi else stale
    loaded: dict[Job, Loaded] = {}
    problems: list[Problem] = []
    for job in wanted:
        try:
            loaded[job] = job.load()
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return loaded


def _page(loaded: Mapping[Job, Loaded]) -> str:
    contracts: list[Contract] = [each.contract for each in loaded.values()]
    return rules_page(contracts)


def _judged(job: Job, found: Sequence[Moved], now: Lock) -> Iterator[tuple[Moved, bool]]:
    """What has moved, and whether it is without a consequence."""
    try:
        lock = read_lock(job.folder)
    except LockError:
        yield from ((each, False) for each in found)
        return
    gives_the_same = (now.files, now.tests) == (lock.files, lock.tests)
    says_the_same = gives_the_same and now.resolved == lock.resolved
    for each in found:
        is_text = each.cause in _OF_THE_SPEC and says_the_same
        yield each, is_text or (each.cause is Cause.CODE_CHANGED and gives_the_same)
    if not found and not gives_the_same:
        yield Moved(Cause.OUTPUT_DIFFERS, str(job.folder), job.package), False
