"""What DBLP says of a paper, whichever of its pages says it, as a row."""

import re
from dataclasses import dataclass, field

from refman.formats.format import Row
from refman.i18n import _
from refman.model.creator import AUTHOR, EDITOR, parse_name
from refman.model.entry import Entry
from refman.model.entry_types import biblatex_type
from refman.model.identifiers import normal_arxiv, normal_doi, normal_isbn
from refman.model.text import squeeze

_HOMONYM = re.compile(r"\s+\d{4}$")  # Wei Wang 0001, Wei Wang 0002
_FULL_STOP = re.compile(r"(?<!\.)\.$")
_DASH = re.compile(r"(?<=\w)\s*-{1,2}\s*(?=\w)")
_ARXIV = re.compile(r"(?:abs/)?(.+)")


@dataclass(slots=True)
class DblpRecord:
    """The values as DBLP writes them; '' for what it does not say.

    `kind` is a BibTeX type or `informal`, DBLP's word for preprints and their like; `venue` is
    the journal or the book, `fields` are BibLaTeX's.
    """

    kind: str = ""
    names: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    title: str = ""
    venue: str = ""
    is_journal: bool = False
    date: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    review: list[str] = field(default_factory=list)

    def row(self, line: int, raw: str) -> Row | str:
        """The row, or a sentence that says why there is none."""
        title = _FULL_STOP.sub("", squeeze(self.title))
        if not title:
            return _("There is no title in this row.")
        creators = [parse_name(name, AUTHOR) for name in map(plain_name, self.names) if name]
        creators += [parse_name(name, EDITOR) for name in map(plain_name, self.editors) if name]
        review = [*self.review]
        if not creators:
            review.append(_("No authors were found."))
        if "\N{REPLACEMENT CHARACTER}" in raw:
            review.append(_("Some characters of this row could not be read."))
        kind, fields = self._placed()
        return Row(
            entry=Entry(
                entry_type=kind,
                title=title,
                creators=tuple(creators),
                date=self.date,
                fields={name: value for name, value in fields.items() if value},
            ),
            line=line,
            raw_text=raw,
            year_given=bool(self.date) or None,
            review=tuple(review),
        )

    def _placed(self) -> tuple[str, dict[str, str]]:
        """The entry type, and the fields with the venue among them."""
        fields = self._normal_fields()
        volume = fields.get("volume", "")
        arxiv = _ARXIV.match(volume) if self.venue == "CoRR" else None
        found = normal_arxiv(arxiv[1]) if arxiv else None
        if found:  # no journal, but arXiv
            fields |= {"volume": "", "eprint": found.id, "eprinttype": "arxiv"}
            return "misc", fields
        kind = self.kind
        if kind == "informal":
            kind = "article" if self.is_journal else "misc"
        kind, implied = biblatex_type(kind or "misc")
        fields["journaltitle" if self.is_journal else "booktitle"] = self.venue
        fields["type"] = fields.get("type") or implied
        return kind, fields

    def _normal_fields(self) -> dict[str, str]:
        fields = {name: squeeze(value) for name, value in self.fields.items()}
        for name, normal in (("doi", normal_doi), ("isbn", normal_isbn)):
            if name in fields:
                fields[name] = normal(fields[name]) or fields[name]
        if "pages" in fields:
            fields["pages"] = _DASH.sub("–", fields["pages"])
        return fields


def plain_name(name: str) -> str:
    """A name without the number by which DBLP tells people of one name apart."""
    return _HOMONYM.sub("", squeeze(name))
