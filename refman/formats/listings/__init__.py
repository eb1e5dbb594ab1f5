"""The pages that papers are found on: one module per shape of page, and the parts they share.

A new shape is a module with one subclass of `Format`, whose docstring is its grammar, and a
line in `refman.formats.FORMATS`. `page` has the lines, `noise` what is no row, `meta_line`
and `byline` two lines that several shapes have, `author_list` and `journal_ref` two fields.
"""
