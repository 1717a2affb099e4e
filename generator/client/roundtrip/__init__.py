"""Tests that go beside a package: each operation is called over a mock transport, what is sent and read is compared."""

from generator.client.roundtrip.rendering import folder_of, roundtrip_files

__all__ = ["folder_of", "roundtrip_files"]
