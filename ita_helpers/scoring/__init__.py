"""The arithmetic: means, bounds, levels, history, findings, what-if; pure and exact."""
