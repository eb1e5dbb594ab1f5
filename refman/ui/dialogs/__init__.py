"""Dialogs, one a file, independent of each other. A new one is a file here and an action."""
