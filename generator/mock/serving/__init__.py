"""Over HTTP, in one process or several, or in-process."""
