"""The report's charts, one module per kind of drawing."""
