"""Every public name of the generated packages stands in a list; whatever else there is has an underscore."""

from __future__ import annotations

import importlib
import inspect
import pickle
import subprocess
import sys
import typing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from .public_names import listing, names, public_modules

if TYPE_CHECKING:
    from types import ModuleType

_LISTS = Path(__file__).parent / "public"
_CLIENTS = {"powertokens": ("PowerTokens", "AsyncPowerTokens"), "venice": ("Venice", "AsyncVenice")}


@pytest.fixture(params=sorted(_CLIENTS))
def package(request: pytest.FixtureRequest) -> ModuleType:
    """Each generated package."""
    return importlib.import_module(f"generated_client.{request.param}")


def test_the_public_names_are_those_on_the_list(package: ModuleType) -> None:
    """A name that is new here is one that users will rely on: add it to the list with that in mind."""
    api = package.__name__.rpartition(".")[2]
    listed = (_LISTS / f"{api}.txt").read_text(encoding="utf-8").splitlines()
    assert listing(package, *_CLIENTS[api]) == listed


def test_every_public_module_exports_all_its_public_names(package: ModuleType) -> None:
    for path, module in public_modules(package).items():
        exported = sorted(name for name in module.__all__ if not name.startswith("_"))
        assert names(module) == exported, path


def test_what_a_module_exports_can_be_imported_from_it(package: ModuleType) -> None:
    for module in public_modules(package).values():
        code = f"from {module.__name__} import *\nprint(*sorted(set(globals()) & {set(module.__all__)!r}))"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert done.stdout.split() == sorted(module.__all__)


def test_a_name_that_is_not_there_is_told_as_python_does(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"models' has no attribute 'Nothing'"):
        _ = package.models.Nothing
    with pytest.raises(ImportError, match="Nothing"):
        importlib.import_module(f"{package.__name__}.models.Nothing")


def test_the_types_of_models_can_be_resolved(package: ModuleType) -> None:
    models = [getattr(package.models, name) for name in package.models.__all__]
    classes = [model for model in models if attrs.has(model)]
    assert classes
    for model in classes:
        attrs.resolve_types(model)
        assert not [field.name for field in attrs.fields(model) if isinstance(field.type, str)]


def test_the_annotations_of_functions_and_methods_can_be_resolved(package: ModuleType) -> None:
    functions = [
        getattr(module, name)
        for path, module in public_modules(package).items()
        if path.startswith("api.")
        for name in ("sync", "sync_detailed", "asyncio", "asyncio_detailed")
        if hasattr(module, name)
    ]
    functions += [function for client in _clients(package) for function in _own_methods(client)]
    assert len(functions) > 8
    for function in functions:
        assert "return" in typing.get_type_hints(function)


def test_models_pickle(package: ModuleType) -> None:
    error = package.models.Error.from_dict({"error": {"message": "no"} if "powertokens" in package.__name__ else "no"})
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert again == error
    assert type(again) is package.models.Error


@pytest.mark.parametrize("api", sorted(_CLIENTS))
def test_nothing_but_the_client_is_imported_at_first(api: str) -> None:
    code = (
        f"import sys, generated_client.{api}\n"
        "late = ('_operations.', '_resources.', '.models._', '.api', '.types')\n"
        f"loaded = [name for name in sys.modules if name.startswith('generated_client.{api}.')]\n"
        "print([name for name in loaded if '._runtime' not in name and any(part in name for part in late)])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_threads_that_ask_for_a_model_at_once_get_the_same_one() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from threading import Barrier\n"
        "from generated_client.powertokens import PowerTokens, models\n"
        "start, client = Barrier(16), PowerTokens('key')\n"
        "def ask(number):\n"
        "    start.wait()\n"
        "    return (models.ImagesResponse, client.images.generate) if number % 2 else (models.ImagesResponse, None)\n"
        "with ThreadPoolExecutor(16) as pool:\n"
        "    print(len({id(model) for model, _ in pool.map(ask, range(16))}))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "1"


def _clients(package: ModuleType) -> list[Any]:
    return [getattr(package, name)("key") for name in _CLIENTS[package.__name__.rpartition(".")[2]]]


def _own_methods(client: Any) -> list[Any]:
    """The methods of a client's resources."""
    resources = [getattr(client, name) for name in vars(type(client)) if not name.startswith("_")]
    return [
        method
        for resource in resources
        for name, method in inspect.getmembers(resource, inspect.isroutine)
        if not name.startswith("_")
    ]
