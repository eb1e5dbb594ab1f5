"""refman, a local-first reference manager for people who keep a reading list."""

__version__ = "0.1.0"
