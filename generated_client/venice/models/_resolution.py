"""The values `Resolution`."""

from typing import Literal

Resolution = Literal["1K", "2K", "4K"] | str
"""The output's resolution tier, e.g. `1K`, `2K`, `4K`. Not every model knows every tier: see the models list."""
