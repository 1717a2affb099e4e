"""An offline gateway, made from the specs: it judges requests as the documents say and answers with real images."""

from generator.mock.app import UnservableSpecsError, create_app
from generator.mock.caption import Caption
from generator.mock.encoding import NoCaptionError, read_caption
from generator.mock.faults import Fault, FaultError
from generator.mock.running import RunningMock, running
from generator.mock.server import serve
from generator.mock.settings import DEFAULT_KEY
from generator.mock.transport import InProcessTransport, transport

__all__ = [
    "DEFAULT_KEY",
    "Caption",
    "Fault",
    "FaultError",
    "InProcessTransport",
    "NoCaptionError",
    "RunningMock",
    "UnservableSpecsError",
    "create_app",
    "read_caption",
    "running",
    "serve",
    "transport",
]
