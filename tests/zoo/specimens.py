"""The zoo's specimens: one small spec each, with one difficulty, and what must come of it in `x-zoo` beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

SPECS = Path(__file__).resolve().parent / "specs"
_OF_SPECIMEN = {"difficulty", "calls", "told", "noted", "refused", "operations", "client"}
_OF_CALL = {
    *("call", "at", "give", "wire", "model", "credentials"),
    *("sent", "host", "headers", "json", "text", "type", "form", "parts"),
    *("answer", "answers", "returns", "returns_wire", "bytes", "raises", "warns"),
}


@frozen
class Specimen:
    """A spec of the zoo.

    Attributes:
        name: Its file's name, less the ending; its package is called so too.
        calls: The calls to be made, each with what must be sent and what must be read back.
        told: The JSON Pointers of what can't be generated.
        noted: JSON Pointers of what must be noted, among other places.
        refused: The code of the problem for which nothing at all can be generated; "" if something can.
        operations: How many operations the package must have; None for as many as the document.
        client: Arguments that its client needs.
    """

    name: str
    calls: tuple[dict[str, Any], ...]
    told: frozenset[str]
    noted: frozenset[str]
    refused: str
    operations: int | None
    client: dict[str, Any]

    @property
    def path(self) -> Path:
        """Its file."""
        return SPECS / f"{self.name}.yaml"


def read(path: Path) -> Specimen:
    """Read a specimen.

    Args:
        path: Its file.
    """
    stated = yaml.safe_load(path.read_text(encoding="utf-8-sig"))["x-zoo"]
    unknown = stated.keys() - _OF_SPECIMEN | {key for call in stated["calls"] for key in call.keys() - _OF_CALL}
    assert not unknown, f"{path.name}: x-zoo knows no {sorted(unknown)}"
    return Specimen(
        name=path.stem,
        calls=tuple(stated["calls"]),
        told=frozenset(stated.get("told", ())),
        noted=frozenset(stated.get("noted", ())),
        refused=stated.get("refused", ""),
        operations=stated.get("operations"),
        client=stated.get("client", {}),
    )


SPECIMENS = tuple(read(path) for path in sorted(SPECS.glob("*.yaml")))
