"""The page: one file that loads nothing."""
