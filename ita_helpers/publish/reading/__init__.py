"""Reading a notebook's cells into blocks of the document tree, and noting what cannot be shown."""
