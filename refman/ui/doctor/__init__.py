"""What is wrong with papers, or with a .bib file: a list, one finding in full, and its fix."""
