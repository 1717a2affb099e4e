"""The reference of rules as an HTML page: a line a rule, whose id is the rule's, so that a verdict can link to it."""

from __future__ import annotations

import json
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from generator.spec.model import Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.spec.model import Contract, Operation, Rule

_LEVELS = {
    Level.DOCUMENTED: "one of the provider's pages says it",
    Level.PUBLISHED: "the provider's own public OpenAPI description says it, the pages don't",
    Level.ASSUMED: "nobody says it; it is what any sane HTTP service does",
}
_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Rules of the mock</title>
<link rel="icon" href="/_mock/page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/_mock/page/page.css">
</head>
"""


def reference(contracts: Sequence[Contract]) -> str:
    """The page, the same for the same specs.

    Args:
        contracts: The APIs whose rules to show.
    """
    contents = "".join(f"<ul>{''.join(_contents(contract))}</ul>" for contract in contracts)
    levels = "".join(f"<dt>{level.value}</dt><dd>{escape(words)}</dd>" for level, words in _LEVELS.items())
    return (
        f'{_HEAD}<body class="reference">\n<a class="skip" href="#rules">Skip to the rules</a>\n<header class="bar">'
        '<a class="brand" href="/"><span class="mark" aria-hidden="true"></span>mock</a><nav aria-label="Sections">'
        '<a href="/">Back to the journal</a></nav></header>\n<main id="rules">\n<h1>Rules</h1>\n'
        "<p>Every rule that the specs state. A request is judged by them alone.</p>\n"
        f'<dl class="levels">{levels}</dl>\n<nav class="contents" aria-label="Operations">{contents}</nav>\n'
        f"{''.join(_chapter(contract) for contract in contracts)}</main>\n</body>\n</html>\n"
    )


def _contents(contract: Contract) -> Iterable[str]:
    for operation in contract.operations:
        yield (
            f'<li><a href="#{_anchor(operation)}">{escape(contract.title)}, {escape(operation.id)}</a> '
            f"<small>{len(operation.rules)} rules</small></li>"
        )


def _anchor(operation: Operation) -> str:
    return f"operation-{escape(operation.id)}"


def _chapter(contract: Contract) -> str:
    sections = "".join(_section(contract, operation) for operation in contract.operations)
    return f"<h2>{escape(contract.title)}</h2>\n{sections}"


def _section(contract: Contract, operation: Operation) -> str:
    heading = (
        f'<h3 id="{_anchor(operation)}">{escape(operation.id)} '
        f"<code>{operation.method} {escape(operation.path)}</code></h3>\n"
    )
    return heading + "".join(
        f"<h4>{escape(title)}</h4>\n{_table(contract, title, list(rules))}"
        for title, rules in groupby(operation.rules, _title)
    )


def _title(rule: Rule) -> str:
    if rule.shape:
        return f"Request body, {rule.shape} ({rule.media_type})"
    return "Answers" if rule.place is Place.RESPONSE else "Request"


def _table(contract: Contract, title: str, rules: Sequence[Rule]) -> str:
    rows = "".join(_row(contract, rule) for rule in rules)
    headings = "".join(f'<th scope="col">{name}</th>' for name in ("Rule", "Asks for", "Level", "Document", "Spec"))
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}"><table><thead><tr>{headings}</tr>'
        f"</thead><tbody>\n{rows}</tbody></table></div>\n"
    )


def _row(contract: Contract, rule: Rule) -> str:
    name = escape(rule.id)
    when = f" <span>{escape(rule.when.words)}</span>" if rule.when else ""
    field = f"<b>{escape(rule.field)}</b> " if rule.field else ""
    value = escape(json.dumps(rule.value, ensure_ascii=False))
    return (
        f'<tr id="{name}"><th scope="row"><code>{name}</code></th>'
        f"<td>{field}{escape(rule.keyword)} <code>{value}</code>{when}</td>"
        f'<td><span class="level {rule.level.value}">{rule.level.value}</span></td>'
        f"<td>{escape(str(rule.source))}</td><td>{escape(contract.path.name)}:{rule.line}</td></tr>\n"
    )
