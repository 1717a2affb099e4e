"""Headers are read once for all requests that have the same, and by their names and values alone."""

from __future__ import annotations

from generator.mock.requests.head import head_of


def test_the_same_headers_are_one_head() -> None:
    first, again = ([(b"host", b"mock"), (b"x-a", b"1")] for _ in range(2))
    assert head_of(first) is head_of(again)
    assert head_of(first) is head_of([list(pair) for pair in first])
    assert head_of(first) is not head_of([*first, (b"x-b", b"2")])


def test_the_values_of_a_repeated_header_are_joined() -> None:
    head = head_of([(b"x-a", b"1"), (b"x-b", b"\xe9"), (b"x-a", b"2")])
    assert head.headers == {"x-a": "1, 2", "x-b": "é"}


def test_a_head_does_not_show_its_secrets() -> None:
    assert "sk-secret" not in repr(head_of([(b"authorization", b"Bearer sk-secret")]))
