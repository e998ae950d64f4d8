"""The workbook that an office fills in with its scores: its layout and its writer."""
