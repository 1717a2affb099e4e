"""What came in and what went out, to be looked at."""
