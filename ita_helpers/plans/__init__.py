"""Measures drafted, and written into the office's workbook."""
