"""Sums, means, shares, differences and weights, in words and in columns."""
