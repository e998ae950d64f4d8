"""Levels and their limits: which scores allow them, in words, tables and bands."""
