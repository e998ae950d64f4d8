"""Years, days and windows, each with what it is the time of."""
