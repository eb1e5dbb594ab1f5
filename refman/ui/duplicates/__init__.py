"""Papers that may be the same: groups of them in a list, and one group side by side."""
