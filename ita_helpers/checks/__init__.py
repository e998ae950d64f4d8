"""What contradicts the data: in scores, words, plans and notebooks."""
