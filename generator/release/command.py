"""The commands `generate` and `check`: what they print, and their exit codes."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager
from keyword import iskeyword
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Final

import typer

from generator.printable import printable
from generator.release.check import Place, check
from generator.release.generating import generate_and_lock
from generator.release.job import job_of_spec, jobs_of_folder
from generator.release.lock import LockError, read_lock
from generator.release.progress import progress
from generator.release.telling import describe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DEFAULT_OUTPUT: Final = Path("generated_client")
"""The folder that holds the packages of a folder of specs, if no other is named."""
_DONE: Final = 0
_FAILED: Final = 1
_INTERRUPTED: Final = 130
_TOLD: Final = 50
"""How many places of a spec, or files, are told one by one."""


class UnusableError(Exception):
    """What the user asked for can't be done; the message says what to ask for instead."""


def run_generate(place: Place, *, force: bool) -> int:
    """Generate, and print what was written.

    Args:
        place: What to generate, and where.
        force: Whatever the lock files say.

    Returns:
        The exit code: 0 if all is as it should be, 1 if something of a spec couldn't be generated, 2 if nothing could.
    """
    try:
        with _unusable(place), progress() as tell:
            outcome = generate_and_lock(place, force=force, tell=tell)
    except KeyboardInterrupt:
        message = "Interrupted. Every package is whole; `image-contract check` tells whether it is the old or the new."
        typer.echo(message, err=True)
        return _INTERRUPTED
    for words in _told(outcome.touched, place.output):
        typer.echo(words)
    names = ", ".join(str(job.folder) for job in place.jobs)
    typer.echo(f"{names}: {len(outcome.touched)} files changed." if outcome.touched else f"{names}: up to date.")
    for words in (*_shortened("note: ", outcome.notes), *_shortened("left out: ", outcome.left_out)):
        typer.echo(words, err=True)
    return _FAILED if outcome.left_out else _DONE


def run_check(place: Place, *, rebuild: bool, full: bool, command: str) -> int:
    """Check, and print what was found.

    Args:
        place: Where to look.
        rebuild: Generate and compare whatever the lock files say.
        full: Print the whole difference.
        command: The command that generates what is checked.

    Returns:
        The exit code: 0 if all is up to date, 1 if not, 2 if it can't be told.
    """
    with _unusable(place), progress() as tell:
        report = check(place, rebuild=rebuild, tell=tell)
    typer.echo(describe(report, command, full=full))
    return _FAILED if report.moved else _DONE


@contextmanager
def _unusable(place: Place) -> Iterator[None]:
    """Let a spec that is named by itself, and of which nothing can be made, be unusable input."""
    try:
        yield
    except Exception as error:
        from generator.client import UnhonouredRuleError  # noqa: PLC0415  what is up to date is told without it
        from generator.spec import SpecError  # noqa: PLC0415  the same

        if place.openapi is None and isinstance(error, SpecError | UnhonouredRuleError):
            raise UnusableError(str(error)) from error
        raise


def _told(paths: Sequence[Path], output: Path) -> Iterator[str]:
    """What became of files, one by one; of a new package's many, how many each folder has."""
    done = [("wrote" if path.exists() else "removed", path) for path in paths]
    if len(done) <= _TOLD:
        yield from (f"{verb} {path}" for verb, path in done)
        return
    folders = Counter((verb, _package_folder(path, output)) for verb, path in done)
    yield from (f"{verb} {count} files in {folder}" for (verb, folder), count in folders.items())


def _package_folder(path: Path, output: Path) -> Path:
    return output / path.relative_to(output).parts[0] if path.is_relative_to(output) else path.parent


def _shortened(label: str, told: Sequence[str]) -> Iterator[str]:
    yield from (f"{label}{printable(words)}" for words in told[:_TOLD])
    if len(told) > _TOLD:
        yield f"{label}and {len(told) - _TOLD} more"


def place_of_folder(openapi: Path, output: Path, *, with_tests: bool | None = None) -> Place:
    """The packages of a folder of specs.

    Args:
        openapi: The folder of specs.
        output: The folder that holds the packages.
        with_tests: Whether tests are generated beside each; None if that is as it was.
    """
    return Place(output, openapi, tuple(jobs_of_folder(openapi, output, with_tests=with_tests)))


def place_of_spec(spec: Path | None, output: Path, package: str | None, *, with_tests: bool | None = None) -> Place:
    """The package of a spec by itself.

    Args:
        spec: The spec; that of the package's lock file if None.
        output: The folder that holds the package.
        package: The package's name; made from the spec's if None.
        with_tests: Whether tests are generated beside it; None if that is as it was.

    Raises:
        UnusableError: The package's name is none, or nothing says which spec it is.
    """
    name = package if package is not None else _name(spec) if spec is not None else ""
    if not name.isidentifier() or iskeyword(name):
        raise UnusableError(
            f"{name!r} can't be the name of a package. Name another with --package: letters, digits and _."
        )
    return Place(output, None, (job_of_spec(spec or _source(output / name), output, name, with_tests=with_tests),))


def generate_command(spec: Path | None, output: Path, package: str | None) -> str:
    """The command that generates what a check looked at, to be shown."""
    said = {"--spec": spec, "--output": output, "--package": package}
    if spec is None and package is None:
        said = {"--output": output} if output != DEFAULT_OUTPUT else {}
    given = [f"{name} {quote(str(value))}" for name, value in said.items() if value is not None]
    return " ".join(["image-contract generate", *given])


def _name(spec: Path) -> str:
    from generator.spec.naming import snake_case  # noqa: PLC0415  what is up to date is told without it

    return snake_case(spec.stem)


def _source(folder: Path) -> Path:
    """The spec that a package was generated from."""
    try:
        source = read_lock(folder).source
    except LockError as error:
        raise UnusableError(f"{error} Name the spec with --spec.") from error
    if not source:
        raise UnusableError(f"{folder} was not generated from a spec by itself. Name the spec with --spec.")
    return Path(os.path.normpath(folder / source))
