"""An entry from the fields of RIS or EndNote.

What a tag says depends on the type of the reference, and on what other tags there are.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from refman.formats.extra import with_extra
from refman.formats.format import FileLink
from refman.formats.loose_dates import read_date
from refman.formats.plain_names import is_others, read_name, write_names
from refman.formats.rich_text import from_html, to_markdown
from refman.formats.ris_tags import (
    AGAIN,
    BOOKS,
    COUNTED,
    IN_BOOKS,
    JOURNALS,
    KEPT,
    NUMBERED_BY_SN,
    PLAIN,
    SAME,
    TYPES,
)
from refman.model.citation_key import legal
from refman.model.creator import AUTHOR, EDITOR, TRANSLATOR, Creator
from refman.model.entry import Entry
from refman.model.identifiers import normal_doi, normal_isbn
from refman.model.text import squeeze, visible

Tags = Mapping[str, Sequence[str]]

_ISSN = re.compile(r"(?<![\d-])(\d{4})-?(\d{3}[\dXx])(?![\dXx-])")
_PMC = re.compile(r"PMC\d+")
_RANGE = re.compile(r"(?<=\d)\s*(?:--?|–)\s*(?=\d)")
_DOI_SAID = re.compile(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)10\.\S+", re.IGNORECASE)
_SERIALS = re.compile(r"[\r\n;]+|,\s+(?=[\d-]{8})")
_LINE_BREAK = re.compile(r"[\r\n]+")


@dataclass(slots=True)
class Made:
    """What the fields of one reference make."""

    entry: Entry = field(default_factory=Entry)
    notes: tuple[str, ...] = ()
    attachments: tuple[FileLink, ...] = ()
    aliases: tuple[str, ...] = ()


def made_of(code: str, tags: Tags) -> Made:
    """The entry of a reference of type `code` (a RIS one; an unknown one is `misc`)."""
    return _Reader(code, tags).made()


class _Reader:
    def __init__(self, code: str, tags: Tags) -> None:
        self._tags: dict[str, list[str]] = {}
        for tag, values in tags.items():
            said = [value for value in values if value.strip()]
            if said:
                self._tags.setdefault(SAME.get(tag, tag), []).extend(said)
        code = code.strip().upper()
        self._kind, name, value = TYPES.get(code, ("misc", "type" if code else "", code.lower()))
        self._fields: dict[str, str] = {name: value} if name else {}
        self._truncated = False

    def made(self) -> Made:
        self._settle_type()
        title = self._title()
        creators = self._creators()
        self._containers(title)
        self._bodies()
        date = self._date()
        self._pages()
        self._numbers()
        self._links()
        abstract = self._abstract()
        keywords = self._keywords()
        notes = tuple(filter(None, map(to_markdown, self._all("N1"))))
        attachments = tuple(self._attachments())
        key = self._key()
        extra = "\n".join(self._all("M2"))
        self._others()
        entry = Entry(
            entry_type=self._kind,
            citation_key=key,
            title=title,
            creators=creators,
            creators_truncated=self._truncated,
            date=date,
            abstract=abstract,
            fields=self._fields,
            keywords=keywords,
        )
        aliases: tuple[str, ...] = ()
        if extra:
            entry, aliases = with_extra(entry, extra)
        return Made(entry, notes, attachments, aliases)

    # ------------------------------------------------------------------------ single values

    def _all(self, *tags: str) -> list[str]:
        return [value for tag in tags for value in self._tags.pop(tag, ())]

    def _take(self, *tags: str) -> str:
        """The first value of the first tag that has one; the others of it stay."""
        for tag in tags:
            values = self._tags.get(tag)
            if values:
                value = squeeze(values.pop(0))
                if not values:
                    del self._tags[tag]
                return value
        return ""

    def _set(self, name: str, value: str) -> None:
        """Give the field a value; a second one is kept under its own name."""
        if not value or self._fields.get(name) == value:
            return
        place, count = name, 1
        while place in self._fields:
            count += 1
            place = f"{name}-{count}"
        self._fields[place] = value

    def _settle_type(self) -> None:
        """Proceedings are called as the papers in them; they have editors, or nothing around."""
        if self._kind == "inproceedings" and "TI" in self._tags:
            inside = any(tag in self._tags for tag in ("T2", "BT", "C3", "JF", "JO", "AU", "A1"))
            if not inside and any(tag in self._tags for tag in ("ED", "A2", "PB")):
                self._kind = "proceedings"

    def _title(self) -> str:
        title = self._take("TI")
        if not title and self._kind in BOOKS:
            title = self._take("BT")
        return from_html(title or self._take("BT", "T2"))

    # -------------------------------------------------------------------------------- names

    def _creators(self) -> tuple[Creator, ...]:
        authors = self._names(AUTHOR, "AU", "A1")
        editors = self._names(EDITOR, "ED")
        if self._kind in BOOKS and self._kind != "proceedings":
            editors += self._names(EDITOR, "A3" if "A3" in self._tags else "A2")
        else:
            editors += self._names(EDITOR, "A2")
        if self._kind == "collection" and not editors:
            authors, editors = [], [creator.as_role(EDITOR) for creator in authors]
        if others := self._names(EDITOR, "A2", "A3"):
            self._set("serieseditor", write_names(others))
        translators = self._names(TRANSLATOR, "A4", "TA")
        return (*authors, *editors, *translators)

    def _names(self, role: str, *tags: str) -> list[Creator]:
        found: list[Creator] = []
        for value in self._all(*tags):
            for one in value.split(";" if ";" in value else "\n"):
                if is_others(one):
                    self._truncated = True
                elif squeeze(one).strip(" ,;{}"):
                    found.append(read_name(one, role))
        return found

    # --------------------------------------------------------------------- where it stands

    def _containers(self, title: str) -> None:
        long, short = self._take("JF"), [self._take("J2"), self._take("JA"), self._take("J1")]
        journal = self._take("JO")
        second, third, book = self._take("T2"), self._take("T3"), self._take("BT")
        if self._kind in JOURNALS or self._kind in ("misc", "dataset", "unpublished"):
            names = [name for name in (second, journal, book) if name] or short
            whole = from_html(long or max(names, key=len))
            self._set("journaltitle", whole)
            short = [name for name in (*short, journal, second) if name and name != whole]
            short = [name for name in short if len(name) < len(whole)]
            self._set("series", from_html(third))
        elif self._kind in IN_BOOKS:
            proceedings = self._take("C3") if self._kind == "inproceedings" else ""
            within = proceedings or book or second or long or journal
            self._set("booktitle", from_html(within))
            if proceedings and second != proceedings:
                self._set("eventtitle", second)
            elif second and second != within:
                self._set("series", second)
            self._set("series", from_html(third))
            short = [name for name in (*short, long, journal) if name and name != within]
        else:
            name = "titleaddon" if self._kind == "online" else "series"
            self._set(name, from_html(second or long or journal))
            self._set("series", from_html(third))
            if book and book != title:
                self._set("booktitle", book)
        for name in short[:1]:
            if name:
                self._set("shortjournal", from_html(name))

    def _bodies(self) -> None:
        name = "institution" if self._kind in ("thesis", "report") else "publisher"
        self._set(name, self._take("PB"))
        if self._kind == "inproceedings" and "C1" in self._tags and "CY" not in self._tags:
            self._set("location", self._take("C1"))

    # -------------------------------------------------------------------------------- dates

    def _date(self) -> str:
        """The fullest date of those that name the same year; the year alone is PY or Y1."""
        year, full = self._take("PY"), self._take("DA")
        other = self._take("Y1")
        first = read_date(year) or read_date(other)
        known = [first, read_date(other), read_date(full)]
        if full and not known[2] and first[:4].isdigit():
            known.append(read_date(f"{full} {first[:4]}"))
        same = [date for date in known if date and (not first or date[:4] == first[:4])]
        best = max(same, key=len, default="") if same else next(filter(None, known), "")
        if not best:
            self._set("year", year or other or full)
        visited = self._take("Y2")
        if visited:
            self._set("urldate", read_date(visited) or visited)
        return best

    # ---------------------------------------------------------------------- pages, numbers

    def _pages(self) -> None:
        start, end = self._take("SP"), self._take("EP")
        if start and end and start != end and not re.search(r"\d\s*[-–]\s*\d", start):
            pages = f"{start}–{end}"
        else:
            pages = start or end
        pages = _RANGE.sub("–", pages)
        alone = bool(pages) and "–" not in pages and not end
        self._set("pagetotal" if alone and self._kind in COUNTED else "pages", pages)

    def _numbers(self) -> None:
        number = self._take("IS")
        if not number and self._kind in JOURNALS | {"book"} and "M1" in self._tags:
            number = self._take("M1")
        self._set("number", number)
        journal = self._kind in JOURNALS
        issns: list[str] = []
        isbns: list[str] = []
        for value in _SERIALS.split("\n".join(self._all("SN"))):
            value = squeeze(value)
            if not value:
                continue
            found = [f"{a}-{b.upper()}" for a, b in _ISSN.findall(value)]
            books = [part for part in re.split(r"[\s;,]+", value) if normal_isbn(part)]
            if self._kind in NUMBERED_BY_SN and not books and not found:
                self._set("number", value)
            elif books:
                isbns += books
            elif found and (journal or len(re.sub(r"\D", "", value)) <= 8 * len(found)):
                issns += found
            else:
                (issns if journal else isbns).append(value)
        self._set("issn", ", ".join(dict.fromkeys(issns)))
        self._set("isbn", ", ".join(dict.fromkeys(isbns)))
        if self._kind in JOURNALS and _PMC.fullmatch("".join(self._tags.get("C2", ()))):
            self._set("pmcid", self._take("C2"))

    # ---------------------------------------------------------------- identifiers and links

    def _links(self) -> None:
        doi = self._take("DO")
        if not doi:
            doi = next((v for v in self._tags.get("M3", ()) if normal_doi(v)), "")
            self._tags["M3"] = [v for v in self._tags.get("M3", ()) if v != doi]
        said = [v for v in self._tags.get("N1", ()) if _DOI_SAID.fullmatch(v.strip())]
        doi = doi or next(iter(said), "")
        known = normal_doi(doi) or doi
        self._tags["N1"] = [
            v for v in self._tags.get("N1", ()) if v not in said or normal_doi(v) != known
        ]
        self._set("doi", known)
        urls = [squeeze(url) for value in self._all("UR") for url in _LINE_BREAK.split(value)]
        urls = [url for url in dict.fromkeys(urls) if url]
        others = [url for url in urls if not (known and normal_doi(url) == known)]
        self._set("url", next(iter(others), ""))
        self._tags["UR"] = others[1:]

    def _attachments(self) -> Iterable[FileLink]:
        for tag, media_type in (("L1", "application/pdf"), ("L2", "text/html"), ("L4", "")):
            for value in self._all(tag):
                for each in _LINE_BREAK.split(value):
                    if squeeze(each):
                        yield file_link(squeeze(each), media_type)
        for url in self._all("UR"):
            yield FileLink(url=url)

    def _key(self) -> str:
        name = self._take("ID")
        if name and legal(name) == name and re.search(r"[^\W\d_]", name) and "/" not in name:
            return name
        if not name.isdecimal() and normal_doi(name) != self._fields.get("doi"):
            self._set("id", name)  # a number is but that of the record in its file
        return ""

    # -------------------------------------------------------------------------------- texts

    def _abstract(self) -> str:
        texts = [visible(text).strip() for text in self._all("AB", "N2")]
        return from_html("\n\n".join(dict.fromkeys(text for text in texts if text)))

    def _keywords(self) -> tuple[str, ...]:
        values = self._all("KW")
        words = [word for value in values for word in re.split(r"[\r\n;]+", value)]
        if len(values) == len(words) == 1 and words[0].count(",") > 1:
            words = words[0].split(",")
        return tuple(dict.fromkeys(word for each in words if (word := from_html(squeeze(each)))))

    def _others(self) -> None:
        """All tags that are left, each as its field."""
        for tag, values in self._tags.items():
            name = PLAIN.get(tag) or KEPT.get(tag) or AGAIN.get(tag) or tag.lower()
            texts = dict.fromkeys(visible(value).strip() for value in values)
            text = ("\n" if tag == "AD" else "; ").join(texts)
            if tag in ("ST", "TT"):
                text = from_html(text)
            if name in ("doi", "url"):
                name = f"{name}-2"
            self._set(name, text if tag in ("AD", "RN", "CA") else squeeze(text))


def file_link(value: str, media_type: str = "") -> FileLink:
    """A file or an address, as EndNote, Mendeley and Zotero write them."""
    lower = value.lower()
    if lower.startswith(("http://", "https://", "ftp://")):
        return FileLink(url=value, media_type=media_type)
    for scheme in ("internal-pdf://", "file:///", "file://"):
        if lower.startswith(scheme):
            path = value[len(scheme) :]
            is_root = scheme == "file:///" and not re.match(r"[A-Za-z]:", path)
            return FileLink(path=f"/{path}" if is_root else path, media_type=media_type)
    return FileLink(path=value, media_type=media_type)
