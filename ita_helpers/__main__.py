"""``python -m ita_helpers`` does what ``ita`` does."""

from ita_helpers.cli import main

main()
