"""Documents that nobody here wrote: taken as they are, adapted to what our own reader takes, and cut where need be."""

from generator.spec.foreign.load import Foreign, is_foreign, load_foreign

__all__ = ["Foreign", "is_foreign", "load_foreign"]
