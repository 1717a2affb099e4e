"""The entry of the command `image-contract`; says what to install where its dependencies are missing."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command."""
    try:
        from generator.cli import main as run  # noqa: PLC0415  the import is what may fail

        run()
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] in {"generator", "generated_client"}:
            raise
        # The bare install is the clients alone.
        message = f"image-contract needs {error.name}, which comes with an extra: generator, mock, conformance or dev."
        sys.exit(f"{message}\nInstall one: pip install 'image-contract[mock]'")


if __name__ == "__main__":
    main()
