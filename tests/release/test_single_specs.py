"""A package of a spec by itself: checked and generated like those of a folder, told where it was generated from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import frozen

from generator.release.check import check
from generator.release.command import (
    UnusableError,
    generate_command,
    place_of_folder,
    place_of_spec,
    run_check,
    run_generate,
)
from generator.release.generating import generate_and_lock
from generator.release.lock import read_lock
from generator.release.moved import Cause

from .project import edit, new_project

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
              schema: {type: array, items: {$ref: "parts/pet.yaml#/Pet"}}
"""
_PET = """\
Pet:
  type: object
  properties:
    name: {type: string}
"""
_CUT = """\
    delete:
      operationId: dropPets
      parameters:
        - {$ref: "https://elsewhere.example/parameters.yaml#/Which"}
      responses: {"204": {description: Gone.}}
"""


@frozen
class Pets:
    """A project with a spec of two files, and the package of it."""

    root: Path

    @property
    def spec(self) -> Path:
        return self.root / "specs" / "pet-shop.yaml"

    @property
    def output(self) -> Path:
        return self.root / "clients"

    @property
    def package(self) -> Path:
        return self.output / "pets"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Pets:
    pets = Pets(tmp_path_factory.mktemp("pets") / "project")
    (pets.spec.parent / "parts").mkdir(parents=True)
    pets.spec.write_text(_SPEC)
    (pets.spec.parent / "parts" / "pet.yaml").write_text(_PET)
    generate_and_lock(place_of_spec(pets.spec, pets.output, "pets"))
    return pets


@pytest.fixture
def pets(generated: Pets, tmp_path: Path) -> Pets:
    return Pets(Path(shutil.copytree(generated.root, tmp_path / "project")))


def test_the_lock_file_remembers_the_spec_with_all_its_files(pets: Pets) -> None:
    lock = read_lock(pets.package)
    assert lock.source == "../../specs/pet-shop.yaml"
    assert list(lock.spec) == ["pet-shop.yaml", "parts/pet.yaml"]
    assert str(pets.root) not in (pets.package / "contract.lock.json").read_text()


@pytest.mark.parametrize("spec_is_named", [True, False])
def test_the_spec_is_known_by_the_package(pets: Pets, *, spec_is_named: bool) -> None:
    place = place_of_spec(pets.spec if spec_is_named else None, pets.output, "pets")
    assert check(place).moved == ()
    assert generate_and_lock(place).touched == ()
    part = pets.spec.parent / "parts" / "pet.yaml"
    edit(part, "type: string", "type: integer")
    report = check(place)
    assert [(each.cause, Path(each.what).name) for each in report.moved] == [(Cause.SPEC_EDITED, "pet.yaml")]
    generate_and_lock(place)
    assert check(place).moved == ()


def test_of_a_new_package_its_files_are_counted_and_of_a_change_each_is_named(
    pets: Pets, capsys: pytest.CaptureFixture[str]
) -> None:
    place = place_of_spec(pets.spec, pets.output, "pets")
    files = sum(path.is_file() for path in pets.package.rglob("*"))
    shutil.rmtree(pets.package)
    assert run_generate(place, force=False) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"wrote {files} files in {pets.package}",
        f"{pets.package}: {files} files changed.",
    ]
    edit(pets.spec.parent / "parts" / "pet.yaml", "type: string", "type: integer")
    assert run_generate(place, force=False) == 0
    assert f"wrote {pets.package / 'models' / '_pet.py'}\n" in capsys.readouterr().out


def test_a_file_of_a_spec_that_is_gone_is_named(pets: Pets) -> None:
    (pets.spec.parent / "parts" / "pet.yaml").unlink()
    report = check(place_of_spec(pets.spec, pets.output, "pets"))
    assert [(each.cause, Path(each.what).name) for each in report.moved] == [(Cause.SPEC_FILE_MISSING, "pet.yaml")]


def test_a_spec_of_another_name_is_named(pets: Pets) -> None:
    other = pets.spec.rename(pets.spec.parent / "shop.yaml")
    causes = {each.cause for each in check(place_of_spec(other, pets.output, "pets")).moved}
    assert causes == {Cause.SPEC_EDITED}


def test_a_spec_elsewhere_of_the_same_content_is_the_same(pets: Pets, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(pets.spec.parent, tmp_path / "a" / "b" / "c"))
    assert check(place_of_spec(elsewhere / pets.spec.name, pets.output, "pets")).moved == ()


def test_other_packages_beside_it_stay(pets: Pets) -> None:
    shutil.copytree(pets.package, pets.output / "others")
    generate_and_lock(place_of_spec(pets.spec, pets.output, "pets"), force=True)
    assert (pets.output / "others").is_dir()


def test_the_packages_of_a_folder_of_specs_leave_it_alone(pets: Pets) -> None:
    project = new_project(pets.root / "own")
    shutil.copytree(pets.package, project.output / "pets")
    assert check(project.place).moved == ()
    generate_and_lock(project.place, force=True)
    assert (project.output / "pets").is_dir()


def test_what_is_left_out_is_told_each_time_with_exit_code_1(pets: Pets, capsys: pytest.CaptureFixture[str]) -> None:
    pets.spec.write_text(_SPEC + _CUT)
    place = place_of_spec(pets.spec, pets.output, "pets")
    for _ in range(2):
        assert run_generate(place, force=False) == 1
        told = capsys.readouterr().err
        assert "left out: pet-shop.yaml:" in told
        assert str(pets.root) not in told
    assert run_check(place, rebuild=False, full=False, command="") == 0


def test_a_spec_of_which_nothing_can_be_made_is_unusable(pets: Pets) -> None:
    pets.spec.write_text("swagger: 2.0\n")
    place = place_of_spec(pets.spec, pets.output, "pets")
    before = {path: path.read_bytes() for path in pets.package.rglob("*") if path.is_file()}
    with pytest.raises(UnusableError):
        run_generate(place, force=False)
    with pytest.raises(UnusableError):
        run_check(place, rebuild=False, full=False, command="")
    assert {path: path.read_bytes() for path in pets.package.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["", "my-pets", "class", "../pets", "3d", "a/b", "/etc"])
def test_a_name_that_is_none_of_a_package_is_refused(pets: Pets, name: str) -> None:
    with pytest.raises(UnusableError, match="--package"):
        place_of_spec(pets.spec, pets.output, name)


def test_a_package_is_named_after_its_spec(pets: Pets) -> None:
    (job,) = place_of_spec(pets.spec, pets.output, None).jobs
    assert job.package == "pet_shop"


def test_a_package_that_doesnt_know_its_spec_is_told(pets: Pets) -> None:
    with pytest.raises(UnusableError, match="--spec"):
        place_of_spec(None, pets.output, "nobody")
    project = new_project(pets.root / "own")
    with pytest.raises(UnusableError, match="--spec"):
        place_of_spec(None, project.output, "small")


def test_one_of_our_own_specs_by_itself_is_as_strict_as_ever(pets: Pets) -> None:
    project = new_project(pets.root / "own")
    place = place_of_spec(project.spec, pets.output, "mine")
    generate_and_lock(place)
    edit(project.spec, "x-source: {document: guess}", "x-source: {document: nobody}")
    with pytest.raises(UnusableError, match="nobody"):
        run_generate(place, force=False)


def test_the_command_that_mends_it_is_shown() -> None:
    spec, output = Path("my specs/pets.yaml"), Path("clients")
    assert (
        generate_command(spec, output, "pets")
        == "image-contract generate --spec 'my specs/pets.yaml' --output clients --package pets"
    )
    assert generate_command(None, Path("generated_client"), None) == "image-contract generate"


def test_tests_beside_a_package_are_locked_with_it_and_stay_until_they_are_unwanted(pets: Pets) -> None:
    folder = pets.output / "tests_pets"
    unsaid = place_of_spec(pets.spec, pets.output, "pets")
    wanted = place_of_spec(pets.spec, pets.output, "pets", with_tests=True)
    assert [each.cause for each in check(wanted).moved] == [Cause.TESTS_CHANGED]
    generate_and_lock(wanted)
    tests = sorted(folder.rglob("*.py"))
    assert tests
    (folder / "test_mine.py").write_text("")
    assert check(unsaid).moved == ()
    assert generate_and_lock(unsaid, force=True).touched == ()

    tests[0].write_text("# edited\n")
    report = check(unsaid)
    assert [(each.cause, each.what) for each in report.moved] == [(Cause.FILE_EDITED, str(tests[0]))]
    assert report.drifts[0].difference
    tests[0].unlink()
    assert [each.cause for each in check(unsaid).moved] == [Cause.FILE_REMOVED]
    assert generate_and_lock(unsaid).touched == (tests[0],)

    (folder / "test_mine.py").unlink()
    unwanted = place_of_spec(pets.spec, pets.output, "pets", with_tests=False)
    assert [drift.kind for drift in check(unwanted).drifts] == ["extra"] * len(tests)
    generate_and_lock(unwanted)
    assert not folder.exists()


def test_tests_go_with_the_package_whose_spec_is_no_more(pets: Pets) -> None:
    project = new_project(pets.root / "own")
    generate_and_lock(place_of_folder(project.openapi, project.output, with_tests=True))
    assert (project.output / "tests_small").is_dir()
    project.spec.rename(project.openapi / "other.yaml")
    generate_and_lock(project.place)
    assert [path.name for path in project.output.iterdir()] == ["other"]
