"""The boundary values: whether they lie on the right side, next to the bound, and break one rule alone."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import jsonschema_rs
import pytest
from PIL import Image

from generator.spec import Contract, Level, Operation, Shape, load_all
from generator.spec.boundary import Case, cases
from generator.spec.boundary.areas import beside, near_square, oblong
from generator.spec.boundary.patterns import matching, near_misses
from generator.spec.boundary.png import padded, pixels, png

Load = Callable[[str], Contract]

CONTRACTS = load_all()
SHAPES = [
    pytest.param(operation, shape, id=f"{operation.id}-{shape.name}")
    for contract in CONTRACTS
    for operation in contract.operations
    for shape in operation.shapes
]
OWN_KEYWORDS = {"x-image", "x-total-pixels"}
"""What a plain JSON Schema validator does not know."""


@pytest.mark.parametrize(("operation", "shape"), SHAPES)
def test_a_plain_validator_agrees_on_every_case(operation: Operation, shape: Shape) -> None:
    validators = {
        other.name: jsonschema_rs.Draft202012Validator(dict(other.schema))
        for other in operation.shapes_of(shape.media_type)
    }
    for case in cases(operation, shape):
        meant = operation.shape_meant(shape.media_type, case.body)
        assert meant is not None
        refused = not validators[meant.name].is_valid(_without_files(case.body))
        only_own = all(rule.rsplit("/", 2)[-1] in OWN_KEYWORDS or "x-total-pixels" in rule for rule in case.breaks)
        assert refused == (case.side == "bad" and not only_own), case.note


_COMPANIONS = {"type": "enum", "pattern": "x-total-pixels"}
"""By keyword, another one that can't but be broken with it."""


@pytest.mark.parametrize(("operation", "shape"), SHAPES)
def test_a_bad_case_breaks_its_own_rule_alone_unless_that_cannot_be(operation: Operation, shape: Shape) -> None:
    for case in cases(operation, shape):
        if case.side == "good":
            assert case.breaks == ()
        elif case.breaks != (case.rule.id,):
            # A value of another type is no member of an enum, a side of no pixels is too small; without the field that
            # tells a shape, a body means another one.
            start, keyword = case.rule.id.rpartition("/")[::2]
            companions = {case.rule.id, f"{start}/{_COMPANIONS.get(keyword)}"}
            meant = operation.shape_meant(shape.media_type, case.body)
            assert set(case.breaks) == companions or meant is not shape, case.note


@pytest.mark.parametrize(("operation", "shape"), SHAPES)
def test_every_rule_has_cases_on_both_sides(operation: Operation, shape: Shape) -> None:
    sides = defaultdict(set)
    for case in cases(operation, shape):
        sides[case.rule.id].add(case.side)
    for rule in shape.rules:
        # In a form everything is text, one part or several, and an array without items is absent.
        textual = rule.value in ("string", "array", "object") or rule.keyword == "minItems"
        wanted = {"good"} if shape.is_multipart and textual else {"good", "bad"}
        assert sides[rule.id] == wanted, rule.id


@pytest.mark.parametrize(("operation", "shape"), SHAPES)
def test_the_cases_are_always_the_same(operation: Operation, shape: Shape) -> None:
    assert _told(cases(operation, shape)) == _told(cases(operation, shape))


def test_a_bound_on_a_number_is_tested_at_the_bound_and_one_beyond() -> None:
    assert _values("generateImages", "prompt", "n/maximum", "n") == {"good": [6], "bad": [7]}
    assert _values("generateImages", "prompt", "n/minimum", "n") == {"good": [1], "bad": [0]}
    assert _values("editImages", "multipart", "seed/minimum", "seed") == {"good": [0], "bad": [-1]}


def test_a_wide_bound_is_tested_with_what_32_bits_make_of_it() -> None:
    beyond = [2**31, 2**31 - 1 + 2**32]
    assert _values("editImages", "multipart", "seed/maximum", "seed") == {"good": [2**31 - 1], "bad": beyond}


def test_a_wider_bound_is_tested_where_the_narrower_one_does_not_apply() -> None:
    found = _of("generateImages", "messages", "n/maximum")
    assert [(case.side, case.body["n"], case.body["enable_sequential"]) for case in found] == [
        ("good", 12, True),
        ("bad", 13, True),
    ]


def test_a_conditional_bound_is_tested_on_both_branches() -> None:
    found = _of("generateImages", "messages", "n/maximum/unless-enable_sequential-true")
    assert [(case.side, case.body["n"], case.body.get("enable_sequential")) for case in found] == [
        ("good", 4, None),
        ("bad", 5, None),
        ("bad", 5, False),
        ("good", 5, True),
    ]
    found = _of("generateImages", "prompt", "n/maximum/when-model-wan2.7-image-pro")
    assert [(case.side, case.body["n"], case.body["model"]) for case in found] == [
        ("good", 1, "wan2.7-image-pro"),
        ("bad", 2, "wan2.7-image-pro"),
        ("good", 2, "qwen-image-2.0-pro"),
    ]


def test_where_no_wider_rule_takes_a_value_that_it_is_taken_is_only_assumed() -> None:
    found = _of("generateImages", "prompt", "size/x-total-pixels/unless-model-wan2.7-image-pro")
    exempt = [case for case in found if case.body["model"] == "wan2.7-image-pro"]
    assert exempt
    assert all((case.side, case.level) == ("good", Level.ASSUMED) for case in exempt)
    wider = _of("generateImages", "prompt", "n/maximum/when-model-wan2.7-image-pro")[-1]
    assert wider.level is Level.DOCUMENTED


def test_total_pixels_are_tested_to_the_pixel_with_odd_sides_and_with_one_long_side() -> None:
    values = _values("editImages", "prompt", "size/x-total-pixels", "size")
    assert {"512*512", "2048*2048", "2047*2049", "1024*4096", "4096*1024"} <= set(values["good"])
    assert {"511*513", "1985*2113", "4096*1025"} <= set(values["bad"])


def test_characters_are_counted_as_code_points() -> None:
    values = _values("generateImages", "prompt", "prompt/maxLength", "prompt")
    assert {len(text) for text in values["good"]} == {800}
    assert {len(text) for text in values["bad"]} == {801}
    assert max(len(text.encode("utf-16-le")) for text in values["good"]) == 1602
    assert max(len(text.encode()) for text in values["good"]) == 799 * 3 + 4


def test_a_pattern_is_tested_by_near_misses() -> None:
    bad = _values("generateImages", "prompt", "size/pattern", "size")["bad"]
    assert {"1024*1024x", "1024*1024\n", "1024x1024", "", "-1024*1024"} <= set(bad)


def test_an_enum_is_tested_by_each_value_and_by_those_of_another_shape() -> None:
    assert _values("editImages", "prompt", "model/enum", "model")["good"] == ["qwen-image-2.0-pro", "wan2.7-image-pro"]
    assert "qwen-image-2.0-pro" in _values("editImages", "messages", "model/enum", "model")["bad"]


def test_a_required_field_is_left_out_and_nothing_else() -> None:
    (good, bad) = _of("editImage", "json", "prompt/required")
    assert {name for name in good.body if name not in bad.body} == {"prompt"}


@pytest.mark.parametrize("shape", ["json", "multipart"])
def test_images_lie_on_both_sides_of_their_pixels_and_bytes(shape: str) -> None:
    found = [case for case in _of("editImage", shape, "image/x-image") if _content(case.body["image"])]
    sizes = {"good": set(), "bad": set()}  # type: dict[str, set[int | None]]
    for case in found:
        sizes[case.side].add(pixels(_content(case.body["image"])))
    assert {65536, 33177600} <= sizes["good"]
    assert 65535 in sizes["bad"]
    assert any(total is not None and 33177600 < total < 33177700 for total in sizes["bad"])
    assert max(len(_content(case.body["image"])) for case in found if case.side == "good") == 24_000_000
    assert max(len(_content(case.body["image"])) for case in found if case.side == "bad") == 27_000_000


def test_an_image_needs_no_other_server_unless_the_web_address_is_what_is_tested() -> None:
    for contract in CONTRACTS:
        for operation in contract.operations:
            for shape in operation.shapes:
                for case in cases(operation, shape):
                    if case.side == "good" and "web address" not in case.note:
                        assert "https://" not in repr(case.body), case.note


def test_the_web_address_of_an_image_is_the_one_that_is_given() -> None:
    operation, shape = _shape("editImage", "json")
    given = [
        case for case in cases(operation, shape, image_url="https://here.example/a.png") if "web address" in case.note
    ]
    assert [case.body["image"] for case in given] == ["https://here.example/a.png"]
    assert not [case for case in cases(operation, shape, image_url=None) if "web address" in case.note]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 3), (512, 512), (255, 257), (3000, 10)])
def test_a_png_can_be_decoded(width: int, height: int) -> None:
    with Image.open(BytesIO(png(width, height))) as image:
        image.load()
        assert image.size == (width, height)
        assert image.getextrema() == (255, 255)
    assert pixels(png(width, height)) == width * height


def test_a_padded_png_has_the_size_asked_for_and_can_be_decoded() -> None:
    image = padded(png(8, 8), 100_000)
    assert len(image) == 100_000
    with Image.open(BytesIO(image)) as decoded:
        decoded.load()
        assert decoded.size == (8, 8)
    with pytest.raises(ValueError, match="needs"):
        padded(png(8, 8), 20)


def test_what_is_no_png_has_no_pixels() -> None:
    assert pixels(b"GIF89a") is None
    assert pixels(png(4, 4)[:12]) is None


def test_sides_multiply_to_their_total() -> None:
    for total in (1, 2, 97, 262143, 262144, 4194304, 4194305):
        short, long = near_square(total)
        assert short * long == total
        assert short <= long
    assert oblong(4194304) == (1024, 4096)
    assert oblong(4194305) is None


def test_a_prime_total_is_passed_by() -> None:
    assert near_square(65537) == (1, 65537)
    short, long = beside(65536, 1)
    assert short * long > 65536
    assert long <= 4 * short


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^([124]K|[1-9][0-9]*\*[1-9][0-9]*)$", ["1K", "2K", "4K", "11*11"]),
        (r"^[0-9]+(\.[0-9]+)?%$", ["1.1%"]),
        (r"^\d{3}-\w\s.$", ["111-1 a"]),
        (r"^[^0-9]x*$", ["ax"]),
        (r"^(?=a)b$", []),
        (r"[", []),
    ],
)
def test_strings_are_made_that_match_a_pattern(pattern: str, expected: list[str]) -> None:
    assert matching(pattern) == expected


def test_near_misses_differ_from_the_text() -> None:
    assert all(changed != "a" for _, changed in near_misses("a"))
    assert len({changed for _, changed in near_misses("10*10")}) > 10


EVERY_KEYWORD = """
      type: object
      required: [a]
      minProperties: 1
      maxProperties: 9
      dependentRequired: {b: [c]}
      not: {required: [forbidden]}
      properties:
        a: {type: string, const: right}
        b: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 2, multipleOf: 0.25}
        c: {type: integer, multipleOf: 5, minimum: 5}
        d: {type: array, uniqueItems: true, minItems: 1, maxItems: 3, items: {type: string}}
        e: {type: [string, "null"], minLength: 2}
        f: {type: object, additionalProperties: {type: integer, maximum: 3}}
        g:
          type: object
          properties: {x: {type: string}, y: {description: The other.}}
          oneOf: [{required: [x]}, {required: [y]}]
        h: {anyOf: [{type: string, maxLength: 3}, {type: integer}]}
        i: {type: object, additionalProperties: false, properties: {x: {type: boolean}}}
        j: {enum: [1, 2, big]}
      allOf:
        - properties: {k: {type: integer, maximum: 7}}
"""


def test_every_keyword_gets_cases_on_both_sides(small: str, load_text: Load) -> None:
    start = small.index("    Thing:\n") + len("    Thing:\n")
    end = small.index("    Made:\n")
    text = small[:start] + "      x-source: {document: page}" + EVERY_KEYWORD + small[end:]
    text = text.replace("value: {name: cat, kind: big, size: 10*20}", "value: {a: right}")
    operation = load_text(text).operation("makeThing")
    sides = defaultdict(set)
    for case in cases(operation, operation.shapes[0]):
        sides[case.rule.id].add(case.side)
    lacking = {rule.id: sides[rule.id] for rule in operation.shapes[0].rules if sides[rule.id] != {"good", "bad"}}
    assert lacking == {}


def _shape(operation: str, shape: str) -> tuple[Operation, Shape]:
    for contract in CONTRACTS:
        for found in contract.operations:
            if found.id == operation:
                return found, next(other for other in found.shapes if other.name == shape)
    raise AssertionError(operation)


def _of(operation: str, shape: str, rule: str) -> list[Case]:
    return [case for case in cases(*_shape(operation, shape)) if case.rule.id == f"{operation}/{shape}/{rule}"]


def _values(operation: str, shape: str, rule: str, field: str) -> dict[str, list[Any]]:
    found = _of(operation, shape, rule)
    return {side: [case.body[field] for case in found if case.side == side] for side in ("good", "bad")}


def _told(found: Iterator[Case]) -> list[tuple[str, str, str, int]]:
    return [(case.rule.id, case.side, case.note, hash(repr(case.body))) for case in found]


def _content(image: object) -> bytes:
    """The bytes of an image in a body; empty for a web address or another text."""
    if isinstance(image, bytes):
        return image
    text = str(image).rpartition(";base64,")[2]
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _without_files(value: object) -> object:
    if isinstance(value, bytes):
        return "a file"
    if isinstance(value, list):
        return [_without_files(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_files(item) for key, item in value.items()}
    return value


def test_a_body_that_is_a_file_by_itself_is_bytes_on_both_sides(changed: Callable[..., str], load_text: Load) -> None:
    limits = "{forms: [file], minPixels: 4, maxPixels: 99, maxBytes: 900}"
    before, after = "          application/json:\n            schema: {$ref: ", '"#/components/schemas/Thing"}'
    whole = f"          image/*: {{schema: {{type: string, format: binary, x-image: {limits}}}}}\n"
    operation = load_text(changed((before + after, whole + before + after))).operation("makeThing")
    (shape,) = operation.shapes_of("image/*")
    files = [(case.side, case.body, case.note) for case in cases(operation, shape)]
    assert all(isinstance(body, bytes) for _, body, _ in files)
    right = [4 <= (pixels(body) or 0) <= 99 and len(body) <= 900 for _, body, _ in files]
    assert right == [side == "good" for side, _, _ in files]
    assert "the body: an image of 901 bytes" in {note for side, _, note in files if side == "bad"}


@pytest.mark.parametrize(("limit", "notes"), [(8, {"bad"}), (300_000_000, set())])
def test_no_image_is_made_that_cannot_be_or_that_fills_the_memory(
    limit: int, notes: set[str], changed: Callable[..., str], load_text: Load
) -> None:
    operation = load_text(changed(("maxBytes: 8", f"maxBytes: {limit}"))).operation("makeThing")
    (shape,) = operation.shapes_of("application/json")
    assert {case.side for case in cases(operation, shape) if "bytes" in case.note} == notes
