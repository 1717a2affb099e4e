"""The reference page of rules: all of them, each with an anchor, and nothing of a spec that is more than text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from markdown_it import MarkdownIt

from generator.spec import Contract, load_all
from generator.spec.reference import markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markdown_it.token import Token

_ANCHOR = re.compile(r'<a id="([^"]*)">')
_LINK = re.compile(r"\]\(#([^)]*)\)")
_COUNT = re.compile(r"(?:\) \(|: )([0-9]+)")


@pytest.fixture(scope="module")
def contracts() -> tuple[Contract, ...]:
    return load_all()


@pytest.fixture(scope="module")
def page(contracts: tuple[Contract, ...]) -> str:
    return markdown(contracts)


def _tokens(text: str) -> list[Token]:
    def below(tokens: list[Token]) -> Iterator[Token]:
        for token in tokens:
            yield token
            yield from below(token.children or [])

    return list(below(MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)))


def _row(page: str, rule_id: str) -> str:
    (row,) = [line for line in page.splitlines() if f'<a id="{rule_id}"></a>' in line]
    return row


def test_each_rule_has_one_row_with_its_anchor(contracts: tuple[Contract, ...], page: str) -> None:
    rules = [rule for contract in contracts for rule in contract.rules]
    for rule in rules:
        row = _row(page, rule.id)
        assert row.startswith(f'| <a id="{rule.id}"></a>')
        assert f"<br>[`{rule.id}`](#{rule.id}) | {rule.level.value}: " in row
    assert sum(line.startswith("| <a id") for line in page.splitlines()) == len(rules)


def test_anchors_are_unique_and_links_lead_to_them(page: str) -> None:
    anchors = Counter(_ANCHOR.findall(page))
    assert {anchor for anchor, times in anchors.items() if times > 1} == set()
    assert set(_LINK.findall(page)) <= set(anchors)
    assert {"powertokens", "venice", "editImage", "editImage/json", "editImage/answer-402"} <= set(anchors)


def test_the_contents_count_every_rule(contracts: tuple[Contract, ...], page: str) -> None:
    contents = page.split("## Contents")[1].split("\n## ", maxsplit=1)[0]
    counts = {line.count("  "): 0 for line in contents.splitlines() if "- " in line}
    for line in contents.splitlines():
        if "- " in line:
            counts[line.index("-") // 2] += sum(int(count) for count in _COUNT.findall(line.split("- ", 1)[1]))
    everything = sum(len(contract.rules) for contract in contracts)
    assert counts == {0: everything, 1: everything, 2: everything}


def test_a_condition_is_told_once_above_its_rules(page: str) -> None:
    lines = page.splitlines()
    at = lines.index("Unless `enable_sequential` is true:")
    assert lines[at + 1 : at + 4] == ["", "| Rule | Source |", "|---|---|"]
    assert "`n` must be at most 4.<br>" in lines[at + 4]
    assert lines[at + 5] == ""


def test_rules_of_a_field_stand_together(contracts: tuple[Contract, ...], page: str) -> None:
    fields = {rule.id: rule.field for contract in contracts for rule in contract.rules}
    seen: set[str] = set()
    for before, row in pairwise(page.splitlines()):
        if not row.startswith("| <a id"):
            seen = set()
            continue
        field = fields[_ANCHOR.findall(row)[0]]
        above = _ANCHOR.findall(before)
        assert field not in seen or fields[above[0]] == field
        seen.add(field)


def test_what_a_rule_says_and_where_it_is_from(page: str) -> None:
    row = _row(page, "generateImages/messages/size/pattern")
    assert "`size` must be `1K`, `2K` or `4K`; or a whole number above 0, then `*`, then a whole number above 0" in row
    assert row.endswith("| assumed: No document, the custom of HTTP services |")
    address = "https://docs.venice.ai/api-reference/endpoint/image/edit"
    assert _row(page, "editImage/json/quality/enum").endswith(f"| documented: [image edit]({address}) |")
    assert _row(page, "editImages/credentials/security").endswith("| documented: image edit, qwen-image-2.0-pro |")
    assert f"| [Venice, image edit]({address}) | documented | 36 |" in page


def test_a_page_of_nothing_says_so(contracts: tuple[Contract, ...]) -> None:
    text = markdown([evolve(contracts[0], operations=())])
    assert ": no rules\n" in text
    assert "No rules." in text


def test_two_apis_with_the_same_ids_have_anchors_of_their_own(small: str, load_text: Callable[[str], Contract]) -> None:
    contract = load_text(small)
    text = markdown([contract, contract])
    anchors = _ANCHOR.findall(text)
    assert len(anchors) == len(set(anchors))
    assert {"small", "small-2", "makeThing/json", "makeThing/json-2", "makeThing/json/name/maxLength-2"} <= set(anchors)
    assert set(_LINK.findall(text)) <= set(anchors)


def test_a_name_that_no_link_could_say_is_written_otherwise(load_text: Callable[[str], Contract], small: str) -> None:
    contract = evolve(load_text(small), name='a b"><script>')
    anchors = _ANCHOR.findall(markdown([contract]))
    assert anchors[0] == "a~20~b~22~~3e~~3c~script~3e~"


def test_text_of_a_spec_is_no_more_than_text(changed: Callable[..., str], load_text: Callable[[str], Contract]) -> None:
    nasty = "A | *page* <script>x</script> # [x](y) ![z](q) $a$ &lt;"
    text = changed(
        ("title: Small", f'title: "{nasty}"'),
        ("page: The page,", f'page: "{nasty}", url: "https://example.com/)|<script>`",'),
        ("maxLength: 5}", "maxLength: 5, pattern: 'a|b`c``d'}"),
        ("enum: [small, big]}", "enum: [small, big, 'a`|<b>', '|', '<!--', \"x\\n\\n# y\"]}"),
        ("{name: cat,", "{name: a,"),
    )
    page = markdown([load_text(text)])
    tokens = _tokens(page)
    tags = {token.content for token in tokens if token.type == "html_inline"}
    assert {tag for tag in tags if not _ANCHOR.fullmatch(tag)} == {"</a>", "<br>"}
    assert not [token for token in tokens if token.type in {"html_block", "image", "em_open", "fence", "code_block"}]
    addresses = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    web = {address for address in addresses if not address.startswith("#")}
    assert web == {"README.md#how-certain-a-rule-is", "https://example.com/%29%7C%3Cscript%3E%60"}
    shown = {token.content for token in tokens if token.type == "code_inline"}
    assert {"a|b`c``d", "a`|<b>", "|", "<!--", '"x\\n\\n# y"'} <= shown
    for row in (line for line in page.splitlines() if line.startswith("| <a id")):
        assert row.replace("\\|", "").count("|") == 3, row
    assert re.sub(r"\s+", " ", nasty) in "".join(token.content for token in tokens if token.type.startswith("text"))


def test_the_same_specs_give_the_same_page(page: str) -> None:
    assert markdown(load_all()) == page
