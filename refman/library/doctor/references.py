"""Checks of citation keys: those that an entry refers to, and its own."""

from collections.abc import Iterator

from refman.i18n import _
from refman.library.doctor.findings import Remark, Severity, set_field
from refman.library.doctor.subject import Subject, named_keys
from refman.model import citation_key

# What happens where the key does not lead anywhere: biber goes on without `related` and `xref`.
FIELDS = {
    "crossref": Severity.ERROR,
    "xdata": Severity.ERROR,
    "entryset": Severity.ERROR,
    "xref": Severity.WARNING,
    "related": Severity.WARNING,
}


def dangling(subject: Subject) -> Iterator[Remark]:
    for name, severity in FIELDS.items():
        value = subject.entry.fields.get(name, "")
        for key in named_keys(value) if value else ():
            spelt = subject.spelling(key)
            if not spelt:
                message = _("There is no entry with the key “{key}”.").format(key=key)
                yield Remark(name, message, None, severity)
            elif spelt != key:
                message = _("The key is spelt “{key}”: biber tells capitals apart.")
                better = ",".join(spelt if one == key else one for one in named_keys(value))
                fix = set_field(name, value, better)
                yield Remark(name, message.format(key=spelt), fix, Severity.NOTICE)


def cycles(subject: Subject) -> Iterator[Remark]:
    if subject.in_cycle:
        name = "crossref" if "crossref" in subject.entry.fields else "xdata"
        yield Remark(name, _("The entry refers to itself, over its parents."))


def order(subject: Subject) -> Iterator[Remark]:
    if subject.parent_before:
        key = subject.entry.fields.get("crossref", "")
        message = _("The parent “{key}” stands before this entry: bibtex wants it after it.")
        yield Remark("crossref", message.format(key=key))


def case_only(subject: Subject) -> Iterator[Remark]:
    for other in subject.clashes:
        if other != subject.entry.citation_key:
            message = _("The key differs from “{key}” by its capitals only.").format(key=other)
            yield Remark("citation_key", message)


def repeated(subject: Subject) -> Iterator[Remark]:
    if subject.entry.citation_key in subject.clashes:
        message = _("The key “{key}” was used before: bibtex stops at the second.")
        yield Remark("citation_key", message.format(key=subject.entry.citation_key))


def odd_signs(subject: Subject) -> Iterator[Remark]:
    key = subject.entry.citation_key
    if citation_key.legal(key) != key:
        yield Remark("citation_key", _("“{key}” cannot be cited in LaTeX.").format(key=key))
