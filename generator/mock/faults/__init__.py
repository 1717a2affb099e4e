"""A bad day on demand: answers that are late, slow, wrong, cut, or don't come."""

from generator.mock.faults.fault import DOWNLOAD, Fault, FaultError
from generator.mock.faults.faults import HEADER, Faults
from generator.mock.faults.script import Step

__all__ = ["DOWNLOAD", "HEADER", "Fault", "FaultError", "Faults", "Step"]
