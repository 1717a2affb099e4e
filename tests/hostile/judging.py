"""Judges what was generated: no planted text is code in it, and no HTML, script or picture is on its pages."""

from __future__ import annotations

import ast
import doctest
import io
import re
import tokenize
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from .planted import PLANTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.token import Token

_PATH = re.compile(r"([\w]+/)*[\w.]+")
_IMPORTED = frozenset(
    (
        *("__future__", "attrs", "base64", "builtins", "collections", "contextlib", "functools", "http", "httpx", "io"),
        *("json", "os", "pathlib", "pytest", "re", "typing", "urllib", "uuid", "warnings"),
    )
)
_DECORATORS = frozenset(
    (
        *("cached_property", "classmethod", "define", "deprecated", "deprecated_form", "frozen", "of_all_forms"),
        *("overload", "property", "staticmethod"),
    )
)
_RUNS_CODE = frozenset(("eval", "exec", "compile", "__import__", "globals", "locals", "vars", "setattr", "delattr"))
_OURS = re.compile(r'<!-- specs: [0-9a-f]+, text: [0-9a-f]+ -->|<a id="[A-Za-z0-9_.-]+"></a>')
_OUR_TAGS = re.compile(r'<a id="[A-Za-z0-9._~/+-]+">|</a>|<br>')  # the anchors of rules, and the line before an id
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_HARMLESS = frozenset(("U+200D",))  # joins letters, in words of some languages and in emoji
_SCHEME = re.compile(r"(?i)(https?://|#|[^:]*\Z)")


def judge_files(files: Mapping[str, str], package: str) -> None:
    """Judge generated files, by their path below the package's folder.

    Args:
        files: Their content.
        package: The package's name.
    """
    for name, content in files.items():
        assert _PATH.fullmatch(name), name
        assert ".." not in name, name
        content.encode()
        if name.endswith(".py"):
            judge_source(content, name, package)
        elif name.endswith(".md"):
            judge_page(content, name)


def judge_source(source: str, name: str, package: str) -> None:
    """Judge a Python file."""
    try:
        tree = ast.parse(source)
        compile(tree, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise AssertionError(f"{name} is no Python: {error}") from error
    _judge_comments(source, name)
    for node in ast.walk(tree):
        planted = [text for text in _names(node) if PLANTED in text]
        assert not planted, f"{name}:{getattr(node, 'lineno', 0)} names {planted}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            _judge_import(node, name, package)
        elif isinstance(node, ast.Call):
            assert not (isinstance(node.func, ast.Name) and node.func.id in _RUNS_CODE), (
                f"{name}:{node.lineno} runs code"
            )
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module):
            _judge_definition(node, name)


def _judge_definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module, name: str) -> None:
    examples = doctest.DocTestParser().get_examples(ast.get_docstring(node, clean=False) or "")
    assert not any(PLANTED in example.source for example in examples), f"{name} has a doctest"
    decorators = [] if isinstance(node, ast.Module) else node.decorator_list
    odd = {_root(each) for each in decorators} - _DECORATORS
    assert not odd, f"{name} has the decorators {odd}"


def _judge_comments(source: str, name: str) -> None:
    """No text of a spec is in a comment, where it could tell tools what to leave out."""
    if PLANTED not in source:
        return
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        assert token.type != tokenize.COMMENT or PLANTED not in token.string, f"{name} has a comment {token.string!r}"


def judge_printed(text: str) -> None:
    """Judge what was printed: no terminal obeys anything in it, and nobody reads something else than stands there."""
    hidden = sorted(
        {f"U+{ord(sign):04X}" for sign in text if unicodedata.category(sign) in _HIDDEN and sign not in "\t\n"}
    )
    assert not hidden or set(hidden) <= _HARMLESS, f"{hidden} were printed"
    assert "Traceback" not in text


def _judge_import(node: ast.Import | ast.ImportFrom, name: str, package: str) -> None:
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    if isinstance(node, ast.ImportFrom) and node.level:
        return
    odd = {module.partition(".")[0] for module in modules} - _IMPORTED - {package, "generated_client"}
    assert not odd, f"{name}:{node.lineno} imports {odd}"


def _names(node: ast.AST) -> Iterator[str]:
    """Everything in a node of the tree that is a name, no text."""
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.Constant) and field in {"value", "kind"}:
            continue
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str))


def _root(decorator: ast.expr) -> str:
    node: ast.AST = decorator
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ast.unparse(node)


def judge_page(text: str, name: str) -> None:
    """Judge a page of Markdown."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    setattr(reader, "validateLink", lambda _: True)  # noqa: B010  what it would leave out is what is looked for
    for token in _all(reader.parse(_OURS.sub("", text))):
        if token.type == "html_inline" and _OUR_TAGS.fullmatch(token.content):
            continue
        assert token.type not in {"html_block", "html_inline", "image"}, f"{name} has {token.type}: {token.content!r}"
        if token.type == "link_open":
            assert _SCHEME.match(str(token.attrs["href"])), f"{name} links to {token.attrs['href']!r}"
        if token.type == "fence":
            assert token.info in {"python", "text", "bash", "console", ""}, f"{name} has a fence {token.info!r}"
            if token.info == "python":
                judge_source(token.content, name, "hostile")


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def judge_html(text: str) -> None:
    """Judge a page of HTML: what was planted is text in it, in no script, no handler and no address."""
    _Page().feed(text)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        assert tag not in {"iframe", "object", "embed", "base"}, tag
        for name, value in attrs:
            assert PLANTED not in name, name
            assert not (name.startswith("on") or name in {"src", "srcdoc", "style"}) or PLANTED not in (value or ""), (
                value
            )
            assert name != "href" or value == "data:," or _SCHEME.match(value or ""), value

    def handle_endtag(self, _: str) -> None:
        self._within = ""

    def handle_data(self, data: str) -> None:
        assert self._within not in {"script", "style"} or PLANTED not in data, data

    def handle_comment(self, data: str) -> None:
        assert PLANTED not in data, data
