"""A small spec that is right, and ways to make it wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.spec import Contract, Problem, SpecError, load

Load = Callable[[str], Contract]
Problems = Callable[[str], list[Problem]]
Changed = Callable[..., str]


@pytest.fixture(scope="session")
def small() -> str:
    """The text of a small spec that is right."""
    return (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


@pytest.fixture
def changed(small: str) -> Changed:
    """Give the small spec with texts replaced, each of which must stand there once."""

    def replace(*pairs: tuple[str, str]) -> str:
        text = small
        for old, new in pairs:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in small.yaml"
            text = text.replace(old, new)
        return text

    return replace


@pytest.fixture
def load_text(tmp_path: Path) -> Load:
    """Load a spec given as text."""

    def load_it(text: str) -> Contract:
        path = tmp_path / "small.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return load_it


@pytest.fixture
def problems_of(load_text: Load) -> Problems:
    """Load a spec that must be wrong, and give what is told of it."""

    def load_it(text: str) -> list[Problem]:
        with pytest.raises(SpecError) as caught:
            load_text(text)
        return list(caught.value.problems)

    return load_it
