"""What a reference is: entries, creators, fields, dates, identifiers and citation keys.

Standard library only, no files and no database. A field or entry type is added
in `fields` or `entry_types`; nothing else has to change.
"""
