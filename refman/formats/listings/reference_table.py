"""Rows whose parts are named: the cells of a table, and the labelled lines of one paper."""

import re
from collections.abc import Mapping, Sequence

from refman.formats.listings import inline_markdown, name_list, reference, venue
from refman.formats.listings.cited_identifiers import Cited
from refman.formats.listings.inline_markdown import TITLE
from refman.formats.listings.reference import Reference
from refman.model.creator import parse_name
from refman.model.text import fold

_TITLES = frozenset(("title", "paper", "paper title", "name of paper", "publication", "article"))
_NAMES = frozenset(("author", "authors", "author(s)", "by", "first author"))
_VENUES = frozenset(
    ("venue", "conf", "conf.", "conference", "journal", "pub", "pub.", "published", "published in",
     "where", "source", "conference/journal", "journal/conference", "publisher", "publish")
)  # fmt: skip
_DATES = frozenset(
    ("year", "date", "time", "published", "publication date", "pub date", "pub. date")
)
_CODE = frozenset(("code", "github", "repo", "implementation", "repository"))
_LINKS = frozenset(
    ("link", "links", "pdf", "url", "doi", "arxiv", "paper link", "arxiv id", "arxiv link")
)
_ABSTRACTS = frozenset(("abstract",))
_DATE_CELL = re.compile(r"(?:1[89]|20)\d{2}(?:[-./]\d{1,2}){0,2}$")


def read_cells(cells: Sequence[str], columns: Sequence[str]) -> Reference:
    """One row of a table. Without `columns` its cells are told by what they hold."""
    heads = [fold(inline_markdown.read(column).text).strip(" :*") for column in columns]
    if not heads:
        heads = _guess(cells)
    values = dict(zip(reversed(heads), reversed(cells[: len(heads)]), strict=False))
    title = next((values[head] for head in heads if head in _TITLES and values.get(head)), "")
    others = _NAMES | _VENUES | _CODE | _LINKS | {"paper"}
    if not title or not any(head in others for head in heads):
        return Reference()
    parts = {head: value for head, value in values.items() if value.strip(" -–—/") and head}
    return _read(title, parts)


def _guess(cells: Sequence[str]) -> list[str]:
    """What heads the cells of a row that lost its table: the first long one is the title."""
    heads: list[str] = []
    for cell in cells:
        inline = inline_markdown.read(cell)
        plain = inline.text.replace(TITLE, inline.title)
        names = name_list.read(plain)
        if _DATE_CELL.fullmatch(plain):
            heads.append("year")
        elif (
            "title" not in heads
            and (inline.title or len(plain.split()) >= 3)
            and not (names and names.end >= len(plain) - 1)
        ):
            heads.append("title")
        elif names and names.end >= len(plain) - 1:
            heads.append("authors")
        elif inline.links:
            only_code = all("code" in fold(label) for label, _url in inline.links)
            heads.append("code" if only_code else "link")
        else:
            heads.append("venue" if "venue" not in heads and re.search(r"[^\W\d_]", plain) else "")
    return heads


def read_labels(labels: Mapping[str, str]) -> Reference:
    """A title and its labelled lines: `- Paper: https://…`, `- Code: None`."""
    has_code = next((value for label, value in labels.items() if label in _CODE), None)
    parts = {label: value for label, value in labels.items() if fold(value) not in ("none", "")}
    found = _read(labels["title"], parts)
    if has_code is not None:
        found.code = "http" in has_code
    found.points += 2 if "paper" in labels else 0
    return found


def _read(title: str, parts: Mapping[str, str]) -> Reference:
    inline = inline_markdown.read(title)
    text = inline.text.replace(TITLE, inline.title)
    links = list(inline.links)
    code: bool | None = None
    rest: list[str] = []
    for head, value in parts.items():
        cell = inline_markdown.read(value)
        plain = cell.text.replace(TITLE, cell.title)
        if head in _CODE:
            code = "http" in value
        elif head in _VENUES:
            rest.insert(0, plain)
        elif head in _LINKS or (head == "paper" and head not in _TITLES) or "http" in value:
            links += [("paper", url) for _label, url in cell.links]
            links += [("paper", word) for word in plain.split() if word.startswith("http")]
            if head in ("doi", "arxiv", "arxiv id") and not cell.links:
                rest.append(f"arXiv:{plain}" if head.startswith("arxiv") else plain)
    year = next((v for head, v in parts.items() if head in _DATES and _DATE_CELL.match(v)), "")
    found = reference.read(f"{TITLE} {'. '.join(rest)}", text, links)
    found.title = inline.title or text
    date, _start, _end = venue.find_date(found.date)
    found.date = year.replace("/", "-").replace(".", "-") if year else date
    people = next((value for head, value in parts.items() if head in _NAMES), "")
    names = name_list.read(inline_markdown.read(people).text) if people else None
    if names:
        found.creators = tuple(parse_name(name) for name in names.names)
        found.truncated = names.truncated
    found.abstract = next((parts[head] for head in parts if head in _ABSTRACTS), "")
    found.code = code
    # Its place says that it is a title, and what the other parts are.
    found.points = 3 + (len(text.split()) >= 3) + bool(names) + bool(found.date)
    found.points += bool(found.venue) + Cited(fields=found.fields).names_a_paper
    return found
