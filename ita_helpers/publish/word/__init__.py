"""Writing the Word file, in the office's own template if it has one."""
