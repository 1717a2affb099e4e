"""The run plays the model provider, and judges what a gateway sends on and what it makes of the answer."""

from generator.conformance.upstream.cases import UpstreamCase, upstream_cases
from generator.conformance.upstream.findings import UpstreamFindings, upstream_findings
from generator.conformance.upstream.provider import PortTakenError, Provider

__all__ = ["PortTakenError", "Provider", "UpstreamCase", "UpstreamFindings", "upstream_cases", "upstream_findings"]
