"""What each kind of finding means: why it matters, how to mend it, and an example before and after."""

from __future__ import annotations

import difflib
import json
import re
import textwrap
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml
from attrs import asdict, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FOLDER: Final = Path(__file__).parent / "codes"
_FILES: Final = ("files", "openapi", "keywords", "references", "bodies", "package", "foreign")
"""In the order in which they are listed."""
WIDTH: Final = 80
"""Columns of the text."""


@frozen
class Explanation:
    """What a kind of finding means.

    Attributes:
        code: Its code.
        title: What is wrong.
        told_by: The commands that tell it.
        why: What would go wrong in a client, in the mock, in a conformance run or in other tools.
        mend: What to do about it; the first sentence says most of it.
        wrong: A piece of a spec, or commands, that it is told of.
        mended: The same as it should be.
        at: Where in a spec the piece stands, as a JSON Pointer; "" for a whole file, None for commands.
        foreign: What becomes of it in a document that nobody here wrote; "" if that isn't otherwise.
        see: The section of openapi/README.md to read; "" for none.
    """

    code: str
    title: str
    told_by: tuple[str, ...]
    why: str
    mend: str
    wrong: str
    mended: str
    at: str | None = None
    foreign: str = ""
    see: str = ""

    @property
    def row(self) -> str:
        """Its row in the README's table."""
        title = f"[{self.title}](#{_anchor(self.see)})" if self.see else self.title
        return f"| `{self.code}` | {title} | {_first_sentence(self.mend)} |"


@cache
def explanations() -> Mapping[str, Explanation]:
    """Every kind of finding, by its code."""
    return {code: _explanation(code, **said) for name in _FILES for code, said in _read(name).items()}


def as_text(explanation: Explanation) -> str:
    """An explanation, to be read in a terminal of 80 columns.

    Args:
        explanation: What to tell.
    """
    return "\n\n".join(_parts(explanation))


def as_json(found: Explanation | Iterable[Explanation]) -> str:
    """An explanation as an object, several as a list of objects.

    Args:
        found: What to tell.
    """
    told = asdict(found) if isinstance(found, Explanation) else [asdict(each) for each in found]
    return json.dumps(told, indent=2, ensure_ascii=False)


def unknown(code: str) -> str:
    """What to tell of a code that is none: the nearest one, and all there are.

    Args:
        code: What was asked for.
    """
    known = explanations()
    close = difflib.get_close_matches(code[:100], known, n=1, cutoff=0.6)
    guess = f" Did you mean {close[0]!r}?" if close else ""
    width = max(map(len, known))
    rows = [_hanging(f"  {each.code:{width}}  ", each.title) for each in known.values()]
    return "\n".join([f"There is no finding {code[:100]!r}.{guess} There are:", "", *rows])


def _read(name: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _explanation(code: str, *, told_by: list[str], **said: str) -> Explanation:
    prose = {key: " ".join(said.pop(key, "").split()) for key in ("why", "mend", "foreign")}
    return Explanation(code=code, told_by=tuple(told_by), **prose, **said)


def _parts(explanation: Explanation) -> Iterator[str]:
    yield _hanging(f"{explanation.code}: ", explanation.title)
    yield _section("Why it matters", explanation.why)
    yield _section("How to mend it", explanation.mend)
    if explanation.foreign:
        yield _section("In a document that nobody here wrote (generate --spec)", explanation.foreign)
    yield _example(_place("Wrong", explanation.at), explanation.wrong)
    yield _example("Mended", explanation.mended)
    yield f"Told by: {', '.join(explanation.told_by)}."
    if explanation.see:
        yield _hanging("See openapi/README.md: ", explanation.see.replace("`", ""))


def _place(title: str, at: str | None) -> str:
    return f"{title}, at {at}" if at else f"{title}, as a whole file" if at == "" else title


def _section(title: str, prose: str) -> str:
    return f"{title}\n{_hanging('  ', prose)}"


def _example(title: str, text: str) -> str:
    return f"{title}\n{textwrap.indent(text.rstrip(), '  ')}"


def _hanging(first: str, prose: str) -> str:
    """A text within the width, its later lines as far from the edge as the text of the first."""
    return textwrap.fill(
        prose,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * min(len(first), WIDTH // 2),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _first_sentence(prose: str) -> str:
    head, dot, _ = prose.partition(". ")
    return (head + dot).strip().removesuffix(".")


def _anchor(heading: str) -> str:
    """What a heading is linked by in Markdown as the usual hosts show it."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
