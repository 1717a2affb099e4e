"""How long the searches go on."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import HealthCheck, settings

DEEP: Final = os.environ.get("IMAGE_CONTRACT_DEEP", "") not in {"", "0"}
"""Whether all cases are asked for, not just a sample."""

SEARCH: Final = settings(
    settings.get_profile("default"),
    max_examples=2000 if DEEP else 80,
    deadline=None,
    derandomize=False,
    print_blob=True,
    # A body with every field is big for Hypothesis's taste, and a mock that draws images slow.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
"""The settings of every search: failures are kept in `.hypothesis`, and tried first the next time."""
