"""Fields in TeX to an entry in Unicode, and to what only a .bib says of a paper: files, groups,
reading status. The TeX is kept wherever it says more than its Unicode.

`Entry.tex` keeps three sources more, so that what came with a file can go back: of the fields
that are a reader's own (`OWN_FIELDS`) under their names; under `date` the lines of the fields
that say the date, where the writer would write others; and `inheritance.MARK`.
"""

import re
from collections.abc import Iterator, Mapping

from refman.formats import latex
from refman.formats.bibtex.dates import from_date, to_date
from refman.formats.bibtex.entry_blocks import Field, RawEntry
from refman.formats.bibtex.file_links import read_bibdesk_file, read_file_links
from refman.formats.bibtex.names import has_too_many_commas, read_names, write_names
from refman.formats.bibtex.spelling import spelt
from refman.formats.bibtex.titles import read_title
from refman.formats.bibtex.types import FIELD as TYPE_FIELD
from refman.formats.bibtex.types import read_type
from refman.formats.bibtex.values import MONTHS, Macros
from refman.formats.format import FileLink
from refman.i18n import _
from refman.model.creator import ROLES, Creator
from refman.model.dates import month_number
from refman.model.entry import NO_FIELDS, Entry
from refman.model.fields import Kind, biblatex_name, kind_of
from refman.model.identifiers import normal_arxiv

_DATE_FIELDS = frozenset(("year", "month", "day", "date"))
OWN_FIELDS = ("groups", "readstatus", "read", "ranking", "rating", "file", "ids")
_STATUSES = {
    "read": "read", "true": "read", "yes": "read", "1": "read", "skimmed": "reading",
    "in progress": "reading", "reading": "reading", "to read": "to-read", "to-read": "to-read",
    "toread": "to-read", "queued": "to-read", "new": "inbox", "unread": "inbox",
    "inbox": "inbox", "not reading": "dropped", "dropped": "dropped",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t\n\f\v\r]{2,}|[\t\n\f\v\r]")  # all but a single blank
_PARAGRAPH = re.compile(r"\s*\n[ \t]*\n\s*|\s*\\par(?![A-Za-z])\s*")
_EMPTY_LINE = re.compile(r"\s*\n[ \t]*\n\s*")
_RANGE = re.compile(r"(?<=\d)\s*(?:--?|–)\s*(?=\d)")
_URL_MACRO = re.compile(r"\\url\s*\{(.*)\}|<(.*)>", re.DOTALL)
_URL_ESCAPE = re.compile(r"\{?\\(?:([_%&#~$])|textasciitilde(?:\{\})?)\}?(?:\{\})?")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)(?=10\.)", re.IGNORECASE)
_ARXIV_PREFIX = re.compile(r"\s*arxiv:\s*", re.IGNORECASE)
_BRACED_AND = re.compile(r"\{[^{}]* and [^{}]*\}")
_GROUP_LIST = re.compile(r"[^{}\\]+")
BIBDESK = re.compile(r"bdsk-(?:url|file)-\d+")
_MONTH_MACRO = re.compile(rf"(?<![^\W\d_])({'|'.join(MONTHS)})(?![^\W\d_])")
_VERBATIM = frozenset((Kind.VERBATIM, Kind.KEYS, Kind.DATE))
_REWRITTEN = frozenset((Kind.RANGE, Kind.URI))  # also where they have no TeX in them
_LONGEST = 250_000  # characters; what is longer is kept in TeX


class Made:
    """An entry in the making, and what else its fields say; `remarks` are (line, message)."""

    def __init__(self, type_name: str, raw: RawEntry) -> None:
        self._fields: dict[str, str] = {}
        self._tex: dict[str, str] = {}
        self._dates: dict[str, str] = {}
        self._date_tex: dict[str, str] = {}
        self._creators: dict[str, tuple[Creator, ...]] = {}
        self._truncated: dict[str, bool] = {}
        self._keywords: list[str] = []
        self._counts: dict[str, int] = {}  # how often each name was met
        self.lines: dict[str, int] = {}
        self.status: str | None = None
        self.rating: int | None = None
        self.groups: tuple[str, ...] = ()
        self.aliases: tuple[str, ...] = ()
        self.attachments: dict[FileLink, None] = {}
        self.remarks: list[tuple[int, str]] = []
        # The Web of Science puts two pairs of braces round all that is no list of names.
        doubled = sum(field.tex.startswith("{") for field in raw.fields)
        self._is_doubled = doubled > 3 and 4 * doubled > 3 * len(raw.fields)
        for field in raw.fields:
            self._take(field)
        self.entry = self._entry(type_name, raw.key)

    def _take(self, field: Field) -> None:
        """Take one field. The first of a name counts, as in bibtex; a later one is kept too."""
        name = biblatex_name(field.name)
        if len(field.tex) > _LONGEST:
            self._keep(name, field)
            return
        if (name in OWN_FIELDS or BIBDESK.fullmatch(name)) and self._take_own(name, field.tex):
            return
        count = self._counts[name] = self._counts.get(name, 0) + 1
        if count > 1 and name != "keywords":
            self._take_again(name, field)
            return
        self.lines[name] = field.line
        if name in ROLES:
            self._take_names(name, field)
        elif name in _DATE_FIELDS:
            line = _line(field.tex)  # in `date` a "~" is no blank but "about"
            self._date_tex[name] = line
            self._dates[name] = _date_value(name, line)
        elif name == "keywords":
            tex = field.tex.strip()
            self._keywords += _keywords(latex.unwrapped(tex) if self._is_doubled else tex)
        else:
            self._take_value(name, field)

    def _keep(self, name: str, field: Field) -> None:
        """Keep a field of which reading would take too long; lists and dates under another name."""
        message = _("The field “{name}” is too long to be read; it is kept as it is.")
        self.remarks.append((field.line, message.format(name=field.name)))
        if name in ROLES or name in _DATE_FIELDS or name == "keywords":
            name = f"{name}-2"
        self._fields.setdefault(name, field.tex.strip())

    def _take_own(self, name: str, tex: str) -> bool:
        """Take what is the reader's own. False where it is not understood and stays a field."""
        if name == "groups":
            if not _GROUP_LIST.fullmatch(tex):
                return False
            self.groups = listed(tex)
        elif name == "ids":
            self.aliases = tuple(dict.fromkeys((*self.aliases, *listed(tex))))
        elif name in ("readstatus", "read"):
            status = status_of(tex)
            if status is None:
                return False
            self.status = status
        elif name in ("ranking", "rating"):
            rating = rating_of(tex)
            if rating is None:
                return False
            self.rating = rating
        else:
            links = links_of(name, tex)
            if not links:
                return False
            self.attachments.update(dict.fromkeys(links))
        source = _line(tex)
        if source and latex.is_balanced(source):
            self._tex.setdefault(name, source)
        return True

    def _take_value(self, name: str, field: Field) -> None:
        value, tex = value_of(name, field.tex)
        if value:
            self._fields[name] = value
            if tex:
                self._tex[name] = tex

    def _take_again(self, name: str, field: Field) -> None:
        other = f"{name}-{self._counts[name]}"
        self._fields.setdefault(other, _line(field.tex))
        message = _("The field “{name}” stands here twice; the second is kept as “{other}”.")
        self.remarks.append((field.line, message.format(name=field.name, other=other)))

    def _take_names(self, role: str, field: Field) -> None:
        tex = field.tex
        creators, truncated = read_names(tex, role)
        self._creators[role], self._truncated[role] = creators, truncated
        line = _line(tex)
        if creators and line != write_names(creators, truncated=truncated):
            self._tex[role] = line
        if has_too_many_commas(tex):
            message = _("A name has more than two commas: “and” belongs between names.")
            self.remarks.append((field.line, message))

    def _entry(self, type_name: str, key: str) -> Entry:
        fields = self._fields
        kind, implied_type = read_type(type_name, fields.pop(TYPE_FIELD, ""))
        date, undated = to_date(self._dates)
        fields.update(undated)
        if source := _date_source(self._date_tex, date, undated):
            self._tex["date"] = source
        if implied_type:
            fields.setdefault("type", implied_type)
        _settle_archive(fields)
        creators: list[Creator] = []
        first = next((role for role in ROLES if self._creators.get(role)), "")
        for role in ROLES:
            creators += self._creators.get(role, ())
            if role != first and self._truncated.get(role):
                creators.append(Creator(literal="others", role=role))
        title, abstract = fields.pop("title", ""), fields.pop("abstract", "")
        return Entry(
            entry_type=kind,
            citation_key=key,
            title=title,
            creators=tuple(creators),
            creators_truncated=self._truncated.get(first, False),
            date=date,
            abstract=abstract,
            fields=fields,
            keywords=tuple(dict.fromkeys(self._keywords)),
            tex=self._tex or NO_FIELDS,
        )


# ------------------------------------------------------------------- a reader's own fields


def listed(text: str) -> tuple[str, ...]:
    """What stands between the commas of `groups` and `ids`, each once."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))


def status_of(tex: str) -> str | None:
    """The reading status that `readstatus` or `read` says."""
    return _STATUSES.get(tex.strip().lower())


def rating_of(tex: str) -> int | None:
    """The stars that `ranking` or `rating` says."""
    stars = tex.strip().lower().removeprefix("rank")
    return int(stars) if stars in {"0", "1", "2", "3", "4", "5"} else None


def links_of(name: str, tex: str) -> tuple[FileLink, ...]:
    """The files and addresses that `file` or a field of BibDesk names."""
    if name == "file":
        return read_file_links(tex.strip())
    if name.startswith("bdsk-url"):
        url = _uri(_line(tex))
        return (FileLink(url=url),) if url else ()
    link = read_bibdesk_file(tex)
    return (link,) if link else ()


def _settle_archive(fields: dict[str, str]) -> None:
    """`arXiv` is `arxiv` to BibLaTeX, and an id that can be nobody else's needs no name."""
    archive = fields.get("eprinttype", "")
    arxiv = normal_arxiv(fields.get("eprint", "")) if archive.lower() in ("", "arxiv") else None
    if arxiv or archive.lower() == "arxiv":
        fields["eprinttype"] = "arxiv"
    if arxiv:
        fields["eprint"] = _ARXIV_PREFIX.sub("", fields["eprint"])


# --------------------------------------------------------------------------------- dates


def _date_value(name: str, tex: str) -> str:
    return tex if name == "date" else _short(tex)


def _date_source(texts: Mapping[str, str], date: str, undated: Mapping[str, str]) -> str:
    """The lines of the fields that say a date; '' where what the writer makes of it says it as
    they do, or better: a `date` that is none."""
    texts = {name: tex for name, tex in texts.items() if tex}
    written = {**dict(from_date(date)), **undated}
    if whole := texts.get("date"):
        if not date or not (whole == date or whole.startswith(f"{date}T")):
            return ""
        beside = ("year", "month", "day")
        texts = {
            n: t for n, t in texts.items() if n not in beside or _usual(n, t) != written.get(n)
        }
        if texts == {"date": date}:
            return ""
    elif {name: _usual(name, tex) for name, tex in texts.items()} == written:
        return ""
    if not all(map(latex.is_balanced, texts.values())):
        return ""
    return "\n".join(f"{name} = {_in_macros(name, tex)}" for name, tex in sorted(texts.items()))


def _usual(name: str, tex: str) -> str:
    """A month as its macro, a day without a zero before it, all else as it is."""
    if name == "day" and tex.isascii() and tex.isdigit():
        return str(int(tex))
    if name != "month":
        return tex
    is_number = tex.isascii() and tex.isdigit() and len(tex) < 3
    number = int(tex) if is_number else month_number(tex.lower().rstrip("."))
    return MONTHS[number - 1] if number and number <= 12 else tex


def _in_macros(name: str, tex: str) -> str:
    """A value with its delimiters, in which the names of months that @string may give stay so."""
    if name != "month" or "{" in tex:
        return f"{{{tex}}}"
    pieces = filter(None, _MONTH_MACRO.split(tex))
    return " # ".join(one if one in MONTHS else f"{{{one}}}" for one in pieces)


def read_date_source(source: str) -> tuple[dict[str, str], str, dict[str, str]]:
    """The values of the lines that are kept of a date, by their fields, and what they say: the
    date, and those that say something else."""
    lines = dict(line.split(" = ", 1) for line in source.split("\n") if " = " in line)
    macros = Macros()
    said = {name: macros.evaluate(value, {}, 0) or "" for name, value in lines.items()}
    return lines, *to_date({name: _date_value(name, tex) for name, tex in said.items()})


# -------------------------------------------------------------------------------- values


def value_of(name: str, tex: str) -> tuple[str, str]:
    """What a field says, in Unicode, as its kind wants it; and its TeX if another is written."""
    kind = kind_of(name)
    if not _has_tex(tex) and kind not in _REWRITTEN and name != "doi":
        if name == "abstract":
            value = _paragraphs(tex) if "\n" in tex else _line(tex)
        else:
            value = tex.strip() if kind is Kind.TEXT else _line(tex)
        source = value
    else:
        value, source = _value(name, kind, tex), _source(name, tex)
    return value, source if spelt(name, value) != source and latex.is_balanced(source) else ""


def _has_tex(text: str) -> bool:
    """Whether there may be anything in `text` that TeX takes for more than a character."""
    return (
        "\\" in text
        or "{" in text
        or "}" in text
        or "$" in text
        or "~" in text
        or "`" in text
        or "--" in text
        or "''" in text
    )


def _source(name: str, tex: str) -> str:
    """The TeX of a field with no more blanks than its value keeps."""
    if name == "abstract":
        pieces = [_line(piece) for piece in _EMPTY_LINE.split(tex.strip())]
        return "\n\n".join(filter(None, pieces))
    return tex.strip() if kind_of(name) is Kind.TEXT else _line(tex)


def _paragraphs(text: str) -> str:
    parted = _PARAGRAPH.split(text) if "\n" in text or "\\par" in text else [text]
    pieces = [_line(piece) for piece in parted]
    return "\n\n".join(filter(None, map(latex.to_unicode, pieces)))


def _value(name: str, kind: Kind, tex: str) -> str:
    if name == "abstract":
        return _paragraphs(latex.unwrapped(tex.strip()))
    if kind is Kind.TEXT:
        return latex.to_unicode(latex.unwrapped(tex.strip())).strip()
    line = _line(tex)
    if kind is Kind.TITLE:
        return _line(read_title(line))
    if kind is Kind.URI or name == "doi":
        address = _uri(line)
        return _DOI_PREFIX.sub("", address) if name == "doi" else address
    if kind in _VERBATIM:
        return line
    if kind is Kind.NAMES or (kind is Kind.LIST and _BRACED_AND.search(line)):
        return latex.to_unicode(line)
    text = _short(line)
    return _RANGE.sub("–", text) if kind is Kind.RANGE else text


def _short(tex: str) -> str:
    """A text in which braces have nothing to protect."""
    return _line(latex.to_unicode(tex, groups=False))


def _line(tex: str) -> str:
    if "\n" in tex or "  " in tex or "\t" in tex or "\r" in tex or "\f" in tex or "\v" in tex:
        tex = _BLANKS.sub(" ", tex)
    return tex.strip(" ")


def _uri(text: str) -> str:
    wrapped = _URL_MACRO.fullmatch(text)
    if wrapped:
        text = (wrapped[1] or wrapped[2] or "").strip()
    if "\\" in text:
        text = _URL_ESCAPE.sub(lambda found: found[1] or "~", text)
    return text


_LINE_END = re.compile(r"\n")
_KEYWORD_MARK = re.compile(r"[{}]|[,;]")


def _keywords(tex: str) -> Iterator[str]:
    """The keywords of a list with commas or semicolons outside of braces between them; where
    there are more semicolons, a comma is a part of one (`Movement, precise`). EndNote gives each
    a line of its own, with neither."""
    marks = []
    depth = 0
    for mark in _KEYWORD_MARK.finditer(tex):
        if mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif not depth:
            marks.append(mark)
    semicolons = [mark for mark in marks if mark[0] == ";"]
    if 2 * len(semicolons) > len(marks):
        marks = semicolons
    if not marks and "\n" in tex.strip() and "{" not in tex:
        marks = list(_LINE_END.finditer(tex))
    start = 0
    for end in [*(mark.start() for mark in marks), len(tex)]:
        keyword = _short(latex.unwrapped(_line(tex[start:end])))
        if keyword:
            yield keyword
        start = end + 1
