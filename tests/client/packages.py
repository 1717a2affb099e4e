"""Packages generated from one spec by the raw generator and by ours, and called in the same way."""

from __future__ import annotations

import asyncio
import importlib
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import httpx
import pytest
from attrs import frozen
from openapi_python_client import generate as generate_raw
from openapi_python_client.config import Config, ConfigFile, MetaType

from generator.client import generate as generate_ours
from generator.spec import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from openapi_python_client.parser.errors import GeneratorError

Way: TypeAlias = Literal["sync", "asyncio"]
"""How a call is made: blocking, or awaited."""

WAYS: tuple[Way, ...] = ("sync", "asyncio")
ADDRESS = "http://pictures.test"


@frozen
class Package:
    """An importable package, generated from a spec that calls itself "Gallery" and tags all with "pictures".

    Attributes:
        name: What it is imported as.
        is_ours: Whether it is our generator's.
    """

    name: str
    is_ours: bool

    def module(self, name: str = "") -> Any:
        """One of its modules, e.g. "models"; the package itself if none is named."""
        return importlib.import_module(f"{self.name}.{name}" if name else self.name)

    def client(self, answer: Callable[[httpx.Request], httpx.Response], way: Way = "sync") -> Any:
        """A client that is answered by a function.

        Args:
            answer: Makes the answer to each request.
            way: How it is to be called.
        """
        over = httpx.MockTransport(answer)
        if not self.is_ours:
            return self.module("client").Client(base_url=ADDRESS, httpx_args={"transport": over})
        if way == "sync":
            return self.module().Gallery(base_url=ADDRESS, http_client=httpx.Client(transport=over))
        return self.module().AsyncGallery(base_url=ADDRESS, http_client=httpx.AsyncClient(transport=over))

    def call(self, operation: str, answer: httpx.Response, way: Way = "sync", **arguments: Any) -> Any:
        """Call an operation, answered by one answer: what `sync_detailed` or `asyncio_detailed` returns.

        Args:
            operation: Its module, e.g. "get_picture".
            answer: The answer.
            way: How to call it.
            arguments: Its arguments.
        """
        return self.call_with(self.client(lambda _: answer, way), operation, way, **arguments)

    def call_with(self, client: Any, operation: str, way: Way = "sync", **arguments: Any) -> Any:
        """Call an operation with a client that there is already; see `call`."""
        module = self.module(f"api.pictures.{operation}")
        if way == "sync":
            return module.sync_detailed(client=client, **arguments)
        return asyncio.run(module.asyncio_detailed(client=client, **arguments))

    def failure(self, operation: str, answer: httpx.Response, way: Way = "sync", **arguments: Any) -> Any:
        """The package's own error that a call ends in; see `call`. Without one the test fails, another one goes on."""
        return self.failure_with(self.client(lambda _: answer, way), operation, way, **arguments)

    def failure_with(self, client: Any, operation: str, way: Way = "sync", **arguments: Any) -> Any:
        """The package's own error that a call with a client ends in; see `failure`."""
        errors = self.module("errors")
        own = errors.ImageClientError if self.is_ours else errors.UnexpectedStatus
        with pytest.raises(own) as caught:
            self.call_with(client, operation, way, **arguments)
        return caught.value


@frozen
class Pair:
    """Two packages from one spec.

    Attributes:
        raw: openapi-python-client's, with its own templates.
        ours: That of our generator.
    """

    raw: Package
    ours: Package


def raw_output(
    spec: Path, package: Path, *, overwrite: bool = False, formatters: Sequence[str] = ()
) -> Sequence[GeneratorError]:
    """Generate a package as openapi-python-client does without our templates.

    Args:
        spec: The spec.
        package: The folder to write it to.
        overwrite: Whether that folder may be there already.
        formatters: Commands to run on what was written; the raw generator's own default is two calls of ruff.

    Returns:
        What it warns of.
    """
    config = Config.from_sources(
        ConfigFile(post_hooks=list(formatters)),
        meta_type=MetaType.NONE,
        document_source=spec,
        file_encoding="utf-8",
        overwrite=overwrite,
        output_path=package,
    )
    return generate_raw(config=config)


@contextmanager
def generated(folder: Path, text: str, name: str) -> Iterator[Pair]:
    """Both packages of a spec, importable for as long as this lasts.

    Args:
        folder: An empty folder for spec and packages.
        text: The spec, which the raw generator must take without a warning.
        name: A name for the packages that no other has.
    """
    spec = folder / f"our_{name}.yaml"
    spec.write_text(text, encoding="utf-8")
    raw_output(spec, folder / f"raw_{name}")
    generate_ours([load(spec)], folder)
    with importable(folder):
        yield Pair(Package(f"raw_{name}", is_ours=False), Package(f"our_{name}", is_ours=True))


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let packages be imported from a folder for as long as this lasts, and be forgotten then."""
    packages = {path.name for path in folder.iterdir()}
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] in packages]:
            del sys.modules[name]
