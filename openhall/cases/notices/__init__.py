"""The printed papers of the procedure: the law's own text, laid out as official documents are."""
