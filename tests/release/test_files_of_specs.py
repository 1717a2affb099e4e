"""The files that a spec refers to: what becomes of each is noticed, and none outside of the spec's folder is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from attrs import frozen

from generator.release.check import check
from generator.release.command import place_of_folder, place_of_spec
from generator.release.generating import generate_and_lock
from generator.release.lock import read_lock
from generator.release.moved import Cause
from generator.spec import SpecError, load_all

from .project import SPEC, edit, new_project

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from generator.release.check import Place

_SPEC = """\
openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: https://pets.example}]
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200":
          description: Pets.
          content:
            application/json:
              schema: {$ref: "part.yaml"}
"""
_PART = "type: object\nproperties: {name: {type: string}}\n"
_OTHER = "type: object\nproperties: {age: {type: integer}}\n"


@frozen
class Pets:
    """A spec whose answer is described in a file of its own."""

    root: Path

    @property
    def spec(self) -> Path:
        return self.root / "specs" / "pets.yaml"

    @property
    def part(self) -> Path:
        return self.spec.parent / "part.yaml"

    @property
    def outside(self) -> Path:
        return self.root / "outside.yaml"

    @property
    def place(self) -> Place:
        return place_of_spec(self.spec, self.root / "clients", "pets")

    def generate(self) -> tuple[str, ...]:
        return generate_and_lock(self.place).left_out

    def moved(self) -> list[tuple[Cause, str]]:
        return [(each.cause, each.what) for each in check(self.place).moved]

    def models(self) -> str:
        models = self.root / "clients" / "pets" / "models"
        return "".join(path.read_text() for path in sorted(models.glob("*.py")))


@pytest.fixture
def pets(tmp_path: Path) -> Pets:
    pets = Pets(tmp_path)
    pets.spec.parent.mkdir()
    pets.spec.write_text(_SPEC)
    pets.outside.write_text(_OTHER)
    return pets


def _nothing(_: Pets) -> None:
    pass


def _a_folder(pets: Pets) -> None:
    pets.part.mkdir()


def _no_yaml(pets: Pets) -> None:
    pets.part.write_text("{")


def _a_link_to_nothing(pets: Pets) -> None:
    pets.part.symlink_to("nothing.yaml")


def _a_link_to_itself(pets: Pets) -> None:
    pets.part.symlink_to("part.yaml")


def _a_link_out_of_the_folder(pets: Pets) -> None:
    pets.part.symlink_to("../outside.yaml")


@pytest.mark.parametrize(
    "before", [_nothing, _a_folder, _no_yaml, _a_link_to_nothing, _a_link_to_itself, _a_link_out_of_the_folder]
)
def test_a_file_that_could_not_be_read_is_noticed_once_it_can(before: Callable[[Pets], None], pets: Pets) -> None:
    before(pets)
    assert ["part.yaml" in told for told in pets.generate()] == [True]
    assert pets.moved() == []
    if pets.part.is_dir():
        pets.part.rmdir()
    pets.part.unlink(missing_ok=True)
    pets.part.write_text(_PART)
    ((cause, what),) = pets.moved()
    assert cause is Cause.SPEC_EDITED
    assert str(pets.part) in what
    assert pets.generate() == ()
    assert "name: str" in pets.models()
    assert pets.moved() == []


def test_a_file_that_is_gone_is_named(pets: Pets) -> None:
    pets.part.write_text(_PART)
    assert pets.generate() == ()
    pets.part.unlink()
    assert pets.moved() == [(Cause.SPEC_FILE_MISSING, str(pets.part))]


def test_a_file_behind_a_link_is_noticed_when_it_or_the_link_changes(pets: Pets) -> None:
    real, other = pets.spec.parent / "real.yaml", pets.spec.parent / "other.yaml"
    real.write_text(_PART)
    other.write_text(_OTHER)
    pets.part.symlink_to("real.yaml")
    assert pets.generate() == ()
    assert pets.moved() == []
    edit(real, "name", "title")
    assert pets.moved() == [(Cause.SPEC_EDITED, str(pets.part))]
    pets.generate()
    assert pets.moved() == []
    pets.part.unlink()
    pets.part.symlink_to("other.yaml")
    assert pets.moved() == [(Cause.SPEC_EDITED, str(pets.part))]


def test_a_folder_behind_a_link_is_no_way_out(pets: Pets) -> None:
    edit(pets.spec, "part.yaml", "linked/outside.yaml")
    (pets.spec.parent / "linked").symlink_to("..")
    assert ["[reference-outside]" in told for told in pets.generate()] == [True]
    assert "age" not in pets.models()
    assert pets.moved() == []
    edit(pets.outside, "age", "size")
    assert pets.moved() == []


def test_a_link_that_comes_to_lead_out_of_the_folder_is_noticed_and_not_followed(pets: Pets) -> None:
    pets.part.write_text(_PART)
    pets.generate()
    pets.part.unlink()
    pets.part.symlink_to("../outside.yaml")
    assert pets.moved() == [(Cause.SPEC_FILE_MISSING, str(pets.part))]
    assert ["[reference-outside]" in told for told in pets.generate()] == [True]
    assert "age" not in pets.models()


@pytest.mark.parametrize(
    "target", ["../outside.yaml", "%2e%2e/outside.yaml", "sub/../../outside.yaml", "{root}/outside.yaml"]
)
def test_a_lock_file_names_nothing_outside_of_the_folder(target: str, pets: Pets) -> None:
    edit(pets.spec, "part.yaml", target.format(root=pets.root))
    pets.generate()
    assert list(read_lock(pets.root / "clients" / "pets").spec) == ["pets.yaml"]


def test_a_spec_that_is_named_by_a_link_is_read_and_watched(pets: Pets) -> None:
    elsewhere = pets.root / "real.yaml"
    pets.part.write_text(_PART)
    pets.spec.rename(elsewhere)
    pets.spec.symlink_to(elsewhere)
    assert pets.generate() == ()
    assert pets.moved() == []
    edit(elsewhere, "listPets", "allPets")
    assert pets.moved() == [(Cause.SPEC_EDITED, str(pets.spec))]


@pytest.mark.parametrize("is_link", [True, False])
def test_a_folder_of_specs_is_read_without_what_is_outside_of_it_and_without_pipes(
    tmp_path: Path, *, is_link: bool
) -> None:
    project = new_project(tmp_path / "project")
    (tmp_path / "outside.yaml").write_text(SPEC.read_text())
    odd = project.openapi / "odd.yaml"
    if is_link:
        odd.symlink_to(tmp_path / "outside.yaml")
    else:
        os.mkfifo(odd)
    before = project.files()
    for use in (
        lambda: load_all(project.openapi),
        lambda: check(place_of_folder(project.openapi, project.output)),
        lambda: generate_and_lock(place_of_folder(project.openapi, project.output)),
    ):
        with pytest.raises(SpecError, match=rf"{odd}: \[unreadable-file\]"):
            use()
    assert project.files() == before


def test_a_link_within_a_folder_of_specs_is_followed(tmp_path: Path) -> None:
    project = new_project(tmp_path / "project")
    (project.openapi / "sub").mkdir()
    project.spec.rename(project.openapi / "sub" / "small.yaml")
    project.spec.symlink_to("sub/small.yaml")
    assert check(project.place).moved == ()
    edit(project.openapi / "sub" / "small.yaml", "maxLength: 5", "maxLength: 6")
    assert Cause.SPEC_EDITED in [each.cause for each in check(project.place).moved]


@pytest.mark.parametrize("is_single", [True, False])
def test_an_edit_while_it_is_generated_is_noticed(tmp_path: Path, pets: Pets, *, is_single: bool) -> None:
    project = new_project(tmp_path / "project")
    pets.part.write_text(_PART)
    place, edited = (pets.place, pets.part) if is_single else (project.place, project.spec)
    said: list[str] = []

    def tell(doing: str) -> None:
        if said == ["reading specs"]:
            edit(edited, "{type: string", "{type: string, title: Late")
        said.append(doing)

    generate_and_lock(place, force=True, tell=tell)
    assert len(said) > 1
    assert (Cause.SPEC_EDITED, str(edited)) in [(each.cause, each.what) for each in check(place).moved]
