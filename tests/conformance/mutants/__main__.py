"""``python -m tests.conformance.mutants``: what `show` does, in a module that its processes can import."""

from __future__ import annotations

import sys

from tests.conformance.mutants.show import main

if __name__ == "__main__":
    sys.exit(main())
