"""Finished reports of any kind: their text and tables, and what they say, each with its place."""
