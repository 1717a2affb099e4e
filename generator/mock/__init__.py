"""An offline gateway, made from the specs: it judges requests as the documents say and answers with real images."""

from generator.mock.app import UnservableSpecsError, create_app
from generator.mock.faults import Fault, FaultError
from generator.mock.images.caption import Caption
from generator.mock.images.encoding import NoCaptionError, read_caption
from generator.mock.serving.running import RunningMock, running
from generator.mock.serving.server import serve
from generator.mock.serving.transport import InProcessTransport, transport
from generator.mock.settings import DEFAULT_KEY

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
