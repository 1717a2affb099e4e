"""``python -m generator.mock``: the same as ``image-contract mock``, with the same options."""

import sys

from generator.cli import main

# A worker process imports this module too, under another name.
if __name__ == "__main__":
    sys.argv.insert(1, "mock")
    main()
