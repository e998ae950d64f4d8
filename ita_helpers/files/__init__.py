"""Locating, reading and writing files: read as people leave them, written whole or not at all."""
