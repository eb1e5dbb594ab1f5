"""The panel on the right: everything about the selected paper, to read and to edit.

A part of the page is one file with one `Section`; `panel` puts them together.
"""
