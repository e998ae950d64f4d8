"""Names: instruments, indicators, items, offices, and who they belong to."""
