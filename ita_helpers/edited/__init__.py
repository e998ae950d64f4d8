"""An office's own copy of a notebook: its cells, its words against new data, its next year.

In the copy each slot is Markdown, which anybody can edit. A run takes the code from today's
template, takes edited words and the office's own cells from the copy, and redrafts what nobody has
touched. It never writes the copy.
"""
