"""What a person typed into a field: its value, or a sentence on what is wrong with it."""

import re
from dataclasses import dataclass

from refman.i18n import _
from refman.model import dates, fields
from refman.model.identifiers import normal_arxiv, normal_doi, normal_isbn, normal_pmid
from refman.model.text import squeeze

_NAME = re.compile(r"[a-z][a-z0-9:_-]*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


@dataclass(frozen=True, slots=True)
class Checked:
    """Either `value`, as it is kept, or `problem`."""

    value: str
    problem: str = ""


def check_field(name: str, text: str) -> Checked:
    """Check what was typed as the field `name`. Nothing typed is right: it clears the field."""
    text = text.strip()
    if not text:
        return Checked("")
    if fields.kind_of(name) is fields.Kind.DATE:
        return _checked(dates.parse(text), text, _("Write a date as 2022, 2022-05 or 2022-05-16."))
    if name == "doi":
        return _checked(normal_doi(text), text, _("A DOI begins with “10.”, as in 10.1000/182."))
    if name == "isbn":
        wrong = _("This is no ISBN: its digits do not agree with the check digit at its end.")
        return Checked(text) if normal_isbn(text) else Checked(text, wrong)
    if name == "pmid":
        return _checked(normal_pmid(text), text, _("A PubMed id is a number."))
    if name == "eprint":
        known = normal_arxiv(text)
        return Checked("".join(known) if known else text)
    if name == "url" and not _ADDRESS.fullmatch(text):
        return Checked(text, _("An address begins with https:// and has no blanks."))
    return Checked(text if fields.kind_of(name) is fields.Kind.TEXT else squeeze(text))


def field_name(typed: str) -> str:
    """The BibLaTeX field that `typed` means, by name or label; '' where it cannot be one."""
    wanted = squeeze(typed).casefold()
    for known in fields.FIELDS.values():
        if wanted in (known.name, known.label.casefold()):
            return known.name
    name = fields.biblatex_name(wanted)
    return name if _NAME.fullmatch(name) else ""


def _checked(value: str, text: str, problem: str) -> Checked:
    return Checked(value) if value else Checked(text, problem)
