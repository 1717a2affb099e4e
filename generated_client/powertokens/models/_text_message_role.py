"""The values `TextMessageRole`."""

from typing import Literal

TextMessageRole = Literal["user"]
"""The values that the API documents."""
