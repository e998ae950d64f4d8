"""What a notebook calls, one kind of report a module."""
