"""What a change to a spec means: which generated files are out of date, which rules differ, and whom that breaks."""
