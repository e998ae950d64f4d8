"""The index of a folder of reports: one page and one workbook, built from the manifest alone."""

from ita_helpers.index.files import PAGE, WORKBOOK, write_index

__all__ = ["PAGE", "WORKBOOK", "write_index"]
