"""Reading the files offices send: spreadsheets of any kind as plain grids of text."""
