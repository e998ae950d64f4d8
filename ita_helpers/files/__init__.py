"""Files as such: where they lie, read as people leave them, and written whole or not at all."""
