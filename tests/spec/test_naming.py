from __future__ import annotations

import pytest

from generator.spec.naming import method_name, snake_case


@pytest.mark.parametrize(
    ("operation_id", "tag", "name"),
    [
        ("generateImages", "images", "generate"),
        ("editImage", "image", "edit"),
        ("listModels", "models", "list"),
        ("editImages", "image", "edit"),
        ("images", "images", "images"),
        ("getHTTPStatus", "default", "get_http_status"),
        ("import", "files", "import_"),
        ("importFiles", "files", "import_"),
        ("image2Text", "image", "image_2_text"),
    ],
)
def test_a_method_is_named_after_its_operation_less_the_tag(operation_id: str, tag: str, name: str) -> None:
    assert method_name(operation_id, tag) == name
    assert name.isidentifier()


@pytest.mark.parametrize(
    ("name", "snake"), [("generateImages", "generate_images"), ("X-Y z", "x_y_z"), ("", "default"), ("Class", "class_")]
)
def test_snake_case(name: str, snake: str) -> None:
    assert snake_case(name) == snake
