"""The mock's models, with prices and limits: names and choices from the spec, prices made up in ``models.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Contract, Json


@frozen
class Model:
    """A model that the mock knows.

    Attributes:
        id: What a request gives as `model`.
        name: Its name for people.
        spec: Its limits and prices, as the models list tells them.
    """

    id: str
    name: str
    spec: Mapping[str, Json]


class Catalogue:
    """The models of one API."""

    def __init__(self, contract: Contract) -> None:
        data = json.loads(Path(__file__).with_name("models.json").read_text(encoding="utf-8"))
        self.retired: str = data["older_field_retired"]
        self._models = {model.id: model for model in _models(contract, data)}

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models.values())

    def __len__(self) -> int:
        return len(self._models)

    def name(self, model: str) -> str:
        """The model's name for people; made of its id for one that the spec doesn't list."""
        known = self._models.get(model)
        return known.name if known else _title(model)


def _models(contract: Contract, data: Mapping[str, Json]) -> Iterator[Model]:
    for operation in contract.operations:
        for shape in operation.shapes:
            properties = shape.schema.get("properties", {})
            for model in properties.get("model", {}).get("x-known-values", ()):
                stated = {**data["any"], **data["models"].get(model, {})}
                yield Model(model, stated.get("name", _title(model)), _spec(properties, stated))


def _spec(properties: Mapping[str, Mapping[str, Json]], stated: Mapping[str, Json]) -> dict[str, Json]:
    ratios = [ratio for ratio in properties.get("aspect_ratio", {}).get("enum", ()) if ":" in ratio]
    tiers = properties.get("resolution", {}).get("x-known-values", [])
    constraints: dict[str, Json] = {
        "aspectRatios": ratios,
        "promptCharacterLimit": stated["prompt_characters"],
        "resolutions": tiers,
    }
    pricing: dict[str, Json] = {"inpaint": {"usd": stated["usd"]}}
    if factors := stated.get("quality_factors"):
        qualities = properties.get("quality", {}).get("enum", [])
        constraints["qualities"] = qualities
        pricing["quality"] = {
            tier: {quality: {"usd": round(stated["usd"] * factors[quality] * 2**step, 4)} for quality in qualities}
            for step, tier in enumerate(tiers)
        }
    return {"constraints": constraints, "pricing": pricing}


def _title(model: str) -> str:
    return model.replace("-", " ").title()
