"""Imports as things: the strip above the papers of one, the list of all, comparing, taking back.

What is done with an import is in `actions.imports`; what it is called, in `import_wording`.
"""
