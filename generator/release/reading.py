"""Reads a spec that is named by itself: one of ours as strictly as always, anybody's as far as it can be taken."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from generator.release.job import Loaded
from generator.spec import SpecError, load
from generator.spec.foreign import is_foreign, load_foreign
from generator.spec.foreign.text import MAX_BYTES, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.spec import Problem

_OURS = b"x-documents"


def read_single(spec: Path, package: str) -> Loaded:
    """Read a spec that is named by itself.

    Args:
        spec: Its main file.
        package: The package's name.

    Raises:
        SpecError: Nothing can be made of it.
    """
    if _is_ours(spec):
        contract = evolve(load(spec), name=package)
        return Loaded(contract, {spec: contract.document.digest})
    foreign = load_foreign(spec, package)
    return Loaded(
        foreign.contract, foreign.files, left_out=_words(foreign.cuts, spec), notes=_words(foreign.notes, spec)
    )


def _is_ours(spec: Path) -> bool:
    """A document is parsed for this only if it may be one: a large one takes seconds."""
    if not spec.is_file() or spec.stat().st_size > MAX_BYTES or _OURS not in (content := spec.read_bytes()):
        return False
    try:
        return not is_foreign(parse(spec, content.decode("utf-8-sig"))[0])
    except (SpecError, UnicodeDecodeError):
        return False


def _words(problems: Sequence[Problem], spec: Path) -> tuple[str, ...]:
    """Problems in words, each file as seen from the spec's folder: a lock file names no place of a machine."""
    return tuple(
        str(evolve(each, file=Path(os.path.relpath(each.file, spec.parent).replace(os.sep, "/")))) for each in problems
    )
