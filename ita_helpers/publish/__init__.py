"""From an executed notebook to a document: one tree, one writer a format, nbconvert exporters."""
