"""What a notebook calls, one module per kind of report."""
