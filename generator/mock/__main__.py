"""``python -m generator.mock``: the same as ``image-contract mock``, with the same options."""

import sys

from generator.cli import main

sys.argv.insert(1, "mock")
main()
