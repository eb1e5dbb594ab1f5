"""Citations and bibliographies by CSL styles, on citeproc-py; `formats/citations.py` is the face.

`cited` makes an item of an entry, `cite` reads an item, `elements` are the parts of a style,
`marks` is text with its markup inside, `processor` the whole at work. citeproc-py and lxml are
imported nowhere else in it, and not before something is cited.
"""
