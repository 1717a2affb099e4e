"""Uploads are kept by what is in them, whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from generator.mock.storage.belongings import Belongings
from generator.mock.storage.blobs import Blobs

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"picture"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def test_a_file_is_kept_once_by_its_hash(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path)
    assert blobs.keep(CONTENT) == DIGEST
    assert blobs.keep(CONTENT, DIGEST) == DIGEST
    assert Blobs(tmp_path).read(DIGEST) == CONTENT
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [DIGEST]
    blobs.remove(DIGEST)
    blobs.remove(DIGEST)
    assert blobs.read(DIGEST) is None


@pytest.mark.parametrize("name", ["", "../../../etc/passwd", "a" * 63, "A" * 64, f"{DIGEST}/..", f"{DIGEST}\n"])
def test_a_name_that_is_no_hash_finds_nothing(tmp_path: Path, name: str) -> None:
    assert Blobs(tmp_path).read(name) is None


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("generator.mock.storage.blobs.os.replace", fail)
    belongings = Belongings()
    with pytest.raises(OSError, match="No space"):
        Blobs(tmp_path).keep(CONTENT, belongings=belongings)
    assert not belongings.files
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
