"""What contradicts the data, in words, plans and notebooks: one kind of problem, lists of rules."""
