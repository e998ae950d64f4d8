"""What notebooks and pages display: text, tables or a note of absence; their font and script."""
