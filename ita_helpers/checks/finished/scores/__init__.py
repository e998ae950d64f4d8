"""Scores: what each sentence gives to whom, and figures that are none of it or differ."""
