"""Renders a package's files from its view."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

from openapi_python_client import Project
from openapi_python_client.strings import in_f_string_literal

from generator.client.compiled import CompiledTemplates
from generator.client.error_classes import error_tree, runtime_errors, said
from generator.client.literals import literal, prose
from generator.client.markdown import cell, code, flat, harmless
from generator.client.output import MARKER
from generator.client.package import library_config
from generator.client.runtime import client, images

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from jinja2 import Environment
    from openapi_python_client.parser import GeneratorData

    from generator.client.model_view import FieldView, ModelView
    from generator.client.view import OperationView, PackageView, ResourceView

_HERE = Path(__file__).resolve().parent
_TEMPLATES = _HERE / "templates"
_COMPILED = CompiledTemplates()
_FAULTS = _HERE / "faults.md"


def render(package: PackageView, parsed: GeneratorData) -> Mapping[str, str]:
    """The content of every file of a package, unformatted, by its path below the package's folder.

    Args:
        package: What the package is made of.
        parsed: The library's own data, which its template environment wants.
    """
    environment = _environment(package, parsed)
    files = {
        name: environment.get_template(template).render()
        for name, template in {
            "__init__.py": "package_init.py.jinja",
            "_client.py": "client.py.jinja",
            "_version.py": "_version.py.jinja",
            "errors.py": "errors.py.jinja",
            "types.py": "types.py.jinja",
            "README.md": "README.md.jinja",
        }.items()
    }
    files["_operations/__init__.py"] = '"""What the client knows of each operation."""\n'
    files[MARKER] = ""
    files |= _late_packages(package, environment)
    files |= _models(package, environment)
    for resource in package.resources:
        files[f"_resources/{resource.name}.py"] = _resource(resource, environment)
        for operation in resource.operations:
            files |= _operation(operation, environment)
    return files


def _late_packages(package: PackageView, environment: Environment) -> Mapping[str, str]:
    """The packages whose names are imported when they are first asked for."""
    init = environment.get_template("late_init.py.jinja")
    classes = [(f"{prefix}{each.class_name}", each.name) for each in package.resources for prefix in ("", "Async")]
    files = {
        "_resources/__init__.py": init.render(
            title="What a client's attributes are made of.", runtime=".._runtime", names=sorted(classes)
        ),
        "models/__init__.py": init.render(
            title="The models that requests and answers are made of; each is imported when it is first asked for.",
            runtime=".._runtime",
            names=package.names,
        ),
        "api/__init__.py": init.render(
            title="One module an operation, by resource, in the manner of openapi-python-client.",
            runtime=".._runtime",
            names=sorted((resource.name, resource.name) for resource in package.resources),
        ),
    }
    for resource in package.resources:
        files[f"api/{resource.name}/__init__.py"] = init.render(
            title=f"The operations of `{resource.name}`.",
            runtime="..._runtime",
            names=sorted((operation.module, operation.module) for operation in resource.operations),
        )
    return files


def _models(package: PackageView, environment: Environment) -> Mapping[str, str]:
    model, alias = environment.get_template("model.py.jinja"), environment.get_template("alias.py.jinja")
    answer = environment.get_template("file_answer.py.jinja")
    files = {f"models/{each.module}.py": model.render(model=each) for each in package.models}
    files |= {f"models/{each.module}.py": alias.render(alias=each) for each in package.aliases}
    return files | {f"models/{each.module}.py": answer.render(answer=each) for each in package.file_answers}


def _resource(resource: ResourceView, environment: Environment) -> str:
    imports = {line for operation in resource.operations for line in operation.imports}
    used = [shape.model for operation in resource.operations for shape in operation.shapes]
    used += [operation.parameters for operation in resource.operations if operation.parameters]
    template = environment.get_template("resource.py.jinja")
    return template.render(resource=resource, resource_imports=sorted({*imports, *_field_imports(used)}))


def _operation(operation: OperationView, environment: Environment) -> Mapping[str, str]:
    imports = _field_imports([operation.parameters] if operation.parameters else [])
    public = f"api/{operation.resource}/{operation.module}.py"
    return {
        public: environment.get_template("endpoint_module.py.jinja").render(operation=operation),
        f"_operations/{operation.module}.py": environment.get_template("operation.py.jinja").render(
            operation=operation, imports=imports
        ),
    }


def _field_imports(models: Iterable[ModelView]) -> list[str]:
    """The imports of what the fields of models are made of, as seen from a package beside ``models``."""
    lines = (line for model in models for line in (*model.imports, *model.late_imports))
    beside = {line for line in lines if line.startswith("from ._")}
    return sorted(line.replace("from .", "from ..models.", 1) for line in beside)


def _environment(package: PackageView, parsed: GeneratorData) -> Environment:
    """The library's own template environment, our templates before its own."""
    environment = Project(openapi=parsed, config=library_config(), custom_template_path=_TEMPLATES).env
    environment.bytecode_cache = _COMPILED
    own = {error.name for error in package.errors}
    words = {name: said(kind) for name, kind in runtime_errors().items()}
    words |= {error.name: error.title for error in package.errors}
    environment.globals.update(
        package=package,
        field=_field,
        additional=_additional,
        error_names=sorted(runtime_errors().keys() - own),
        error_table=sorted(words.items()),
        error_tree=error_tree(package.errors),
        faults=_FAULTS.read_text(encoding="utf-8").strip(),
        save_arguments=_documented_arguments(images.ImageSet.save),
        option_arguments=_documented_arguments(client.SyncClient.with_options),
    )
    environment.filters.update(
        literal=literal,
        cell=cell,
        code=code,
        flat=flat,
        harmless=harmless,
        prose=prose,
        in_f_string=in_f_string_literal,
    )
    return environment


def _documented_arguments(function: Callable[..., object]) -> list[tuple[str, str, str]]:
    """A function's arguments: each with its default, as written, and with what its docstring says of it."""
    section = inspect.cleandoc(function.__doc__ or "").partition("\nArgs:\n")[2].partition("\n\n")[0]
    told = dict(line.strip().split(": ", 1) for line in re.sub(r"\n {8,}", " ", section).splitlines())
    given = inspect.signature(function).parameters.values()
    defaults = {each.name: "" if each.default is each.empty else f"`{each.default!r}`" for each in given}
    return [(name, defaults[name], words) for name, words in told.items()]


def _field(each: FieldView, *, is_request: bool) -> str:
    """What a field is assigned: its default, its name in the API where that differs, its validators."""
    metadata = {}
    if each.name != each.python_name:
        metadata["name"] = each.name
    if each.place:
        metadata["in"] = each.place
    if each.style:
        metadata["style"] = each.style
    if each.deprecated:
        metadata["deprecated"] = each.deprecated
    parts = [] if each.required else [f"default={'UNSET' if is_request else 'None'}"]
    parts += [f"metadata={literal(metadata)}"] if metadata else []
    return _assigned([*parts, *_validators(each.validators)])


def _additional(model: ModelView) -> str:
    """What the field of additional properties is assigned."""
    return _assigned(["factory=dict[str, Any]", *_validators(model.additional_validators)])


def _assigned(parts: Sequence[str]) -> str:
    if len(parts) == 1 and parts[0].startswith("default="):
        return f" = {parts[0].removeprefix('default=')}"
    return f" = field({', '.join(parts)})" if parts else ""


def _validators(sources: Sequence[str]) -> list[str]:
    return [f"validator=Rules({', '.join(sources)})"] if sources else []
