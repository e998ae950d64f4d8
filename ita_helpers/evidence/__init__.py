"""The evidence of an assessment: where each element stands, and what goes on the website."""
