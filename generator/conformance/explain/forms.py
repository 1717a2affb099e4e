"""Writes explanations: for a terminal, as Markdown, as JSON."""

from __future__ import annotations

import json
import sys
from io import StringIO
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from generator.spec.markdown import code, plain, unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from generator.conformance.explain.examples import Sample
    from generator.conformance.explain.explaining import Explanation

_WIDE = 10_000
"""Columns where no terminal says how many it has: lines are not broken."""


def as_json(found: Sequence[Explanation]) -> str:
    """Explanations as a JSON list."""
    listed = [
        {
            "id": each.id,
            "words": each.words,
            **{name.lower(): text for name, text in each.facts.items()},
            "good": [_pair(sample) for sample in each.good],
            "bad": [_pair(sample) for sample in each.bad],
            "rules": [{"id": rule, "words": words} for rule, words in each.below],
        }
        for each in found
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def as_markdown(found: Sequence[Explanation]) -> str:
    """Explanations as Markdown."""
    return "\n\n".join("\n".join(_markdown(each)) for each in found)


def as_text(found: Sequence[Explanation], width: int | None) -> str:
    """Explanations for a terminal; coloured where one is there."""
    # Imported here: the other forms do without it.
    from rich.console import Console  # noqa: PLC0415

    is_terminal = width is None and sys.stdout.isatty()
    columns = width or (get_terminal_size().columns if is_terminal else _WIDE)
    console = Console(
        file=StringIO(),
        width=columns,
        force_terminal=is_terminal,
        color_system="standard" if is_terminal else None,
        highlight=False,
    )
    with console.capture() as captured:
        for number, each in enumerate(found):
            console.print("\n" * bool(number), end="")
            _print(each, console)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _print(each: Explanation, console: Console) -> None:
    from rich.padding import Padding  # noqa: PLC0415  as above
    from rich.text import Text  # noqa: PLC0415  as above

    console.print(Text(each.id, "bold"), soft_wrap=True)
    console.print(Text(unmarked(each.words)))
    for name, text in each.facts.items():
        console.print(Text.assemble((f"{name}: ", "dim"), text))
    for heading, style, samples in (("keeps it", "green", each.good), ("breaks it", "red", each.bad)):
        if samples:
            console.print(Text(heading, style))
        for sample in samples:
            console.print(Padding(Text(sample.note), (0, 0, 0, 2)))
            if sample.body:
                console.print(Padding(Text(sample.body, "dim"), (0, 0, 0, 4)))
    for rule, words in each.below:
        console.print(Text(rule), soft_wrap=True)
        console.print(Padding(Text(unmarked(words), "dim"), (0, 0, 0, 4)))


def _markdown(each: Explanation) -> Iterator[str]:
    yield f"## {code(each.id)}"
    yield ""
    yield each.words
    if each.facts:
        yield ""
    for name, text in each.facts.items():
        yield f"- **{name}**: {code(text) if name == 'spec' else plain(text)}"
    for heading, samples in (("Keeps it", each.good), ("Breaks it", each.bad)):
        if samples:
            yield f"\n{heading}:\n"
        for sample in samples:
            yield f"- {code(sample.note)}" + (f": {code(sample.body)}" if sample.body else "")
    if each.below:
        yield ""
    for rule, words in each.below:
        yield f"- {code(rule)}: {words}"


def _pair(sample: Sample) -> dict[str, str]:
    return {"note": sample.note, "body": sample.body} if sample.body else {"note": sample.note}
