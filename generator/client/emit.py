"""Writes a package: renders the templates, copies the runtime, formats, and puts the result into place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from openapi_python_client import Project

from generator.client.formatting import format_folder
from generator.client.literals import literal, prose
from generator.client.output import MARKER, RUNTIME, check_writable, remove_orphans, replace_tree
from generator.client.package import build_package, library_config
from generator.client.runtime import errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from openapi_python_client.parser import GeneratorData

    from generator.client.view import FieldView, ModelView, PackageView, ResourceView
    from generator.spec import Contract

_HERE = Path(__file__).resolve().parent
_NOT_SOURCE = shutil.ignore_patterns("__pycache__")


def generate(contracts: Sequence[Contract], output: Path) -> list[Path]:
    """Generate a package per contract.

    Args:
        contracts: The contracts; each package is named as its contract.
        output: The folder that holds the packages, e.g. ``generated_client``.

    Returns:
        The files written or removed; none if all was as it should be.

    Raises:
        SpecError: A spec can't be generated from.
        UnhonouredRuleError: The client can't honour a rule.
        OutputError: The output can't be written. Nothing was.
    """
    for contract in contracts:
        check_writable(output / contract.name)
    with tempfile.TemporaryDirectory(prefix="image-contract-") as scratch:
        built = Path(scratch) / "built"
        for contract in contracts:
            view, parsed = build_package(contract)
            _write_package(view, parsed, built / contract.name)
        format_folder(built)
        for contract in contracts:
            shutil.copytree(_HERE / "runtime", built / contract.name / RUNTIME, ignore=_NOT_SOURCE)
        return [path for contract in contracts for path in replace_tree(built / contract.name, output / contract.name)]


def generate_all(contracts: Sequence[Contract], output: Path) -> list[Path]:
    """Generate a package per contract, and remove those of specs that are no more; see `generate`."""
    touched = generate(contracts, output)
    return [*touched, *remove_orphans(output, [contract.name for contract in contracts])]


def _write_package(view: PackageView, parsed: GeneratorData, folder: Path) -> None:
    environment = _environment(parsed)
    environment.globals.update(
        package=view, field=_field, additional=_additional, error_names=_error_names(), error_table=_error_table()
    )
    environment.filters.update(literal=literal, cell=_cell, flat=_flat, prose=prose)
    files: dict[str, str] = {
        "__init__.py": environment.get_template("package_init.py.jinja").render(),
        "_version.py": environment.get_template("_version.py.jinja").render(),
        "client.py": environment.get_template("client.py.jinja").render(),
        "errors.py": environment.get_template("errors.py.jinja").render(),
        "types.py": environment.get_template("types.py.jinja").render(),
        "models/__init__.py": environment.get_template("models_init.py.jinja").render(names=view.names),
        "README.md": environment.get_template("README.md.jinja").render(),
        "api/__init__.py": '"""One module an operation, by resource, in the manner of openapi-python-client."""\n',
        "resources/__init__.py": '"""What a client\'s attributes are made of."""\n',
        MARKER: "",
    }
    files |= _model_files(view, environment)
    for resource in view.resources:
        files |= _resource_files(resource, environment)
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def _model_files(view: PackageView, environment: Environment) -> dict[str, str]:
    model, alias = environment.get_template("model.py.jinja"), environment.get_template("alias.py.jinja")
    answer = environment.get_template("file_answer.py.jinja")
    files = {f"models/{each.module}.py": model.render(model=each) for each in view.models}
    files |= {f"models/{each.module}.py": alias.render(alias=each) for each in view.aliases}
    return files | {f"models/{each.module}.py": answer.render(answer=each) for each in view.file_answers}


def _resource_files(resource: ResourceView, environment: Environment) -> dict[str, str]:
    endpoint = environment.get_template("endpoint_module.py.jinja")
    imports = sorted({line.replace("from ...", "from ..") for o in resource.operations for line in o.imports})
    used = [shape.model for o in resource.operations for shape in o.shapes]
    used += [o.parameters for o in resource.operations if o.parameters]
    models = _model_imports(used, "..models")
    page = environment.get_template("resource.py.jinja")
    files = {
        f"resources/{resource.name}.py": page.render(resource=resource, resource_imports=[*imports, *models]),
        f"api/{resource.name}/__init__.py": f'"""The operations of `{resource.name}`."""\n',
    }
    for operation in resource.operations:
        parameters = [operation.parameters] if operation.parameters else []
        beside = _model_imports(parameters, "...models")
        files[f"api/{resource.name}/{operation.module}.py"] = endpoint.render(operation=operation, imports=beside)
    return files


def _model_imports(models: Sequence[ModelView], home: str) -> list[str]:
    """The imports of what the fields of models are made of, as seen from elsewhere in the package."""
    beside = {line for model in models for line in model.imports if line.startswith("from .") and ".._" not in line}
    return sorted(line.replace("from .", f"from {home}.", 1) for line in beside)


def _environment(parsed: GeneratorData) -> Environment:
    """The library's own template environment, our templates before its own."""
    project = Project(openapi=parsed, config=library_config(), custom_template_path=_HERE / "templates")
    return project.env


def _error_names() -> list[str]:
    """The runtime's public exceptions."""
    public = {name: kind for name, kind in vars(errors).items() if not name.startswith("_") and isinstance(kind, type)}
    return sorted(name for name, kind in public.items() if issubclass(kind, Exception))


def _error_table() -> list[tuple[str, str]]:
    """The runtime's public exceptions, each with the first sentence of what it says of itself."""
    return [(name, (vars(errors)[name].__doc__ or "").strip().splitlines()[0]) for name in _error_names()]


def _flat(text: str) -> str:
    """Text for Markdown: one line a paragraph, as it stands in no docstring."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n")).replace("\\\\", "\\")


def _cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return " ".join(text.split()).replace("\\\\", "\\").replace("|", "\\|")


def _field(each: FieldView, *, is_request: bool) -> str:
    """What a field is assigned: its default, its name in the API where that differs, its validators."""
    metadata = {}
    if each.name != each.python_name:
        metadata["name"] = each.name
    if each.deprecated:
        metadata["deprecated"] = each.deprecated
    parts = [] if each.required else [f"default={'UNSET' if is_request else 'None'}"]
    parts += [f"metadata={literal(metadata)}"] if metadata else []
    return _assigned([*parts, *_validators(each.validators)])


def _additional(model: ModelView) -> str:
    """What the field of additional properties is assigned."""
    return _assigned(["factory=dict", *_validators(model.additional_validators)])


def _assigned(parts: Sequence[str]) -> str:
    if len(parts) == 1 and parts[0].startswith("default="):
        return f" = {parts[0].removeprefix('default=')}"
    return f" = field({', '.join(parts)})" if parts else ""


def _validators(sources: Sequence[str]) -> list[str]:
    return [f"validator=[{', '.join(sources)}]"] if sources else []
