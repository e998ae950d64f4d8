"""The site of many reports: pages of places and offices, the scores as data, what they mean."""
