"""Importing scores from spreadsheets and written reports; compared, shown, applied."""
