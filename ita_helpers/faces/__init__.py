"""What notebooks and pages show: words, tables, or that there is nothing; their font and script."""
