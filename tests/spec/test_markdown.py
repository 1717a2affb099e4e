"""Text of a spec means nothing in Markdown, wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.spec.markdown import cell, code, link, plain, shortened, unmarked

if TYPE_CHECKING:
    from markdown_it.token import Token

_TEXTS = st.text(st.sampled_from("a1`*_[]<>|\\&~$!#(): \n") | st.characters(codec="utf-8"), max_size=30)


def _in_a_table(words: str) -> list[Token]:
    tokens = (
        MarkdownIt("commonmark", {"html": True})
        .enable(["table", "strikethrough"])
        .parse(f"| x |\n|---|\n| {words} |\n")
    )
    cells = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "td_open"]
    assert len(cells) == 1
    return cells[0].children or []


@given(_TEXTS)
def test_plain_text_is_text_alone(text: str) -> None:
    words = plain(text)
    assert "\n" not in words
    tokens = _in_a_table(cell(words))
    assert {token.type for token in tokens} <= {"text", "text_special"}


@given(_TEXTS)
def test_code_is_one_span_that_shows_the_text(text: str) -> None:
    words = code(text)
    tokens = [token for token in _in_a_table(cell(words)) if token.type != "text" or token.content]
    assert [token.type for token in tokens] == ["code_inline"] * bool(words)
    assert "".join(token.content for token in tokens) == unmarked(words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "`a`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a ``"),
        (" a\n b ", "`a b`"),
        ("", ""),
        ("\x1b[2J\u202e", r"`\x1b[2J\u202e`"),
    ],
)
def test_code(text: str, shown: str) -> None:
    assert code(text) == shown


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://example.com/a_b", "https://example.com/a_b"),
        ("HTTP://example.com", "HTTP://example.com"),
        ('https://example.com/)"<script>|`\\', "https://example.com/%29%22%3Cscript%3E%7C%60%5C"),
        ("https://example.com/?a=1&copy;=2", "https://example.com/?a=1&copy;=2"),
        ("https://example.com/ a\nb", "https://example.com/%20a%0Ab"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.com", None),
        ("https://", None),
        ("", None),
    ],
)
def test_a_link_leads_to_a_web_page_or_nowhere(address: str, leads: str | None) -> None:
    tokens = _in_a_table(cell(link("`x`", address)))
    assert [token.attrs["href"] for token in tokens if token.type == "link_open"] == ([leads] if leads else [])
    assert [token.content for token in tokens if token.type == "code_inline"] == ["x"]


def test_words_are_cut_short_without_an_open_span() -> None:
    words = "`n` must be `one`, ``t`wo`` or 3."
    assert shortened(words, 100) == words
    assert shortened(words, 8) == "`n` must…"
    assert shortened(words, 14) == "`n` must be …"
    assert shortened(words, 22) == "`n` must be `one`, …"
    for longest in range(len(words)):
        assert "`" not in unmarked(shortened(words, longest)).replace("t`wo", "")
