from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from generator.spec import SpecError, load, load_all, openapi_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_the_specs_of_the_project_load_in_the_order_of_their_names() -> None:
    assert [contract.name for contract in load_all()] == ["powertokens", "venice"]


@pytest.mark.parametrize("path", sorted(openapi_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_the_specs_are_valid_to_another_judge(path: Path) -> None:
    """openapi-spec-validator reads the file with another parser, and follows its references itself."""
    assert list(OpenAPIV31SpecValidator(yaml.safe_load(path.read_text(encoding="utf-8"))).iter_errors()) == []


@pytest.mark.parametrize("path", sorted(openapi_folder().glob("*.yaml")), ids=lambda path: path.stem)
def test_another_parser_reads_the_same(path: Path) -> None:
    assert load(path).document.data == yaml.safe_load(path.read_text(encoding="utf-8"))


def test_an_empty_folder_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"no-spec.*--openapi"):
        load_all(tmp_path)


def test_the_problems_of_all_specs_are_told(tmp_path: Path, small: str) -> None:
    (tmp_path / "a.yaml").write_text(small.replace("3.1.1", "3.0.0"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text("a: [", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(small, encoding="utf-8")
    (tmp_path / "README.md").write_text("no spec", encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_all(tmp_path)
    assert [(problem.file.name, problem.code) for problem in caught.value.problems] == [
        ("a.yaml", "not-openapi-3.1"),
        ("b.yaml", "syntax-error"),
    ]


def test_two_specs_of_one_name_are_an_error(tmp_path: Path, small: str) -> None:
    (tmp_path / "a.yaml").write_text(small, encoding="utf-8")
    (tmp_path / "a.yml").write_text(small, encoding="utf-8")
    with pytest.raises(SpecError, match="same-name") as caught:
        load_all(tmp_path)
    assert len(caught.value.problems) == 2
