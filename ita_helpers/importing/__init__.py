"""Scores out of spreadsheets: the form, the long and the wide list; compared, told, applied."""
