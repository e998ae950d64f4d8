"""Spreadsheets as plain grids of text, and how those we write look and are saved; knows no ITA."""
