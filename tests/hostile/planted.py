"""The texts that are planted: code, templates, paths, Markdown, signs that no terminal should be sent, and names."""

from __future__ import annotations

from typing import Final

PLANTED: Final = "__pwned__"
"""What no generated code may call, import, define or name: it is told from any name that is made of a text."""

CODE: Final = (
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
    f"\"'\"'\"\"\"'''{PLANTED}()#",
    f"{{{PLANTED}()}}",
    f"{{{PLANTED}.__class__!r:>{{{PLANTED}}}}}",
    f"{{{PLANTED}!r:{{{PLANTED}()}}}}",
    f"__import__('os').system('{PLANTED}')",
    f"{PLANTED}()",
    f"\\N{{{PLANTED}}}",
    f"\\\n{PLANTED}()",
    f"\x0c{PLANTED}()",
    f"\u2028{PLANTED}()\u2029",
    f"\x85{PLANTED}()",
    f"\n# fmt: off\n{PLANTED}()",
    f"# type: ignore[{PLANTED}]",
    f"# -*- coding: utf-7 -*- {PLANTED}",
    f"\n\n>>> {PLANTED}()\n",
)
TEMPLATES: Final = (
    f"{{{{ {PLANTED}() }}}}",
    f"{{% for x in {PLANTED} %}}",
    "{# ",
    "{% raw %}",
    "{% include '../../etc/passwd' %}",
    "{{ cycler.__init__.__globals__ }}",
    "${x}",
    "%(x)s",
    "{0.__class__}",
)
PATHS: Final = (
    "../../../pwned",
    "/etc/passwd",
    "..",
    ".",
    "a/b",
    "a\\b",
    "C:\\x",
    "\\\\host\\share",
    "file:///etc/passwd",
    "%2e%2e/%2e%2e/x",
    "....//....//x",
    "~/x",
    "con",
    "nul.",
    "aux.yaml",
    "COM1",
    "x\0y",
    "__init__",
    "-rf",
    "a" * 300,
)
MARKDOWN: Final = (
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
    f"[x][y]\n\n[y]: <javascript:{PLANTED}()>",
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
MARKS: Final = (
    *('"', '""', '"""', "'", "'''", "\\", "\\\\", "\\N{", "\\x", "\\u", "#", "{", "}", "{}", "%", "\n", "\r", "\t"),
)
CONTROLS: Final = (
    *("\x00", "\x08", "\x0c", "\x1b[31m", "\x1b]0;x\x07", "\x7f", "\x85", "\x9b31m", "\u2028", "\u2029", "\ufeff"),
    *("\u061c", "\u200f", "\u202a", "\u202e", "\u2066", "\ud800", "\udfff", "\uffff", "\U000e0041"),
)
LETTERS: Final = (
    "\U0001d486\U0001d497\U0001d482\U0001d489",  # eval, as mathematical letters
    *(
        "名前",
        "\ufb01",
        "é",
        "\u017felf",
        "\uff45\uff56\uff41\uff4c",
        "__\uff43lass__",
        "e\u0301",
        "\u200d",
        "\xa0",
        "😀",
    ),
)
NAMES: Final = (
    *("None", "class", "self", "cls", "async", "eval", "exec", "print", "str", "list", "type", "object", "property"),
    *("__init__", "__class__", "__getattr__", "__del__", "__slots__", "__init_subclass__", "__eq__", "_missing_"),
    *("_", "__", "x", "validate", "body", "file", "timeout", "OPERATION", "Any", "client", "import", "mro", "name"),
    *("value", "True", "match", "$ref", "x-kind", "x-class", "x-style", "0", "-1", "1e5", "true", "x" * 3_000),
)
PATTERNS: Final = (
    *("^(a+)+$", "(a|a)*$", "^(a?){40}a{40}$", "^(a+){10}$", "a*a*a*a*b", "(.*)*x", r"(\w+\s?)*$"),
    *("((a{1,9}){1,9}){1,9}b", "^a{1000000000}$", "((a{1000}){1000}){1000}", "(" * 3_000, "(?P<x>", "[", r"\p{L}"),
    *("(?<n>a)\\k<n>", "(?i)a", "a{,", "(?=(a+)+$)", "(?<=a*)b", r"\u{110000}", "[^]", "[]", "$^", "(?#", "x" * 3_000),
    *("^[a-z]+$", r"^\d{3}-\d{4}$", "[\\", "[z-a]", "a**", "(?(1)a|b)", "\\", "(?s:.)", r"\N{BULLET}", "^.{0,100}$"),
)
NUMBERS: Final = (
    *(0, 1, 2, 3, 100, -1, 1.5, 10**9, 10**300, 10**399, -(10**320), 2**63, 1e308, 1e-300, 5e-324, 10**4_000),
    *(True, "7", None),
)
