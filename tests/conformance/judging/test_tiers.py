"""What the sizes of several answers tell of a resolution tier."""

from __future__ import annotations

from generator.conformance.case import Case, Expectation
from generator.conformance.exchange import Answer, Exchange, SeenImage, Sent
from generator.conformance.sending import Request
from generator.conformance.tiers import tier_checks
from generator.spec import Level, Operation, load_all

OPERATION: Operation = next(one for one in load_all() if one.name == "venice").operation("editImage")
SHAPE = next(shape for shape in OPERATION.shapes if shape.name == "json")


def _broken(*answered: tuple[dict[str, str], int]) -> set[str]:
    """The rules that answers break: what was asked for, and the side of the square that came."""
    found = []
    for number, (fields, side) in enumerate(answered):
        request = Request("POST", "/edit", media_type="application/json", body={"prompt": "Make it night", **fields})
        case = Case(
            str(number), "editImage", "r", Level.DOCUMENTED, "page", Expectation.CARRIED_OUT, "", request, SHAPE
        )
        image = SeenImage("image/png", side, side, b"", "", "")
        exchange = Exchange(number, "editImage", request, Sent("POST", "u"), Answer(200), images=(image,))
        found.append((case, exchange))
    checks = [told.check for told in tier_checks(OPERATION, found)]
    return {check.rule.removeprefix("editImage/json/resolution/") for check in checks if check.kept is False}


ONE, TWO, PNG = {"resolution": "1K"}, {"resolution": "2K"}, {"output_format": "png"}


def test_a_higher_tier_has_more_pixels() -> None:
    assert _broken((ONE, 1024), (TWO, 2048)) == set()
    assert _broken((ONE, 1024), (TWO, 1024)) == {"honoured"}


def test_it_has_so_with_other_fields_too() -> None:
    right = [({}, 1024), (ONE, 1024), (TWO, 2048)]
    assert _broken(*right, (PNG, 1024), ({**PNG, **TWO}, 2048)) == set()
    assert _broken(*right, (PNG, 1024), ({**PNG, **TWO}, 1024)) == {"honoured"}


def test_what_differs_otherwise_is_not_compared() -> None:
    assert _broken(({**ONE, "model": "a"}, 1024), ({**TWO, "model": "b"}, 1024)) == set()


def test_an_absent_tier_stands_for_the_default_one_only_if_it_is_known_to_hold() -> None:
    assert _broken(({}, 2048), (ONE, 1024), (TWO, 2048), (PNG, 2048), ({**PNG, **TWO}, 2048)) == {"default"}
    assert _broken((PNG, 2048), ({**PNG, **TWO}, 2048)) == set()
