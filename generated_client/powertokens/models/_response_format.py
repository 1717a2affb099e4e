"""The values `ResponseFormat`."""

from typing import Literal

ResponseFormat = Literal["url", "b64_json"]
"""How the images come back, as download links (`url`) or as base64 data (`b64_json`)."""
