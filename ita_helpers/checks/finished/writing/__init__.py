"""How a text is written: parts, headings, words, letters and digits."""
