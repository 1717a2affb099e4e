"""The values `Quality`."""

from typing import Literal

Quality = Literal["low", "medium", "high"]
"""Trades fidelity against price. For now gpt-image-2-edit alone has such tiers, and other models ignore the
field. Absent, the model's own default is used and billed (gpt-image-2-edit: high). The price of each tier
stands in the models list, by resolution, under `model_spec.pricing.quality`."""
