"""Descriptions are readable once their lines are wrapped anew."""

from __future__ import annotations

import time

import pytest

from generator.spec.foreign.words import beginning, readable


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plain words,\nin two lines.", "Plain words,\nin two lines."),
        ("<p>One <b>thing</b> &amp; more.</p><p>Two.</p>", "One **thing** & more.\n\nTwo."),
        ('See <a class="x" href="https://a.b/c">the\ndocs</a>.', "See [the docs](https://a.b/c)."),
        ("By <id> in <code>GET /{id}</code>", "By <id> in `GET /{id}`"),
        ("<ul><li>one</li><li>two</li></ul>", "* one\n\n* two"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "* a: b\n\n* 1: 2"),
        ("<!-- not for you -->Words", "Words"),
        ("Any of:\n* a\n* b\n  and more\n\nEnd.", "Any of:\n\n* a\n\n* b and more\n\nEnd."),
        ("1. a\n2) b", "1. a\n\n2) b"),
        ("## Paging ##\nBy page.", "**Paging**\n\nBy page."),
        ("Use C#\n------\nNo.", "**Use C#**\n\nNo."),
        ("Above.\n\n---\n\nBelow.", "Above.\n\nBelow."),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "* a: b\n\n* 1: 2"),
        ("Call\n```\ncurl x\n```\nnow", "Call\n\n`curl x`\n\nnow"),
        ("Like\n~~~json\n{\n1\n}\n~~~\nthis", "Like\n\nthis"),
        ("a\r\n- b", "a\n\n- b"),
        ("5 - 3 is 2, a|b", "5 - 3 is 2, a|b"),
    ],
)
def test_what_the_lines_meant_is_kept(text: str, wanted: str) -> None:
    assert readable(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["<!--" * 12_000, "<a " * 16_000, "<a href=http://x>" * 3_000, "| " * 25_000, "# " + " #" * 24_000, "=\n" * 25_000],
    ids=lambda text: text[:8],
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    readable(text)
    assert time.process_time() - began < 3


def test_what_is_too_long_to_be_read_is_cut() -> None:
    assert readable("<b>" + "a " * 60_000).endswith(" …")


def test_the_beginning_ends_with_a_whole_paragraph() -> None:
    assert beginning("One.\n\n**More**\n\n" + "a" * 2_000) == "One."
    assert beginning("a" * 2_000) == "a" * 2_000
    assert beginning("For example:\n\n" + "a" * 2_000) == "For example:"
