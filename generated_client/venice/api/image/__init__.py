"""The operations of `image`."""
