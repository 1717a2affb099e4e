"""From a contract to a Python package: typed, validated, attrs and httpx alone."""

from generator.client.emit import generate, generate_all
from generator.client.formatting import FormatterError
from generator.client.output import OutputError
from generator.client.validators import UnhonouredRuleError

__all__ = ["FormatterError", "OutputError", "UnhonouredRuleError", "generate", "generate_all"]
