"""Texts on screen in the user's language, through gettext; English is the source and the default.

`install` comes before any module that calls `_` while it is imported (`refman.ui`).
"""

import gettext

from refman import paths

_texts = gettext.NullTranslations()


def install(language: str = "") -> None:
    """Take `language` (`de`, `pt_BR`), or where it is empty what LANGUAGE and LANG ask for."""
    global _texts  # noqa: PLW0603 - one language for one process
    wanted = [language] if language else None
    _texts = gettext.translation("refman", paths.resource("locale"), wanted, fallback=True)


def _(message: str) -> str:
    """`message` in the user's language."""
    return _texts.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """`one` or `many`, or whichever form the user's language has for `count`."""
    return _texts.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """`message` itself: marked to be translated where it is shown, not where it stands."""
    return message
