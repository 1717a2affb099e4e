"""The values `AspectRatio`."""

from typing import Literal

AspectRatio = Literal["auto", "1:1", "3:2", "16:9", "21:9", "9:16", "2:3", "3:4", "4:5"]
"""The output's aspect ratio; give it where exact dimensions matter. Absent or `auto`, a model that needs one
takes the closest to the input's. Not every model knows every ratio: see the models list."""
