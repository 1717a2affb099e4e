"""A gateway that takes images in one of the documented forms only is judged by that form."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from attrs import frozen

from generator.conformance import ExitCode, Report, Settings, run
from generator.conformance.plan import Group, make_plan
from generator.conformance.rebasing import alternatives, rebased
from generator.spec import Contract, Shape, load
from generator.spec.boundary import base_body
from generator.spec.boundary.images import EXAMPLE_URL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SPEC = """
openapi: 3.1.1
info: {title: Pictured, version: "1"}
servers: [{url: "https://pictured.example"}]
x-documents: {page: {page: The page, level: documented}}
paths:
  /edits:
    post:
      operationId: editImage
      tags: [images]
      x-source: {document: page}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [image, prompt]
              properties:
                image: {type: string, x-image: {forms: [url, base64, data-uri]}}
                prompt: {type: string, maxLength: 9}
                seed: {type: integer, minimum: 0, maximum: 7}
      responses: {"204": {description: Done.}}
"""


def _is_png(text: str) -> bool:
    try:
        return base64.b64decode(text, validate=True).startswith(b"\x89PNG")
    except ValueError:
        return False


FORMS: dict[str, Callable[[str], bool]] = {
    "url": lambda image: image.startswith(("http://", "https://")),
    "data-uri": lambda image: image.startswith("data:image/png;base64,") and _is_png(image.partition(",")[2]),
    "base64": _is_png,
}


@frozen
class Picky:
    """A gateway that takes images in some forms only."""

    forms: tuple[str, ...]
    most: int = 7

    def __call__(self, request: httpx.Request) -> httpx.Response:
        try:
            body = json.loads(request.content)
        except (ValueError, RecursionError):
            return httpx.Response(400)
        if request.headers["content-type"].partition(";")[0] != "application/json":
            return httpx.Response(415)
        return httpx.Response(204 if self._takes(body) else 400)

    def _takes(self, body: Any) -> bool:
        if not isinstance(body, dict):
            return False
        image, prompt, seed = body.get("image"), body.get("prompt"), body.get("seed", 0)
        return (
            isinstance(image, str)
            and any(FORMS[form](image) for form in self.forms)
            and isinstance(prompt, str)
            and len(prompt) <= 9
            and type(seed) in {int, float}
            and int(seed) == seed
            and 0 <= seed <= self.most
        )


@pytest.fixture
def pictured(tmp_path: Path) -> Contract:
    path = tmp_path / "pictured.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return load(path)


@pytest.fixture
def shape(pictured: Contract) -> Shape:
    return pictured.operations[0].shapes[0]


def _judged(contract: Contract, gateway: Picky) -> Report:
    settings = Settings(base_url="https://pictured.example")
    return run(contract, settings, transport=httpx.MockTransport(gateway))


@pytest.mark.parametrize("forms", [("url",), ("data-uri",), ("base64",), ("url", "data-uri"), tuple(FORMS)], ids=str)
def test_one_that_takes_some_forms_is_judged_by_one_of_them(pictured: Contract, forms: tuple[str, ...]) -> None:
    report = _judged(pictured, Picky(forms))
    about_images = {finding.rule for finding in report.findings}
    assert about_images <= {"editImage/json/image/x-image"}, about_images
    assert next(each for each in report.verdicts if each.rule == "editImage/json/seed/maximum").told >= 2
    if forms == tuple(FORMS):
        assert report.exit_code is ExitCode.CONFORMS


@pytest.mark.parametrize("form", FORMS)
def test_its_faults_are_found_by_that_form(pictured: Contract, form: str) -> None:
    report = _judged(pictured, Picky((form,), most=8))
    finding = next(each for each in report.findings if each.rule == "editImage/json/seed/maximum")
    assert FORMS[form](finding.exchange.request.body["image"])
    assert finding.exchange.request.body["seed"] == 8


def test_one_that_takes_none_is_blamed_for_the_plain_request(pictured: Contract) -> None:
    report = _judged(pictured, Picky(()))
    assert "editImage/json/call" in {finding.rule for finding in report.findings}
    assert report.exit_code is ExitCode.VIOLATES


def test_the_other_forms_are_the_alternatives(pictured: Contract, shape: Shape) -> None:
    plain = base_body(pictured.operations[0], shape)
    found = dict(alternatives(shape, plain))
    assert set(found) == {"with the image as url", "with the image as data-uri"}
    assert found["with the image as url"] == {**plain, "image": EXAMPLE_URL}


def _groups(contract: Contract) -> list[Group]:
    plan = make_plan(contract, Settings(base_url="https://pictured.example"))
    return [*plan.free, *plan.unsure, *plan.paid]


def test_a_request_is_made_anew_where_it_holds_the_plain_image(pictured: Contract, shape: Shape) -> None:
    plain = base_body(pictured.operations[0], shape)
    other = {**plain, "image": EXAMPLE_URL}
    for group in _groups(pictured):
        new = rebased(group, plain, other)
        body = group.request.body
        if isinstance(body, dict) and body.get("image") == plain["image"] and group.request.raw is None:
            assert new.request.body == {**body, "image": EXAMPLE_URL}
            assert [case.id for case in new.cases] == [case.id for case in group.cases]
            assert {case.request.body["image"] for case in new.cases} == {EXAMPLE_URL}
        else:
            assert new is group, "what would be the same is not sent again"
