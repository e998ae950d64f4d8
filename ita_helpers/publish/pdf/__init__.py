"""Writing the PDF: compiled, tagged, and packed so that every reader finds its words."""
