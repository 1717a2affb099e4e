"""The version of the spec that this package was generated from."""

__version__ = "1.0.0"
