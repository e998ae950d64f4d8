"""From an executed notebook to a document: one tree, one writer per format, nbconvert exporters."""
