"""The values `Model`."""

from typing import Literal

Model = (
    Literal[
        "firered-image-edit",
        "qwen-edit",
        "qwen-edit-uncensored",
        "grok-imagine-edit",
        "grok-imagine-quality-edit",
        "qwen-image-2-edit",
        "qwen-image-2-pro-edit",
        "wan-2-7-pro-edit",
        "flux-2-max-edit",
        "gpt-image-2-edit",
        "gpt-image-1-5-edit",
        "nano-banana-2-edit",
        "nano-banana-pro-edit",
        "seedream-v5-lite-edit",
        "seedream-v4-edit",
    ]
    | str
)
"""The model that edits. New ones come often, so that any name is taken. Each has its price in the models list;
qwen-edit costs 0.04 US dollars an edit."""
