"""Corrections that come back in a Word file: found, shown, and put into the office's own notebook.

The lines of the file are aligned with those it was written with. Nothing is guessed: where a place
is uncertain, or a number is not that of the data, the words come as a note that no report prints.
"""
