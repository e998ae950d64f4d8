"""Drafting measures and writing them into the office's workbook."""
