"""Shows speed and memory as ratios within one run: `make bench`."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tests.bench.cpu import calls
from tests.bench.generating import generating
from tests.bench.imports import imports
from tests.bench.memory import transfers
from tests.bench.serving import delays, memory, rates


def main() -> None:
    """Measure and print."""
    console = Console()
    table = Table("measured", "what", "median", "ratio", "limit", title="medians of one run")
    for rows in (calls(), imports(), transfers(), rates(), delays(), memory(), generating()):
        for row in rows:
            table.add_row(row.measured, row.what, row.median, row.ratio, row.limit)
        table.add_section()
    console.print(table)


if __name__ == "__main__":
    main()
