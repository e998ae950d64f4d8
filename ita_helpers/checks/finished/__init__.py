"""Rules for finished reports: each holds a document against itself, its year's rules or data."""
