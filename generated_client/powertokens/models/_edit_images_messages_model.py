"""The values `EditImagesMessagesModel`."""

from typing import Literal

EditImagesMessagesModel = Literal["wan2.7-image-pro"]
"""The values that the API documents."""
