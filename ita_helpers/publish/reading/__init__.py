"""What the cells of a notebook hold, as blocks of the document tree, and what no paper can show."""
