"""The Word file, in an office's own template where it has one."""
