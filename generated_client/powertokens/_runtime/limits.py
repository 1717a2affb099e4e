"""What an image that is fetched from its link may take, unless told otherwise."""

from __future__ import annotations

from typing import Final

LARGEST: Final = 134_217_728
"""Bytes of an image."""

LONGEST: Final = 600.0
"""Seconds that fetching it may last."""
