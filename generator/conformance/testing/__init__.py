"""The conformance run as tests of a pytest suite, one a rule.

``tests/test_conformance.py`` of a gateway's project, in full::

    from generator.conformance.testing import rule_tests

    test_rule = rule_tests("powertokens", gateway="https://gateway.example.com", token=os.environ["GATEWAY_KEY"])

``gateway`` is a URL, an ASGI application, or the name of a fixture that gives either, or a `Gateway` with its key::

    @pytest.fixture(scope="session")
    def gateway():
        return Gateway(create_app(), token="key-of-the-tests")

    test_rule = rule_tests("powertokens", gateway="gateway", no_billable=True)

The gateway is judged once, when the first of these tests runs, however many workers pytest-xdist has. What is selected
decides what is sent: ``pytest -k generateImages`` judges that operation alone, and ``-m "not image_contract"`` leaves
all of it out.
"""

from generator.conformance.testing.results import ConformanceWarning
from generator.conformance.testing.running import Gateway
from generator.conformance.testing.suite import rule_tests

__all__ = ["ConformanceWarning", "Gateway", "rule_tests"]
