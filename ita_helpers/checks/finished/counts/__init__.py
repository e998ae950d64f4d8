"""Numbers of things, people and parts: how many, of how many, and all that adds up."""
