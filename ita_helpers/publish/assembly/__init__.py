"""Assembling parts into one paper: chosen, numbered, linked, and typeset for Thai."""
