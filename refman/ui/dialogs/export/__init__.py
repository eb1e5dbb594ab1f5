"""The dialog that exports papers: which of them, how they are written, where to."""
