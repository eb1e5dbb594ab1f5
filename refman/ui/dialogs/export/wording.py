"""What the choices of a .bib file's style are called on screen, and how they are grouped.

A choice that is not named here, which another version has, is shown all the same: last, under
its own name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from refman.i18n import _


@dataclass(frozen=True, slots=True)
class Words:
    """What a choice is called, and each of its values where they need words."""

    label: str
    values: Mapping[Any, str] = field(default_factory=dict)
    hint: str = ""


WORDS: Mapping[str, Words] = {
    "protection": Words(
        _("Capitals in titles"),
        {
            "mixed": _("Protect acronyms and MixedCase words"),
            "nouns": _("Protect names within a sentence, too"),
            "none": _("Protect none"),
            "title": _("Protect the whole title"),
        },
    ),
    "unicode": Words(
        _("Characters"),
        {True: _("As they are: é, ß, α"), False: _("As TeX commands: \\'e, {\\ss}")},
    ),
    "links": Words(
        _("Links"),
        {
            "both": _("DOI and URL"),
            "doi": _("DOI, and a URL where there is none"),
            "url": _("URL, and no DOI"),
        },
    ),
    "notes": Words(_("Your notes"), {"none": _("Left out"), "annote": _("Written, as “annote”")}),
    "abstract": Words(_("Abstracts")),
    "keywords": Words(_("Your tags, as keywords")),
    "files": Words(_("Names of attached files")),
    "omit": Words(_("Leave out"), hint=_("Fields, such as: langid, urldate")),
    "only": Words(_("Write only"), hint=_("Fields; empty for all")),
    "order": Words(_("Write first"), hint=_("Fields, such as: author, title, date")),
    "months": Words(
        _("Months"),
        {
            "macro": _("As macros: jun"),
            "number": _("As numbers: 6"),
            "name": _("As names: June"),
        },
    ),
    "abbreviate": Words(_("Short names of journals")),
    "abbreviations": Words(
        _("Your short names"), hint=_("One on a line: Annals of Improbable Research = Ann. Improb.")
    ),
    "indent": Words(_("Before a field"), {"tab": _("A tab")}),
    "align": Words(_("Equals signs below each other")),
    "trailing_comma": Words(_("A comma after the last field")),
    "source": Words(
        _("TeX of imports"),
        {"keep": _("Kept until the field is edited"), "rewrite": _("Written anew")},
    ),
}

COMMON = ("protection", "unicode", "links", "notes", "abstract", "keywords", "files")
MORE: Sequence[tuple[str, tuple[str, ...]]] = (
    (_("Fields"), ("omit", "only", "order")),
    (_("Journals and months"), ("months", "abbreviate", "abbreviations")),
    (_("Look of the file"), ("indent", "align", "trailing_comma", "source")),
)
INDENTS = (0, 1, 2, 3, 4, 6, 8, "tab")


def words(name: str) -> Words:
    """What the choice `name` is called."""
    return WORDS.get(name) or Words(name.replace("_", " ").capitalize())


def indent_words(value: Any) -> str:
    """What an indent is called."""
    if value == "tab":
        return _("A tab")
    return _("Nothing") if value == 0 else _("{count} blanks").format(count=value)
