"""What a notebook can show: words, tables, or that there is nothing; and its font."""
