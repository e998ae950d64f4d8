"""Spreadsheets as plain grids of text, and the style of those we write; knows nothing of ITA."""
