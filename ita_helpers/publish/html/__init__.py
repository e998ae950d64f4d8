"""Writing the HTML page: one self-contained file."""
