"""The exports that have a name, and the .bib files that are workspaces: how they stand, and what
can be done with them."""
