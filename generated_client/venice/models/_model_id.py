"""The values `ModelId`."""

from typing import Literal

ModelId = (
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
"""The older spelling of `model`; works alone."""
