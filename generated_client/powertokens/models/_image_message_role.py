"""The values `ImageMessageRole`."""

from typing import Literal

ImageMessageRole = Literal["user"]
"""The values that the API documents."""
