"""Errors that are told to the user as they are written; anything else is a bug."""


class RefmanError(Exception):
    """Something the user can mend: its text says what is wrong and what to do."""


class ReadError(RefmanError):
    """A file, page or library that cannot be read or written (exit status 3)."""


class UsageError(RefmanError):
    """A command or value that makes no sense as given (exit status 2)."""
