import sys
sys.path.insert(0,"/tmp/lab/ct/gen"); sys.path.insert(0,"/tmp/lab/ct")
import pytest
from .subjects import contracts
from .verdicts import MockSide
@pytest.fixture
def mock_side():
    from stub import Stub
    return MockSide(Stub(contracts()))
