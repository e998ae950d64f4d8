"""Creating an office with its workspace, files and code, and finding the one a name means."""
