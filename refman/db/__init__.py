"""One library, stored: its tables, their history, the search indexes, and the file itself.

`database.Database` is the way in. To store something new, see `schema`.
"""
