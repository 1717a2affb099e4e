"""Everything that is derived from the hand-written specs in ``openapi/``."""
