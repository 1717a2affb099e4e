"""What there is to generate: which spec becomes which package."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.spec import Contract

_ENDINGS: Final = {".yaml", ".yml", ".json"}


@frozen
class Loaded:
    """A spec that was read.

    Attributes:
        contract: Its contract, named as the package.
        files: The files that it stands in, the main one first, each with its hash as it was read; and those that it
            refers to and that couldn't be read, each with what is in their place.
        left_out: What of it can't be generated, in words.
        notes: What is generated otherwise than it says, in words.
    """

    contract: Contract
    files: Mapping[Path, str]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@frozen(eq=False)
class Job:
    """One package to be generated.

    Attributes:
        package: The package's name.
        spec: The main file of its spec.
        folder: The package's folder.
        load: Reads the spec.
        is_single: Whether the spec was named by itself, not found in a folder of specs.
        with_tests: Whether tests are generated beside it; None if that is as it was.
    """

    package: str
    spec: Path
    folder: Path
    load: Callable[[], Loaded] = field(repr=False)
    is_single: bool = False
    with_tests: bool | None = None

    @property
    def source(self) -> str:
        """Where the spec is, as seen from the package's folder; its name alone where they have nothing in common."""
        if not self.is_single:
            return ""
        spec, folder = self.spec.resolve(), self.folder.resolve()
        try:
            shared = Path(os.path.commonpath([spec, folder]))
            return Path(os.path.relpath(spec, folder)).as_posix() if shared != Path(shared.anchor) else spec.name
        except ValueError:  # two drives
            return spec.name


def jobs_of_folder(openapi: Path, output: Path, *, with_tests: bool | None = None) -> list[Job]:
    """The packages of a folder of specs; none if the folder can't be used as it is, which `load_all` then says.

    Args:
        openapi: The folder of specs.
        output: The folder that holds the packages.
        with_tests: Whether tests are generated beside each; None if that is as it was.
    """
    specs = sorted(path for path in openapi.glob("*") if path.suffix in _ENDINGS)
    if any(count > 1 for count in Counter(spec.stem for spec in specs).values()):
        return []
    return [Job(spec.stem, spec, output / spec.stem, _loader(spec), with_tests=with_tests) for spec in specs]


def job_of_spec(spec: Path, output: Path, package: str, *, with_tests: bool | None = None) -> Job:
    """The package of a spec that is named by itself.

    Args:
        spec: The main file of the spec.
        output: The folder that holds the package.
        package: The package's name.
        with_tests: Whether tests are generated beside it; None if that is as it was.
    """

    def load() -> Loaded:
        from generator.release.reading import read_single  # noqa: PLC0415  what is up to date is told without it

        return read_single(spec, package)

    return Job(package, spec, output / package, load, is_single=True, with_tests=with_tests)


def _loader(spec: Path) -> Callable[[], Loaded]:
    def load() -> Loaded:
        from generator.spec.load import load_found  # noqa: PLC0415  what is up to date is told without it

        contract = load_found(spec)
        return Loaded(contract, {spec: contract.document.digest})

    return load
