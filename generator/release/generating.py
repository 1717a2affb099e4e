"""Generates packages with their lock files: what is up to date is left alone, the rest is put in place as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from generator.client.output import check_writable, replace_file, replace_trees, writing
from generator.client.swap import staging
from generator.release.check import left_over, load_jobs
from generator.release.inputs import inputs
from generator.release.lock import read_lock, tests_of
from generator.release.moved import moved
from generator.release.rules_page import PAGE, moved_page, rules_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.release.check import Place
    from generator.release.inputs import Inputs
    from generator.release.job import Job
    from generator.release.lock import Lock


@frozen
class Outcome:
    """What came of generating.

    Attributes:
        touched: The files that were written or removed, and the folders of packages that went.
        left_out: What of the specs couldn't be generated, in words.
        notes: What was generated otherwise than a spec says, in words; nothing of what was up to date.
    """

    touched: tuple[Path, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


def generate_and_lock(place: Place, *, force: bool = False, tell: Callable[[str], None] = lambda _: None) -> Outcome:
    """Generate the packages that aren't up to date, with their lock files and the table of rules.

    Args:
        place: What to generate, and where.
        force: Generate all, whatever the lock files say. What is written is still only what differs.
        tell: Takes what is being done, for those who wait.

    Raises:
        SpecError: A spec can't be generated from. Nothing was written.
        UnhonouredRuleError: The client can't honour a rule. Nothing was written.
        OutputError: The output can't be written. The packages are as they were.
        UnreadableError: A file can't be read. Nothing was written.
    """
    now = inputs()
    stale = [job for job in place.jobs if force or moved(job, now)]
    gone = [Path(each.what) for each in left_over(place)]
    page = moved_page(place.jobs, place.openapi) if place.openapi else []
    touched: Sequence[Path] = ()
    notes: Sequence[str] = ()
    if stale or gone or page or not place.jobs:
        touched, notes = _generate(place, stale, gone, now, tell)
    left_out = (words for job in place.jobs for words in read_lock(job.folder).left_out)
    return Outcome(tuple(touched), tuple(left_out), tuple(notes))


def _generate(
    place: Place, stale: Sequence[Job], gone: Sequence[Path], now: Inputs, tell: Callable[[str], None]
) -> tuple[Sequence[Path], Sequence[str]]:
    # Imported here: what is up to date is told without the library.
    from generator.release.building import build_and_lock  # noqa: PLC0415

    for job in place.jobs:
        check_writable(job.folder)
    tell("reading specs")
    loaded = load_jobs(place, stale)
    page = rules_page([each.contract for each in loaded.values()]) if place.openapi else ""
    with writing(place.output), staging(place.output) as stage:
        built = stage / "built"
        locks = build_and_lock({job: loaded[job] for job in stale}, now, built, tell)
        tell("writing")
        trees = {job.folder: built / job.package for job in stale}
        touched = replace_trees(trees, place.output, gone, _tests(locks, gone, built))
    if place.openapi:
        touched += replace_file(place.openapi / PAGE, page.encode())
    return touched, [words for job in stale for words in loaded[job].notes]


def _tests(locks: Mapping[Job, Lock], gone: Sequence[Path], built: Path) -> dict[Path, Path | None]:
    """The files of tests beside packages, each with the one to replace it; None for those that go."""
    changed: dict[Path, Path | None] = {folder.parent / name: None for folder in gone for name in tests_of(folder)}
    for job, lock in locks.items():
        beside = job.folder.parent
        changed |= {beside / name: None for name in tests_of(job.folder)}
        changed |= {beside / name: built / name for name in lock.tests}
    return changed
