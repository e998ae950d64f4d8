"""How Thai is read and written, and the catalogue of sentences; knows nothing of ITA."""
