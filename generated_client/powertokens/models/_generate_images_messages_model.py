"""The values `GenerateImagesMessagesModel`."""

from typing import Literal

GenerateImagesMessagesModel = Literal["wan2.7-image-pro"]
"""The values that the API documents."""
