"""For people who test their own applications against the mock: what the pytest plugin hands to their tests."""

from generator.mock.testing.gateway import ImageGateway, serving

__all__ = ["ImageGateway", "serving"]
