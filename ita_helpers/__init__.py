"""Helpers of the ITA workbook: from one organisation's scores to its yearly report.

A notebook needs ``load_report`` and what the report gives it; the rest is for tests and tools.
"""
