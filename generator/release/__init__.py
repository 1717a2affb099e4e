"""What a change to a spec means: which generated files are out of date, which rules differ, and whom that breaks."""

from generator.release.changes import Change, Kind
from generator.release.check import Drift, check
from generator.release.diff import diff_rules
from generator.release.printing import changes_as_json, changes_table, describe

__all__ = ["Change", "Drift", "Kind", "changes_as_json", "changes_table", "check", "describe", "diff_rules"]
