"""Parts put together as one paper: chosen, numbered, linked, and set as Thai is set."""
