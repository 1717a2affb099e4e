"""The values `ImageModel`."""

from typing import Literal

ImageModel = Literal["qwen-image-2.0-pro", "wan2.7-image-pro"]
"""The image model. The prompt shape knows both."""
