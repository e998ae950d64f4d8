"""Finding what contradicts the data in words, plans and notebooks, by lists of rules."""
