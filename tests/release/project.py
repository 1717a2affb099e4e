"""A project of one small spec, generated once, and copied for each test that spoils it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from generator.release.command import place_of_folder
from generator.release.generating import generate_and_lock

if TYPE_CHECKING:
    from generator.release.check import Place

SPEC = Path(__file__).resolve().parent.parent / "spec" / "small.yaml"
"""The spec that projects are made of."""


@frozen
class Project:
    """A folder with specs, and packages generated from these.

    Attributes:
        root: The folder that holds both.
    """

    root: Path

    @property
    def openapi(self) -> Path:
        """The folder of specs."""
        return self.root / "openapi"

    @property
    def spec(self) -> Path:
        """The spec."""
        return self.openapi / "small.yaml"

    @property
    def output(self) -> Path:
        """The folder that holds the packages."""
        return self.root / "clients"

    @property
    def package(self) -> Path:
        """The spec's package."""
        return self.output / "small"

    @property
    def lock(self) -> Path:
        """Its lock file."""
        return self.package / "contract.lock.json"

    @property
    def place(self) -> Place:
        """What is to be checked and generated."""
        return place_of_folder(self.openapi, self.output)

    def files(self) -> dict[str, bytes]:
        """Every file of the project."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


def new_project(root: Path) -> Project:
    """A project, generated."""
    project = Project(root)
    project.openapi.mkdir(parents=True)
    shutil.copy(SPEC, project.spec)
    generate_and_lock(project.place)
    return project


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first of a text in a file, where it must stand."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
