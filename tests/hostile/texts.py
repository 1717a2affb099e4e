"""Texts that would be code, a template, a path, a decorator or a script, if anything took them for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

T = TypeVar("T")

PLANTED = "__pwned__"
"""What no generated code may call, import, define or name: it is told from any name that is made of a text."""

CODE = (
    f'"""\n{PLANTED}()\n"""',
    f"'''\n{PLANTED}()\n'''",
    f'"\n{PLANTED}()\n"',
    f'")\n{PLANTED}()\n("',
    f"')\nimport {PLANTED}\n('",
    f'"]\n{PLANTED}()\n["',
    f"\nimport {PLANTED}\n",
    f"\r\nfrom {PLANTED} import x\r\n",
    f"\n@{PLANTED}\ndef x(): ...\n",
    f"): pass\n    {PLANTED}()\n",
    f" = {PLANTED}() or ",
    f'\\"""\n{PLANTED}()\n',
    f'\\\\"""{PLANTED}()"""',
    f'"""+{PLANTED}()+"""',
    f'" + {PLANTED}() + "',
    f"{{{PLANTED}()}}",
    f"{{{PLANTED}.__class__!r:>{{{PLANTED}}}}}",
    f"__import__('os').system('{PLANTED}')",
)
TEMPLATES = (
    f"{{{{ {PLANTED}() }}}}",
    f"{{% for x in {PLANTED} %}}",
    "{# ",
    "{% raw %}",
    "{% include '../../etc/passwd' %}",
    "${x}",
    "%(x)s",
    "{0.__class__}",
)
PATHS = (
    "../../../pwned",
    "/etc/passwd",
    "..",
    ".",
    "a/b",
    "a\\b",
    "C:\\x",
    "~/x",
    "con",
    "nul.",
    "x\0y",
    "__init__",
    "-rf",
)
MARKDOWN = (
    f"<script>{PLANTED}()</script>",
    f"<img src=x onerror={PLANTED}()>",
    f"</td><iframe src=//{PLANTED}>",
    "<!-- ",
    f"<?php {PLANTED}() ?>",
    f"[x](javascript:{PLANTED}())",
    f"[x](java&#115;cript:{PLANTED}())",
    f"[x](< javascript:{PLANTED}()>)",
    f"[x]( vbscript:{PLANTED}())",
    f"[x]: javascript:{PLANTED}()",
    f"<javascript:{PLANTED}()>",
    f"![x](https://{PLANTED}.example/x.png)",
    "```\n",
    "~~~ x",
    "`",
    "``",
    "| x | y |\n|---|---|\n",
    "\\<b>",
    "\\\\<b>",
    "[x](data:text/html,x)",
)
MARKS = ('"', '""', '"""', "'", "\\", "\\\\", "\\N{", "\\x", "\\u", "#", "{", "}", "\n", "\r", "\t", "\x0c", "\x1b[31m")
LETTERS = (
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\ud800",
    "\U0001d486\U0001d497\U0001d482\U0001d489",
    "名前",
    "ﬁ",
    "é",
)
NAMES = (
    *("None", "class", "self", "cls", "async", "eval", "exec", "print", "str", "list", "type", "object", "property"),
    *(
        "__init__",
        "__class__",
        "__getattr__",
        "_",
        "__",
        "x",
        "validate",
        "body",
        "OPERATION",
        "Any",
        "client",
        "import",
    ),
    *("$ref", "x-kind", "x-class", "x-style", "0", "-1", "1e5", "true", "x" * 3_000),
)

_PIECES = (*CODE, *TEMPLATES, *PATHS, *MARKDOWN, *MARKS, *LETTERS, *NAMES)
_BETWEEN = ("", " ", "\n", "\n\n", "_")
_PATTERNS = (
    *(
        "^(a+)+$",
        "(a|a)*$",
        "^(a?){40}a{40}$",
        "^(a+){10}$",
        "a*a*a*a*b",
        "(.*)*x",
        r"(\w+\s?)*$",
        "((a{1,9}){1,9}){1,9}b",
    ),
    *(
        "^a{1000000000}$",
        "((a{1000}){1000}){1000}",
        "(" * 3_000,
        "(?P<x>",
        "[",
        r"\p{L}",
        "(?<n>a)\\k<n>",
        "(?i)a",
        "a{,",
    ),
    *("(?=(a+)+$)", "(?<=a*)b", r"\u{110000}", "[^]", "[]", "$^", "(?#", "x" * 3_000),
)
_NUMBERS = (0, 1, 2, -1, 1.5, 10**9, 10**300, 10**399, -(10**320), 2**63, 1e308, 1e-300, 5e-324, True, "7", None)


class Dice:
    """Draws what a document is made of.

    Args:
        random: Decides.
    """

    def __init__(self, random: Random) -> None:
        self.choice = random.choice
        self._integer = random.randint

    def chance(self, of: int) -> bool:
        """True once in so many times."""
        return self._integer(1, of) == 1

    def text(self) -> str:
        """A text to plant anywhere."""
        pieces = [self.choice(_PIECES) for _ in range(self._integer(1, 3))]
        return self.choice(_BETWEEN).join(pieces) if len(pieces) > 1 else pieces[0]

    def pattern(self) -> str:
        """A regular expression: one that takes for ever, one that is none, or a text."""
        return self.choice(_PATTERNS) if self.chance(2) else self.text()

    def number(self) -> object:
        """A bound of any size, or what is none."""
        return self.choice(_NUMBERS)

    def value(self) -> object:
        """A value for an example, a default or an enum."""
        kind = self._integer(1, 8)
        if kind == 1:
            return self.number()
        if kind == 2:
            return {self.text(): self.text()}
        return [self.text()] if kind == 3 else self.text()

    def among(self, optional: dict[str, Callable[[], object]], of: int = 3) -> dict[str, object]:
        """Some of what may stand in an object, each once in so many times."""
        return {key: make() for key, make in optional.items() if self.chance(of)}

    def several(self, make: Callable[[], T], most: int, least: int = 0) -> list[T]:
        """Some of a kind."""
        return [make() for _ in range(self._integer(least, most))]


def dice() -> st.SearchStrategy[Dice]:
    """What draws documents."""
    return st.randoms(use_true_random=False).map(Dice)
