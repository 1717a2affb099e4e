"""The pytest plugin: fixtures for people who test their own applications against the mock.

Those who test their own gateway have an option and a marker here; `generator.conformance.testing` makes their tests.
pytest imports this module wherever the project is installed, so it imports nothing else until a fixture is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from generator.mock.serving.running import RunningMock
    from generator.mock.serving.transport import InProcessTransport
    from generator.mock.settings import SettingsOptions
    from generator.mock.testing import ImageGateway
    from generator.spec import Contract

_SEED = "image_gateway_seed"
_WARNINGS = "conformance_warnings"
_SECTION = "image gateway: what came in"
_USED = pytest.StashKey["ImageGateway"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, as pytest has it."""
    text = "Varies the images that the image gateway makes for requests without a seed."
    parser.getgroup("image gateway").addoption("--image-gateway-seed", dest=_SEED, type=int, metavar="N", help=text)
    parser.addini(_SEED, text, default="0")
    text = "What becomes of a rule that a gateway breaks and no page states: a warning, a note, or a failure."
    parser.getgroup("image contract").addoption(
        "--conformance-warnings", dest=_WARNINGS, choices=("warn", "note", "fail"), help=text
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker of the tests of `generator.conformance.testing`, as pytest has it."""
    config.addinivalue_line("markers", "image_contract: judges a gateway by a rule of its spec")


@pytest.fixture(scope="session")
def image_gateway_settings() -> SettingsOptions:
    """Settings of the mock that `image_gateway` serves, as `create_app` takes them: override it to change them."""
    return {}


@pytest.fixture(scope="session")
def _image_gateway_served(
    pytestconfig: pytest.Config, image_gateway_settings: SettingsOptions
) -> Iterator[tuple[RunningMock, Sequence[Contract]]]:
    missing = _missing()
    if missing:
        message = f"image_gateway needs {missing}, which comes with an extra: pip install 'image-contract[mock]'"
        pytest.fail(message, pytrace=False)
    from generator.mock.testing import serving

    with serving(seed=_seed(pytestconfig), **image_gateway_settings) as served:
        yield served


@pytest.fixture
def image_gateway(
    request: pytest.FixtureRequest, _image_gateway_served: tuple[RunningMock, Sequence[Contract]]
) -> Iterator[ImageGateway]:
    """An offline gateway on this machine, as new for each test: url, key, faults, clock, balances, assertions."""
    from generator.mock.testing import ImageGateway

    gateway = ImageGateway(*_image_gateway_served)
    request.node.stash[_USED] = gateway
    yield gateway
    gateway.close()


@pytest.fixture
def image_gateway_env(image_gateway: ImageGateway, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Leads the generated clients to the gateway, by their environment variables, for the length of a test."""
    variables = image_gateway.env()
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def image_gateway_transport(image_gateway: ImageGateway) -> InProcessTransport:
    """Calls the gateway without a socket, from either of httpx's clients."""
    return image_gateway.transport


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Add what came in to the report of a test that fails, as pytest has it."""
    outcome = yield
    report = outcome.get_result()
    gateway = item.stash.get(_USED, None)
    if gateway is not None and report.failed and report.when != "teardown":
        report.sections.append((_SECTION, gateway.report()))


def _missing() -> str:
    """What the mock needs and isn't installed; "" if nothing. The bare install is the clients alone."""
    try:
        import generator.mock  # noqa: F401  # the import is what may fail
    except ModuleNotFoundError as error:
        missing = (error.name or "generator").partition(".")[0]
        if missing == "generator":
            raise
        return missing
    return ""


def _seed(config: pytest.Config) -> int:
    given = config.getoption(_SEED)
    if given is not None:
        return int(given)
    text = config.getini(_SEED)
    try:
        return int(text)
    except ValueError:
        raise pytest.UsageError(f"{_SEED} must be a whole number, not {text!r}.") from None
