"""An offline gateway, made from the specs: it judges requests as the documents say and answers with real images."""

from generator.mock.app import DEFAULT_KEY, UnservableSpecsError, create_app
from generator.mock.server import RunningMock, running, serve
from generator.mock.transport import InProcessTransport, transport

__all__ = [
    "DEFAULT_KEY",
    "InProcessTransport",
    "RunningMock",
    "UnservableSpecsError",
    "create_app",
    "running",
    "serve",
    "transport",
]
