"""The values `OutputFormat`."""

from typing import Literal

OutputFormat = Literal["jpeg", "jpg", "png", "webp"]
"""The output's file format. Absent, it follows the resolution, PNG for 1K, JPEG for 2K and 4K."""
