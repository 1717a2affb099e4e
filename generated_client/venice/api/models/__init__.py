"""The operations of `models`."""
