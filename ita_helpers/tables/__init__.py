"""The tables of the report, one module for each part of the page that has some."""
