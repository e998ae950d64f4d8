"""An office's own copy of a notebook: its cells, its words against new data, its next year.

In the copy each slot is Markdown, which anybody can edit. A run takes the code from today's
template, edited words and own cells from the copy, and drafts anew what nobody touched. It never
writes the copy.
"""
