"""What the page consists of, without a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from attrs import evolve

from generator.mock.page.reference import reference
from generator.mock.page.specs import described, link

if TYPE_CHECKING:
    import httpx

    from generator.spec import Contract, Operation

STATIC = {file.name: file for file in (files("generator.mock.page") / "static").iterdir()}


class _Seen(HTMLParser):
    """Collects what a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]


def seen(page: str) -> _Seen:
    parser = _Seen()
    parser.feed(page)
    return parser


def test_the_page_and_all_that_it_names_is_there(client: httpx.Client) -> None:
    asked, named = {"/"}, ["/"]
    while named:
        answer = client.get(named.pop())
        assert answer.status_code == 200, answer.url
        found = re.findall(r'(?:src|href)="(/[^"#?]*)|from "\./([^"]+)"|url\("([^"]+)"\)', answer.text)
        paths = {one or f"/_mock/page/{two or three}" for one, two, three in found} - asked
        asked |= paths
        named += paths
    files_named = {path.rpartition("/")[2] for path in asked if path.startswith("/_mock/page/")}
    assert files_named | {"index.html"} == set(STATIC)


@pytest.mark.parametrize("name", sorted(STATIC))
def test_nothing_comes_from_elsewhere_and_no_text_is_taken_for_markup(name: str) -> None:
    text = STATIC[name].read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://\w|//cdn", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|DOMParser|srcdoc", text)
    assert not re.search(r"<script(?! type=\"module\" src=)|<style|\son\w+=|\sstyle=", text)


@pytest.mark.parametrize("name", ["nothing.js", "..%2Froutes.py", "%2e%2e/routes.py", "routes.py", ""])
def test_no_other_file_is_served(client: httpx.Client, name: str) -> None:
    assert client.get(f"/_mock/page/{name}").status_code == 404


def test_each_file_has_its_type_and_is_asked_for_anew(client: httpx.Client) -> None:
    types = {"css": "text/css", "html": "text/html", "js": "text/javascript", "svg": "image/svg+xml"}
    for name in STATIC:
        answer = client.get(f"/_mock/page/{name}")
        assert answer.headers["content-type"].split(";")[0] == types[name.rpartition(".")[2]]
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_every_rule_has_its_line_in_the_reference(client: httpx.Client, contracts: tuple[Contract, ...]) -> None:
    rules = client.get("/_mock/specs").json()["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for contract in contracts for rule in contract.rules]
    ids = seen(client.get("/_mock/rules").text).ids
    assert len(ids) == len(set(ids))
    for rule in rules:
        path, _, fragment = rule["link"].partition("#")
        assert path == "/_mock/rules"
        assert unquote(fragment) == rule["id"]
        assert rule["id"] in ids


def test_a_link_to_a_rule_needs_no_further_quoting() -> None:
    assert link('a b/"c"%') == "/_mock/rules#a%20b/%22c%22%25"


def test_a_specs_text_stays_text_in_the_reference(contracts: tuple[Contract, ...]) -> None:
    contract = contracts[0]
    operation = contract.operations[0]
    odd = "<script>alert('\"')</script>"
    rules = tuple(evolve(rule, id=f'{rule.id}"><script>', field=odd, value=odd) for rule in operation.rules)
    changed = evolve(contract, title=odd, operations=(evolve(operation, id=odd, path=odd, rules=rules),))
    page = reference([changed])
    assert "script" not in seen(page).tags
    assert "<script" not in page


def test_the_form_knows_shapes_fields_and_examples(client: httpx.Client, operations: dict[str, Operation]) -> None:
    told = {
        operation["id"]: operation
        for api in client.get("/_mock/specs").json()["apis"]
        for operation in api["operations"]
    }
    assert list(told) == list(operations)
    edit = told["editImages"]
    assert {shape["name"]: shape["kind"] for shape in edit["shapes"]} == {
        "prompt": "json", "messages": "json", "multipart": "multipart"
    }  # fmt: skip
    form = {field["name"]: field for field in edit["shapes"][2]["fields"]}
    assert (form["image"]["is_file"], form["image"]["is_list"], form["image"]["required"]) == (True, True, True)
    assert form["n"]["maximum"] == 6
    assert edit["shapes"][1]["roles"]["prompt"] == [["input", "messages", "[]", "content", "[]", "text"]]
    assert [(example["shape"], example["name"]) for example in edit["examples"]] == [
        ("prompt", "image-edit-qwen"), ("messages", "image-edit-wan"), ("multipart", "image-edit-qwen")
    ]  # fmt: skip
    assert told["listModels"]["parameters"][0]["name"] == "type"


def test_what_the_form_knows_follows_the_specs(contracts: tuple[Contract, ...]) -> None:
    contract = contracts[0]
    told = described([evolve(contract, operations=contract.operations[:1])])
    assert [operation["id"] for operation in told["apis"][0]["operations"]] == [contract.operations[0].id]
    assert {rule["operation"] for rule in told["rules"]} == {contract.operations[0].id}


def test_only_reading_is_allowed(client: httpx.Client) -> None:
    assert client.post("/_mock/specs").status_code == 405
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
