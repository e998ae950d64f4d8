"""Importing scores from spreadsheets: form, long and wide list; compared, shown, applied."""
