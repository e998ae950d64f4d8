"""How Thai is written and read, and the sentences of the catalogue; knows no ITA."""
