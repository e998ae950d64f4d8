"""The issued versions of reports: records, what changed since the one before, what a file is."""
