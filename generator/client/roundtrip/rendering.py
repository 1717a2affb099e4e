"""Renders the tests that go beside a package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.client.literals import literal
from generator.client.roundtrip.calls import CallWriter, key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.client.view import CredentialView, PackageView
    from generator.spec import Contract

_HERE: Final = Path(__file__).resolve().parent


def folder_of(package: str) -> str:
    """The folder of a package's tests, beside the package's own.

    Args:
        package: The package's name.
    """
    return f"tests_{package}"


def roundtrip_files(contract: Contract, package: PackageView) -> Mapping[str, str]:
    """The content of every test file of a package, unformatted, by its path below the folder of tests.

    Args:
        contract: The spec's contract.
        package: What the package is made of.
    """
    # What is written is Python, not HTML; whatever comes from a spec goes through `literal`.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(_HERE / "templates"), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    template = environment.get_template("test_resource.py.jinja")
    writer = CallWriter(contract, package)
    files = {
        "__init__.py": environment.get_template("init.py.jinja").render(package=package),
        "exchange.py": (_HERE / "support" / "exchange.py").read_text(encoding="utf-8"),
    }
    for resource in package.resources:
        calls = [call for operation in resource.operations for call in writer.calls(operation)]
        files[f"test_{resource.name}.py"] = template.render(
            package=package, resource=resource, calls=calls, credentials=_arguments(package)
        )
    return files


def _arguments(package: PackageView) -> str:
    """The source of the arguments that give a client every credential."""
    return "".join(f"{each.argument}={_given(each)}, " for each in package.credentials)


def _given(credential: CredentialView) -> str:
    key = literal(key_of(credential.scheme))
    if credential.kind == "wallet":
        return f"lambda: {key}"
    return f'("name", {key})' if credential.kind == "basic" else key
