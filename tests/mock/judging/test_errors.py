"""Error bodies in the shapes that an operation documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.mock.judging.errors import ErrorShapes, RefusalError

if TYPE_CHECKING:
    from generator.spec import Operation


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, "invalid_request_error", "bad_request_body"),
        (401, "authentication_error", "access_denied"),
        (404, "invalid_request_error", None),
        (413, "invalid_request_error", "read_request_body_failed"),
        (429, "rate_limit_error", "insufficient_user_quota"),
        (500, "server_error", "gen_relay_info_failed"),
        (503, "server_error", "get_channel_failed"),
    ],
)
def test_an_error_object_carries_the_documented_code(
    operations: dict[str, Operation], status: int, kind: str, code: str | None
) -> None:
    shapes = ErrorShapes.of(operations["generateImages"].answers)
    assert shapes.body(RefusalError(status, "No.", param="n"), "id-1") == {
        "error": {"message": "No. (request id: id-1)", "type": kind, "param": "n", "code": code}
    }


def test_a_text_has_details_only_where_they_are_documented(operations: dict[str, Operation]) -> None:
    shapes = ErrorShapes.of(operations["editImage"].answers)
    detailed = RefusalError(400, "No.", details={"n": ["must be less"]})
    assert shapes.body(detailed, "id-1") == {"error": "No.", "details": {"n": {"_errors": ["must be less"]}}}
    assert shapes.body(RefusalError(400, "No."), "id-1") == {"error": "No."}
    assert shapes.body(RefusalError(401, "No.", details={"n": ["x"]}), "id-1") == {"error": "No."}


def test_a_status_that_is_not_documented_has_the_shape_of_400(operations: dict[str, Operation]) -> None:
    shapes = ErrorShapes.of(operations["editImage"].answers)
    assert not shapes.documents(413)
    assert shapes.documents(415)
    assert shapes.body(RefusalError(413, "No."), "id-1") == {"error": "No."}
    assert ErrorShapes.of(()).body(RefusalError(400, "No."), "id-1") == {"error": "No."}
