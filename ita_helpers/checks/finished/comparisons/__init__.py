"""Changes, gaps, places in an order and comparisons in words."""
