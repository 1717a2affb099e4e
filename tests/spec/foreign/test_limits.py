"""What small documents could make large: adapted as far as it makes sense, then cut, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.client.models import module_of

if TYPE_CHECKING:
    from generator.spec.foreign import Foreign
    from tests.spec.foreign.conftest import Adapt


def _answer(schema: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"/a": {"get": {"operationId": "getPet", "responses": {"200": {"description": "", "content": content}}}}}


def _adapted(adapt: Adapt, schema: Any, **schemas: Any) -> Foreign:
    return adapt(paths=_answer(schema), components={"schemas": schemas})


def _components(found: Foreign) -> dict[str, Any]:
    components: dict[str, Any] = found.contract.document.data["components"]["schemas"]
    return components


def test_parts_that_recur_in_each_other_end(adapt: Adapt) -> None:
    again = {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"c": {"type": "string"}}}]}
    found = _adapted(
        adapt, {"$ref": "#/components/schemas/A"}, A={"type": "object", "properties": dict.fromkeys("abd", again)}
    )
    assert "too-deep" in {cut.code for cut in found.cuts}
    assert len(_components(found)) < 1_000


def test_parts_that_are_reached_by_many_ways_are_taken_once(adapt: Adapt) -> None:
    doubling = {f"A{n}": {"allOf": [{"$ref": f"#/components/schemas/A{n + 1}"}] * 2} for n in range(18)}
    last = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}}
    found = _adapted(adapt, {"allOf": [{"$ref": "#/components/schemas/A0"}, {}]}, **doubling, A18=last)
    assert not found.cuts
    ((_, component),) = _components(found).items()
    assert component["properties"] == {"a": {"type": "string"}}


def test_a_chain_of_components_is_no_longer_than_python_can_import(adapt: Adapt) -> None:
    chain = {
        f"A{n}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/A{n + 1}"}}}
        for n in range(300)
    }
    found = _adapted(adapt, {"$ref": "#/components/schemas/A0"}, **chain, A300={"type": "string"})
    ((code, pointer),) = [(cut.code, cut.pointer) for cut in found.cuts]
    assert (code, pointer) == ("too-deep", "/components/schemas/A100")
    assert list(_components(found)) == sorted(f"A{n}" for n in range(101))


def test_a_chain_that_ends_in_time_is_whole(adapt: Adapt) -> None:
    chain = {
        f"A{n}": {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/A{n + 1}"}}}
        for n in range(100)
    }
    found = _adapted(adapt, {"$ref": "#/components/schemas/A0"}, **chain, A100={"type": "string"})
    assert not found.cuts
    assert len(_components(found)) == 100


def test_names_of_objects_in_objects_stay_names_of_files(adapt: Adapt) -> None:
    schema: Any = {"type": "object", "properties": {"last": {"type": "string"}}}
    for letter in "abcdef":
        schema = {"type": "object", "properties": {letter * 300: schema}}
    found = _adapted(adapt, schema)
    assert len(_components(found)) >= 5
    assert all(len(module_of(name)) <= 200 for name in _components(found))


def test_what_allows_null_and_anything_is_anything(adapt: Adapt) -> None:
    found = _adapted(
        adapt, {"type": "object", "properties": {"a": {"nullable": True, "readOnly": True}, "b": {"writeOnly": True}}}
    )
    ((_, component),) = _components(found).items()
    assert component["properties"] == {"a": {}}
