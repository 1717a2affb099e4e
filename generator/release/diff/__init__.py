"""What a change of a spec breaks, for whom, and which version step it asks for."""

from generator.release.diff.api import diff
from generator.release.diff.changes import Change, Kind, Step, Verdict

__all__ = ["Change", "Kind", "Step", "Verdict", "diff"]
