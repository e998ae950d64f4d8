"""What passages name, list and compare, and what the figures of a report are known to be."""
