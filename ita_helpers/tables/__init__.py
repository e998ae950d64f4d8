"""The report's tables, one module per part of the page that has any."""
