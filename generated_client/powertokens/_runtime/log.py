"""The one logger of a package; it has the package's name, e.g. "generated_client.example"."""

from __future__ import annotations

import logging
from typing import Final

log: Final = logging.getLogger(__name__.rsplit(".", 2)[0])
"""INFO tells of attempts that are repeated, DEBUG of every answer. Neither ever holds a key, a header or a body."""
