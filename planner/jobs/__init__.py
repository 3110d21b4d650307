"""Background work: processes, a fair line before them, progress, stop."""
