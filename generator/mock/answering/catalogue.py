"""The mock's models, with prices and limits: names and choices from the spec, prices made up in ``models.json``."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from generator.spec.field_roles import Role, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec.model import Contract, Json


@frozen
class Model:
    """A model that the mock knows.

    Attributes:
        id: What a request gives as the model.
        name: Its name for people.
        spec: Its limits and prices, as the models list tells them.
        default_quality: The quality that is billed where a request asks for none; "" for a model that has none.
    """

    id: str
    name: str
    spec: Mapping[str, Json]
    default_quality: str


class Catalogue:
    """The models of one API."""

    def __init__(self, contract: Contract) -> None:
        data = _data()
        self.retired: str = data["older_field_retired"]
        self._usual = Decimal(str(data["any"]["usd"]))
        self._models = {model.id: model for model in _models(contract, data)}

    def __iter__(self) -> Iterator[Model]:
        return iter(self._models.values())

    def __len__(self) -> int:
        return len(self._models)

    def name(self, model: str) -> str:
        """The model's name for people; made of its id for one that the spec doesn't list."""
        known = self._models.get(model)
        return known.name if known else _title(model)

    def qualities(self, model: str) -> tuple[str, ...]:
        """The qualities that a model knows, lowest first; none for a model that ignores what is asked for."""
        known = self._models.get(model)
        return tuple(known.spec["constraints"].get("qualities", ())) if known else ()

    def billed_quality(self, model: str, asked: str) -> str:
        """The quality that is made and billed.

        Args:
            model: The model.
            asked: What a request asks for; "" for nothing.

        Returns:
            What is asked for, or the model's default; "" for a model that knows none.
        """
        known = self.qualities(model)
        return asked if asked in known else self._models[model].default_quality if known else ""

    def price(self, model: str, tier: str, quality: str) -> Decimal:
        """What an image costs, in US dollars, as the models list has it.

        Args:
            model: The model; one that the list doesn't have costs what most cost.
            tier: The size's tier; one that the model's prices don't have is that of the first.
            quality: The quality that is billed; "" for a model that knows none.
        """
        known = self._models.get(model)
        if known is None:
            return self._usual
        pricing = known.spec["pricing"]
        tiers: Mapping[str, Mapping[str, Json]] = pricing.get("quality", {})
        by_quality = tiers.get(tier) or next(iter(tiers.values()), {})
        return Decimal(str(by_quality.get(quality, pricing["inpaint"])["usd"]))


@cache
def _data() -> Mapping[str, Json]:
    data: Mapping[str, Json] = json.loads(Path(__file__).with_name("models.json").read_text(encoding="utf-8"))
    return data


def _models(contract: Contract, data: Mapping[str, Json]) -> Iterator[Model]:
    for operation in contract.operations:
        for shape in operation.shapes:
            field = _field(shape.schema, Role.MODEL)
            for model in field.get("x-known-values", ()):
                stated = {**data["any"], **data["models"].get(model, {})}
                name = stated.get("name", _title(model))
                yield Model(model, name, _spec(shape.schema, stated), stated.get("default_quality", ""))


def _field(schema: Mapping[str, Json], role: Role) -> Mapping[str, Json]:
    found: Mapping[str, Json] = schema.get("properties", {}).get(field_of(schema, role), {})
    return found


def _spec(schema: Mapping[str, Json], stated: Mapping[str, Json]) -> dict[str, Json]:
    ratios = [ratio for ratio in _field(schema, Role.RATIO).get("enum", ()) if ":" in ratio]
    tiers = _field(schema, Role.TIER).get("x-known-values", [])
    constraints: dict[str, Json] = {
        "aspectRatios": ratios,
        "promptCharacterLimit": stated["prompt_characters"],
        "resolutions": tiers,
    }
    pricing: dict[str, Json] = {"inpaint": {"usd": stated["usd"]}}
    if factors := stated.get("quality_factors"):
        qualities = _field(schema, Role.QUALITY).get("enum", [])
        constraints["qualities"] = qualities
        pricing["quality"] = {
            tier: {quality: {"usd": round(stated["usd"] * factors[quality] * 2**step, 4)} for quality in qualities}
            for step, tier in enumerate(tiers)
        }
    return {"constraints": constraints, "pricing": pricing}


def _title(model: str) -> str:
    return model.replace("-", " ").title()
