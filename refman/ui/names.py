"""Creators as a line of names, and names from what was typed."""

import re
from collections.abc import Sequence

from refman.i18n import _, ngettext
from refman.model.creator import AUTHOR, Creator, parse_name
from refman.ui.tex_text import plain

SHOWN = 30  # names; a paper of a large experiment has thousands
_SEPARATOR = re.compile(r"\s*(?:;|\n|\s+and\s+|\s+&\s+)\s*")


def names_text(creators: Sequence[Creator], *, truncated: bool) -> str:
    """`Zhixuan Lin, Evgenii Nikishin and others`; editors and translators say so."""
    roles = {"editor": _("editor"), "translator": _("translator")}
    names = [
        plain(one.full_name)
        if one.role == AUTHOR
        else _("{name} ({role})").format(
            name=plain(one.full_name), role=roles.get(one.role, one.role)
        )
        for one in creators[:SHOWN]
    ]
    more = len(creators) - SHOWN
    text = ", ".join(names)
    if more > 0:
        text += ngettext(" … and {count} more", " … and {count} more", more).format(count=more)
    if truncated:
        text = _("{names} and others").format(names=text) if text else ""
    return text


def typed_names(text: str) -> tuple[Creator, ...]:
    """The names in a line with `;` or `and` between them: `Hado van Hasselt; Lee, Ann`."""
    return tuple(parse_name(name) for name in _SEPARATOR.split(text.strip()) if name)
