"""So that `python -m generator.cli` works, too."""

from generator.cli import main

if __name__ == "__main__":
    main()
