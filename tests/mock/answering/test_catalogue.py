"""The models of an API: names, prices and qualities."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.mock.answering.catalogue import Catalogue
from generator.spec import load_all


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(next(contract for contract in load_all() if contract.name == "venice"))


@pytest.mark.parametrize(
    ("model", "tier", "quality", "usd"),
    [
        ("qwen-edit", "1K", "", "0.04"),
        ("qwen-edit", "4K", "", "0.04"),
        ("of my own", "2K", "", "0.04"),
        ("gpt-image-2-edit", "1K", "low", "0.03"),
        ("gpt-image-2-edit", "1K", "high", "0.18"),
        ("gpt-image-2-edit", "4K", "high", "0.72"),
        ("gpt-image-2-edit", "of my own", "high", "0.18"),
        ("nano-banana-pro-edit", "1K", "", "0.18"),
    ],
)
def test_price(catalogue: Catalogue, model: str, tier: str, quality: str, usd: str) -> None:
    assert catalogue.price(model, tier, quality) == Decimal(usd)


def test_prices_are_those_of_the_models_list(catalogue: Catalogue) -> None:
    for model in catalogue:
        quality = catalogue.billed_quality(model.id, "")
        by_quality = model.spec["pricing"].get("quality", {}).get("1K", {})
        listed = by_quality.get(quality, model.spec["pricing"]["inpaint"])["usd"]
        assert catalogue.price(model.id, "1K", quality) == Decimal(str(listed))


@pytest.mark.parametrize(
    ("model", "asked", "billed"),
    [
        ("gpt-image-2-edit", "low", "low"),
        ("gpt-image-2-edit", "", "high"),
        ("qwen-edit", "low", ""),
        ("mine", "low", ""),
    ],
)
def test_a_model_without_qualities_ignores_what_is_asked_for(
    catalogue: Catalogue, model: str, asked: str, billed: str
) -> None:
    assert catalogue.billed_quality(model, asked) == billed
