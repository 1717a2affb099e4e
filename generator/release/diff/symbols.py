"""The public names of a generated package, read without importing it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import griffe
from attrs import evolve

from generator.client.package import build_package
from generator.client.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.spec import Contract

Symbol = griffe.Function | griffe.Attribute
Symbols = dict[str, list[Symbol]]
"""By the name that a user writes; several for a method that takes several forms of a request."""

_CALLS = ("sync", "sync_detailed")
"""The functions of an operation. Their asynchronous twins are made from the same template, as `AsyncX` is with `X`."""
_PACKAGE = "package"
"""The package's name while it is read: a spec's own may be no name of a package."""


def symbols(contract: Contract) -> Symbols:
    """The public names of the package that a spec gives.

    Args:
        contract: The spec.

    Returns:
        Each name with its signature or annotation.

    Raises:
        SpecError: The spec can't be generated from.
        UnhonouredRuleError: The client can't honour a rule.
    """
    package = _Modules(render(*build_package(evolve(contract, name=_PACKAGE))))
    found: Symbols = {}
    for name, symbol in _listed(package):
        symbol.public = True
        found.setdefault(name, []).append(symbol)
    return found


class _Modules:
    """A package's modules, each read when it is asked for: most of a package nobody needs to look into.

    Args:
        files: The content of its files, by their paths.
    """

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = {name.removesuffix(".py"): content for name, content in files.items() if name.endswith(".py")}

    def one(self, path: str) -> griffe.Module | None:
        """The module at a path; None if there is none."""
        if path not in self._files:
            return None
        return griffe.visit(PurePosixPath(path).name, filepath=Path(f"{path}.py"), code=self._files[path])

    def names(self, folder: str) -> list[str]:
        """The paths of all modules below a folder."""
        below = (PurePosixPath(path) for path in self._files if path.startswith(f"{folder}/"))
        return sorted(str(path) for path in below if path.name != "__init__")

    def of(self, folder: str) -> Iterator[griffe.Module]:
        """The modules of a folder."""
        return (module for path in self.names(folder) if (module := self.one(path)))


def _listed(package: _Modules) -> Iterator[tuple[str, Symbol]]:
    yield from _clients(package)
    for module in package.of("_resources"):
        for name, each in _classes(module).items():
            if not name.startswith("Async"):
                yield from _methods(f"client.{module.name}", each)
    yield from _functions(package)
    for module in package.of("models"):
        yield from _models(module)
    errors = package.one("errors")
    for exported in (errors.exports or ()) if errors else ():
        yield f"errors.{exported}", _attribute(str(exported), "")


def _functions(package: _Modules) -> Iterator[tuple[str, Symbol]]:
    resources = {PurePosixPath(path).name: PurePosixPath(path).parent.name for path in package.names("api")}
    for module in package.of("_operations"):
        for call in _CALLS:
            if isinstance(function := module.members.get(call), griffe.Function):
                yield f"api.{resources.get(module.name, '')}.{module.name}.{call}", function


def _models(module: griffe.Module) -> Iterator[tuple[str, Symbol]]:
    for name, member in module.members.items():
        if isinstance(member, griffe.Class):
            yield from _model(name, member)
        elif isinstance(member, griffe.Attribute) and not name.startswith("_"):
            yield f"models.{name}", _attribute(name, str(member.value))


def _clients(package: _Modules) -> Iterator[tuple[str, Symbol]]:
    module = package.one("_client")
    for name, each in _classes(module).items() if module else ():
        if name.startswith(("_", "Async")):
            continue
        if isinstance(init := each.members.get("__init__"), griffe.Function):
            yield name, init


def _classes(module: griffe.Module) -> Mapping[str, griffe.Class]:
    return {name: each for name, each in module.members.items() if isinstance(each, griffe.Class)}


def _methods(prefix: str, each: griffe.Class) -> Iterator[tuple[str, Symbol]]:
    for name, method in each.members.items():
        if name.startswith("_") or not isinstance(method, griffe.Function):
            continue
        for overload in method.overloads or [method]:
            yield f"{prefix}.{name}", overload


def _model(name: str, model: griffe.Class) -> Iterator[tuple[str, Symbol]]:
    """A model of answers by its attributes, which programs read; any other by its arguments, which they give."""
    fields = {
        key: each
        for key, each in model.members.items()
        if isinstance(each, griffe.Attribute)
        and not key.startswith("_")
        and not str(each.annotation).startswith("ClassVar")
    }
    if "Answer" in {str(base) for base in model.bases}:
        yield f"models.{name}", _attribute(name, "")
        for key, each in fields.items():
            yield f"models.{name}.{key}", _attribute(key, str(each.annotation))
        return
    arguments = [_argument(key, each) for key, each in fields.items()]
    yield f"models.{name}", griffe.Function(name, parameters=griffe.Parameters(*arguments))


def _argument(name: str, field: griffe.Attribute) -> griffe.Parameter:
    """A field of an attrs class as an argument; its default is told by `field(default=…)` or `field(factory=…)`."""
    value = field.value
    default: str | None = None if value is None else "…"
    if isinstance(value, griffe.ExprCall) and str(value.function) == "field":
        given = {each.name for each in value.arguments if isinstance(each, griffe.ExprKeyword)}
        default = "…" if given & {"default", "factory"} else None
    return griffe.Parameter(name, annotation=field.annotation, kind=griffe.ParameterKind.keyword_only, default=default)


def _attribute(name: str, annotation: str) -> griffe.Attribute:
    return griffe.Attribute(name, annotation=annotation)
