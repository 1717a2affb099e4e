from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from generator.spec import SpecError, load
from generator.spec.document import MAX_DEPTH, MAX_PLACES, json_pointer, read_document

if TYPE_CHECKING:
    from pathlib import Path

Read = Callable[[str], object]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_it(text: str) -> object:
        path = tmp_path / "a.yaml"
        path.write_text(text, encoding="utf-8")
        return read_document(path).data

    return read_it


def _codes(error: SpecError) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.line, problem.pointer) for problem in error.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("010", 10),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        (".inf", ".inf"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('"16:9"', "16:9"),
        ("[1, {b: 2}]", [1, {"b": 2}]),
    ],
)
def test_a_plain_text_is_read_as_yaml_1_2_reads_it(read: Read, text: str, value: object) -> None:
    data = read(f"a: {text}")
    assert data == {"a": value}
    assert type(next(iter(data.values()))) is type(value)  # True is no 1


def test_json_is_read_as_well(read: Read) -> None:
    assert read('{"a": [1, true, null, "16:9"],\n\t"b": {"c": "\\u00e4\\n"}}') == {
        "a": [1, True, None, "16:9"],
        "b": {"c": "ä\n"},
    }


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_document(path).data == {"a": 1}


def test_aliases_are_followed_and_their_lines_known(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: &x\n  b: 1\nc:\n  - *x\n", encoding="utf-8")
    document = read_document(path)
    assert document.data == {"a": {"b": 1}, "c": [{"b": 1}]}
    assert [document.line(place) for place in [("a",), ("a", "b"), ("c",), ("c", 0, "b")]] == [1, 2, 3, 2]


def test_the_line_of_a_place_that_is_not_there_is_that_of_the_nearest_one_around(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a:\n  b: 1\n", encoding="utf-8")
    assert read_document(path).line(("a", "b", "c", 0)) == 2


def test_pointers_are_escaped() -> None:
    assert json_pointer(("paths", "/a~b", 0)) == "/paths/~1a~0b/0"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\na: 2\n", ("duplicate-key", 2, "/a")),
        ("a:\n  b/c: 1\n  b/c: 1\n", ("duplicate-key", 3, "/a/b~1c")),
        ("a: [1\nb: 2\n", ("syntax-error", 2, "")),
        ("a: *nobody\n", ("syntax-error", 1, "")),
        ("a: 1\n---\nb: 2\n", ("syntax-error", 2, "")),
        ("a: 1\nb: \0\n", ("syntax-error", 2, "")),
        ("? [a]\n: 1\n", ("no-text-key", 1, "")),
        ("a: !python/name:os.system 1\n", ("unknown-tag", 1, "/a")),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", ("merge-key", 3, "/c/<<")),
        ("a: 1e999\n", ("too-large", 1, "/a")),
        (f"a: {'9' * 5000}\n", ("too-large", 1, "/a")),
        ('a: 1\nb: "x\\e[31m"\n', ("hidden-sign", 2, "/b")),
        ('a: 1\n"b\\u202e": 1\n', ("hidden-sign", 2, "/b\u202e")),
        ("a: x\u202ey\n", ("hidden-sign", 1, "/a")),
        ("", ("no-mapping", 1, "")),
        ("- 1\n", ("no-mapping", 1, "")),
        ("a: &x [*x]\n", ("too-deep", 1, "/a/0")),
        ("a: &x\n  b: *x\n", ("too-deep", 2, "/a/b")),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(read: Read, text: str, told: tuple[str, int, str]) -> None:
    with pytest.raises(SpecError) as caught:
        read(text)
    code, line, pointer = told
    found = _codes(caught.value)[0]
    assert (found[0], found[2]) == (code, pointer)
    assert found[1] in {line, line - 1} if code == "too-deep" else found[1] == line


def test_both_lines_of_a_duplicate_key_are_named(read: Read) -> None:
    with pytest.raises(SpecError, match=r":3: /a \[duplicate-key\] .*'a'.*first on line 1") as caught:
        read("a: 1\nb: 2\na: 3\n")
    assert len(caught.value.problems) == 1


def test_a_missing_file_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"gone\.yaml: \[missing-file\] There is no such file"):
        load(tmp_path / "gone.yaml")


def test_a_folder_is_no_spec(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="unreadable-file"):
        load(tmp_path)


def test_a_file_that_is_not_utf_8_is_told_plainly(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: \xff\n")
    with pytest.raises(SpecError, match=r"not UTF-8: .* at byte 3"):
        load(path)


@pytest.mark.parametrize("brackets", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_before_it_ends_the_process(read: Read, brackets: str) -> None:
    with pytest.raises(SpecError, match=r"too-deep|syntax-error"):
        read("a: \n  " + brackets * 100_000)


def test_nesting_up_to_the_limit_is_read(read: Read) -> None:
    depth = MAX_DEPTH - 1
    assert read("a: " + "[" * depth + "]" * depth) is not None
    with pytest.raises(SpecError, match="too-deep"):
        read("a: " + "[" * (depth + 1) + "]" * (depth + 1))


def test_a_bomb_of_aliases_is_refused(read: Read) -> None:
    """Ten levels of ten aliases each stand for ten thousand million places."""
    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 11))
    with pytest.raises(SpecError, match=f"more than {MAX_PLACES:,} places"):
        read(bomb)
