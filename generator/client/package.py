"""Builds the view of a package from a contract, with openapi-python-client as the parser of schemas."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from generator.client.collisions import colliding_classes, colliding_members
from generator.client.credentials import credential_views
from generator.client.error_classes import error_views
from generator.client.examples import many_snippet, options_snippet
from generator.client.file_answers import file_answer_views
from generator.client.file_bodies import file_body_views
from generator.client.foreign.package import foreign_package
from generator.client.literals import prose
from generator.client.models import ModelBuilder, headline
from generator.client.names import FIELD_PREFIX, pascal_case
from generator.client.operations import OperationBuilder
from generator.client.prepare import PLACE, prepare
from generator.client.reach import request_components
from generator.client.view import PackageView, ResourceView
from generator.spec import Problem, SpecError
from generator.spec.document import json_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.client.model_view import ModelView
    from generator.spec import Contract, Json, Shape
    from generator.spec.document import Pointer


def library_config() -> Config:
    """openapi-python-client's settings: enums as literals, so that plain strings are typed; no formatter of its own."""
    return Config.from_sources(
        ConfigFile(literal_enums=True, post_hooks=[], field_prefix=FIELD_PREFIX),
        meta_type=MetaType.NONE,
        document_source=Path(),
        file_encoding="utf-8",
        overwrite=True,
        output_path=None,
    )


def build_package(contract: Contract) -> tuple[PackageView, GeneratorData]:
    """Build the view of a package.

    Args:
        contract: The spec's contract.

    Returns:
        The view, and the library's own data.

    Raises:
        SpecError: The library can't parse a schema, or two names would be one.
        UnhonouredRuleError: The client can't honour a rule.
    """
    if not contract.name.isidentifier() or iskeyword(contract.name):
        message = f"{contract.name!r} can't be the name of a package. Rename the file, or give another name."
        raise SpecError([Problem(contract.path, 0, "", "package-name", message)])
    if contract.foreign:
        return foreign_package(contract), empty_data(contract)
    if problems := colliding_members(contract):
        raise SpecError(problems)
    if problems := list(_nameless(contract)):
        raise SpecError(problems)
    parsed = GeneratorData.from_dict(prepare(contract), config=library_config())
    if isinstance(parsed, GeneratorError):
        raise SpecError([_problem(contract, parsed)])
    if errors := [*parsed.errors, *_endpoint_errors(parsed)]:
        raise SpecError([_problem(contract, error) for error in errors])
    package = _Builder(contract, parsed).package()
    if problems := colliding_classes(contract, package):
        raise SpecError(problems)
    return package, parsed


def _nameless(contract: Contract) -> Iterator[Problem]:
    """What a class or a method is named after, and has no letters for a name."""
    named: dict[Pointer, str] = {("info", "title"): pascal_case(contract.title)}
    for operation in contract.operations:
        at: Pointer = ("paths", operation.path, operation.method.lower())
        named |= {(*at, "tags"): pascal_case(operation.tag), (*at, "operationId"): pascal_case(operation.id)}
    for place, name in named.items():
        if not name.isidentifier():
            yield contract.document.problem(place, "no-name", "No Python name can be made of this. Use letters.")


def empty_data(contract: Contract) -> GeneratorData:
    """The library's own data of a package that is made without its parser: nothing but a title."""
    info = {"title": contract.title, "version": contract.version}
    empty = GeneratorData.from_dict({"openapi": "3.1.0", "info": info, "paths": {}}, config=library_config())
    if isinstance(empty, GeneratorError):
        raise SpecError([_problem(contract, empty)])
    return empty


def _endpoint_errors(parsed: GeneratorData) -> Iterator[GeneratorError]:
    for collection in parsed.endpoint_collections_by_tag.values():
        yield from collection.parse_errors


def _problem(contract: Contract, error: GeneratorError) -> Problem:
    said = " ".join(part for part in (error.header, error.detail) if part)
    return Problem(contract.path, 0, "", "not-generated", f"openapi-python-client can't take this spec: {said}")


class _Builder:
    def __init__(self, contract: Contract, parsed: GeneratorData) -> None:
        self.contract, self.parsed = contract, parsed
        self.parsed_models = list(parsed.models)
        enums = list(parsed.enums)
        modules = {str(m.class_info.name): f"_{m.class_info.module_name}" for m in (*self.parsed_models, *enums)}
        self.builder = ModelBuilder(contract, request_components(contract), modules)
        self.aliases = [*map(self.builder.alias, enums), *self.builder.open_enums()]

    def package(self) -> PackageView:
        """The whole package."""
        contract = self.contract
        models = sorted([*self._models(), *file_body_views(contract, self.builder)], key=lambda model: model.name)
        operations = OperationBuilder(contract, self.parsed, self.builder, models)
        resources = tuple(self._resources(operations))
        parameters = [o.parameters for r in resources for o in r.operations if o.parameters is not None]
        info = contract.resolved["info"]
        package = PackageView(
            name=contract.name,
            importable=f"generated_client.{contract.name}",
            class_name=pascal_case(contract.title),
            title=prose(info.get("summary", "") or contract.title),
            prose=prose(info.get("description", "")),
            version=contract.version,
            server=contract.server,
            server_environment=contract.server_environment,
            spec_name=prose(contract.path.name),
            credentials=credential_views(contract),
            resources=resources,
            models=tuple(sorted([*models, *parameters], key=lambda model: model.name)),
            aliases=tuple(sorted(self.aliases, key=lambda alias: alias.name)),
            file_answers=file_answer_views(contract),
            errors=error_views(o for r in resources for o in r.operations),
        )
        return evolve(
            package,
            options_snippet=options_snippet(contract, package),
            many_snippet=many_snippet(contract, package),
        )

    def _models(self) -> Iterator[ModelView]:
        for parsed in self.parsed_models:
            place = str((parsed.data.model_extra or {}).get(PLACE, ""))
            schema = self._at(place)
            yield self.builder.model(parsed, schema, place, self._shape(schema, place))

    def _shape(self, schema: Json, place: str) -> Shape | None:
        """The request shape that a model is: a component by its name, an inline schema by being the same one."""
        for operation in self.contract.operations:
            for shape in operation.shapes:
                component = json_pointer(("components", "schemas", shape.schema_name))
                if shape.schema is schema or (shape.schema_name and place == component):
                    return shape
        return None

    def _at(self, place: str) -> Json:
        node: Json = self.contract.resolved
        for raw in place.split("/")[1:]:
            part = raw.replace("~1", "/").replace("~0", "~")
            node = node[int(part)] if isinstance(node, list) else node[part]
        return node

    def _resources(self, builder: OperationBuilder) -> Iterator[ResourceView]:
        prose_of = {tag["name"]: tag.get("description", "") for tag in self.contract.resolved.get("tags", ())}
        names = dict.fromkeys((o.resource, o.tag) for o in self.contract.operations)
        for name, tag in names:
            operations = tuple(builder.view(o) for o in self.contract.operations if o.resource == name)
            text, _ = headline("", prose_of.get(tag, ""), f"The operations under {tag}")
            yield ResourceView(name, pascal_case(tag), text, operations)
