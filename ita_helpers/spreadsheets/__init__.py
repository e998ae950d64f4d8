"""Spreadsheets as plain grids of text, and how those we write are saved; knows no ITA."""
