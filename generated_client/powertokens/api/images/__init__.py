"""The operations of `images`."""
