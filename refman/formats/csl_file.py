"""Files of CSL-JSON: items of the Citation Style Language's data model (CSL 1.0.2).

    file = "[" item {"," item} "]" | "{" "items": [item …] "}" | item

Read from Zotero, Mendeley, Pandoc, Crossref and citeproc's users, and written as an array. In
titles the marks of HTML that CSL allows are TeX in an entry; Zotero's `note` is its Extra
(`extra`). What CSL has no variable for stands in `custom.refman` of an item, which CSL leaves
to programs: so nothing but the TeX source of a field is lost.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from refman.formats import csl_variables, json_items
from refman.formats.csl_json import PARTS, SEASONS, to_item
from refman.formats.extra import with_extra
from refman.formats.format import Context, Format, Found, Problem, Row
from refman.formats.json_items import Item, text_of
from refman.formats.loose_dates import read_date
from refman.formats.plain_names import is_others, read_name, write_names
from refman.formats.rich_text import from_html
from refman.formats.round_trip import rest_of, restored, without_ids
from refman.i18n import _
from refman.model import dates
from refman.model.citation_key import legal
from refman.model.creator import AUTHOR, ROLES, Creator
from refman.model.entry import Entry
from refman.model.entry_types import from_csl
from refman.model.identifiers import normal_arxiv, normal_doi
from refman.model.text import squeeze, visible

_ITEM = re.compile(r'[{,]\s*"type"\s*:\s*"[a-z]+(?:[-_][a-z]+)*"')
_VARIABLE = re.compile(
    r'"(?:container-title|issued|date-parts|citation-key|publisher-place|DOI|title|author)"\s*:'
)
_LIST = re.compile(r'\s*(?:\[\s*)?\{|\s*\{\s*"(?:items|references)"\s*:\s*\[')
_EXCERPT = 2000  # characters of a record that a problem shows
_MARKED_FIELDS = ("journaltitle", "booktitle", "titleaddon", "series", "shorttitle", "origtitle")
_NO_KEY = re.compile(r"\d+|https?:|[0-9a-f]{8}-[0-9a-f-]{27}|[A-Z0-9]{8}|ITEM-\d+")
_RANGE = re.compile(r"(?<=\d)\s*--?\s*(?=\d)")
_OWN = frozenset(
    ("id", "type", "title", "abstract", "issued", "keyword", "custom", "citation-key",
     "citation-label", "categories", "page-first", "categories", *ROLES)
)  # fmt: skip


class CslJson(Format):
    name: ClassVar[str] = "csl-json"
    label: ClassVar[str] = "CSL-JSON"
    extensions: ClassVar[tuple[str, ...]] = (".json", ".csljson")
    writes: ClassVar[bool] = True

    def score(self, text: str) -> int:
        if not _LIST.match(text) or not _ITEM.search(text):
            return 0
        return 80 if len(set(_VARIABLE.findall(text))) >= 2 else 0

    def read(self, text: str, context: Context) -> Found:
        found = Found()
        context.progress.start(_("Reading CSL-JSON"), len(text))
        single: dict[str, Any] = {}
        for item in json_items.items(text, ("items", "references")):
            context.progress.advance(len(item.source))
            if item.message:
                _tell(found, item)
            elif item.place and item.place not in ("items", "references"):
                single[item.place] = item.value
            elif isinstance(item.value, dict):
                _read_item(found, item.value, item.line, item.source)
            else:
                _tell(found, item._replace(message=_("no record")))
        if single and not found.count and ("type" in single or "title" in single):
            _read_item(found, single, 1, text.strip())
        return found

    def write(self, entries: Iterable[Entry], options: Mapping[str, Any]) -> Iterator[str]:
        opening = "[\n"
        for number, entry in enumerate(entries, 1):
            yield opening + json.dumps(whole_item(entry, number), ensure_ascii=False, indent=1)
            opening = ",\n"
        yield "[]\n" if opening == "[\n" else "\n]\n"


def _tell(found: Found, item: Item) -> None:
    message = _("This record cannot be read as JSON ({reason}).").format(reason=item.message)
    found.problems.append(Problem(item.line, item.source[:_EXCERPT], message))


def whole_item(entry: Entry, number: int) -> dict[str, Any]:
    """The item with its `id`, the citation key or else by its `number`, and in `custom` all that
    the rest of it does not say."""
    item = {name: value for name, value in to_item(entry).items() if value not in (None, "", [])}
    item = {"id": entry.citation_key or f"item{number}", **item}
    rest = rest_of(entry, entry_of(item)[0])
    if rest:
        item["custom"] = {"refman": rest}
    return item


# ---------------------------------------------------------------------------------- reading


def _read_item(found: Found, item: Mapping[str, Any], line: int, source: str) -> None:
    entry, aliases = entry_of(item)
    if not entry.title and not entry.creators and not entry.abstract:
        message = _("This record has no title, no authors and no abstract.")
        found.problems.append(Problem(line, source[:_EXCERPT], message))
        return
    review = () if entry.title else (_("No title was found."),)
    found.rows.append(
        Row(
            entry=entry,
            line=line,
            raw_text=source,
            year_given=True if entry.date else None,
            review=review,
            aliases=aliases,
        )
    )


def entry_of(item: Mapping[str, Any]) -> tuple[Entry, tuple[str, ...]]:
    """The entry of an item, whatever is in it, and its other citation keys."""
    kind, implied, value = from_csl(text_of(item.get("type")))
    creators, truncated = _creators(item)
    fields = {implied: value} if implied else {}
    date = _date(item.get("issued"))
    if not date and (said := _date_text(item.get("issued"))):
        fields["year"] = said
    for variable, given in item.items():
        if variable not in _OWN:
            _take(fields, variable, given, kind)
    _settle_eprint(fields, text_of(item.get("number")))
    note = fields.pop("note", "")
    entry = Entry(
        entry_type=kind,
        citation_key=_key(item),
        title=from_html(squeeze(text_of(item.get("title")))),
        creators=creators,
        creators_truncated=truncated,
        date=date,
        abstract=visible(text_of(item.get("abstract"))),
        fields=fields,
        keywords=_keywords(item),
    )
    entry, aliases = with_extra(entry, note) if note else (entry, ())
    custom = item.get("custom")
    if isinstance(custom, Mapping) and "refman" in custom:
        entry = restored(entry, custom["refman"])
    entry, keys = without_ids(entry)
    return entry, tuple(dict.fromkeys((*aliases, *keys)))


def _key(item: Mapping[str, Any]) -> str:
    said = text_of(item.get("citation-key")) or text_of(item.get("citation-label"))
    name = text_of(item.get("id"))
    key = said or ("" if _NO_KEY.match(name) or "/" in name else name)
    return legal(key)


def _creators(item: Mapping[str, Any]) -> tuple[tuple[Creator, ...], bool]:
    """Authors, editors and translators; of a work without an author those who made it."""
    found: list[Creator] = []
    truncated = False
    for role in ROLES:
        names = item.get(role)
        if role == AUTHOR and not names:
            names = next((item[maker] for maker in csl_variables.MAKERS if item.get(maker)), None)
        for creator in _names(names, role):
            if creator.literal and is_others(creator.literal):
                truncated = True
            else:
                found.append(creator)
    return tuple(found), truncated


def _names(names: Any, role: str = AUTHOR) -> Iterator[Creator]:
    for name in names if isinstance(names, list) else [names]:
        if isinstance(name, Mapping):
            parts = {part: squeeze(text_of(name.get(csl))) for part, csl in PARTS.items()}
            if not parts["literal"] and text_of(name.get("name")):
                parts["literal"] = squeeze(text_of(name["name"]))
            if parts["family"] or parts["literal"] or parts["given"]:
                yield Creator(**parts, role=role)
        elif isinstance(name, str) and name.strip():
            yield read_name(name, role)


def _take(fields: dict[str, str], variable: str, given: Any, kind: str) -> None:
    """Put a variable into the field that it is."""
    if variable in csl_variables.NAMES:
        name, text = csl_variables.NAMES[variable], write_names(_names(given))
    elif variable in csl_variables.DATES:
        name, text = csl_variables.DATES[variable], _date(given) or _date_text(given)
    else:
        name = csl_variables.field_of(variable, kind) or variable.lower()
        text = visible(text_of(given))
        if not text and given and isinstance(given, list | dict):
            text = json.dumps(given, ensure_ascii=False)
        if name in _MARKED_FIELDS:
            text = from_html(squeeze(text))
        elif name == "pages":
            text = _RANGE.sub("–", text)
        elif name == "doi":
            text = text if text == text.lower() else normal_doi(text) or text
    if text:
        fields.setdefault(name, text)


def _settle_eprint(fields: dict[str, str], number: str) -> None:
    """An arXiv id that stands as the number of a preprint."""
    if number.lower().startswith("arxiv:") and (arxiv := normal_arxiv(number)):
        for name in ("number", "eid"):
            if fields.get(name) == number:
                del fields[name]
        fields.setdefault("eprint", arxiv.id + arxiv.version)
        fields.setdefault("eprinttype", "arxiv")


def _keywords(item: Mapping[str, Any]) -> tuple[str, ...]:
    said = item.get("keyword", item.get("categories"))
    if isinstance(said, list):
        words = [text_of(word) for word in said]
    else:
        text = text_of(said)
        words = text.split(";" if ";" in text else ",")
    return tuple(dict.fromkeys(word for each in words if (word := squeeze(each))))


def _date(given: Any) -> str:
    """A CSL date as an entry has it; '' for what is none."""
    if isinstance(given, str):
        return read_date(given)
    if not isinstance(given, Mapping):
        return ""
    parts = given.get("date-parts")
    ends = [_day(end) for end in parts[:2]] if isinstance(parts, list) else []
    if not ends or not ends[0]:
        return read_date(_date_text(given))
    season = text_of(given.get("season"))
    if len(ends) == 1 and len(ends[0]) == 4 and season.isdigit() and 1 <= int(season[:2]) <= 4:
        return f"{ends[0]}-2{season}"
    circa = "~" if len(ends) == 1 and given.get("circa") not in (None, False, "", "0", 0) else ""
    date = "/".join(ends) + circa
    return date if dates.is_valid(date) else ends[0]


def _day(end: Any) -> str:
    """`[2019, "5", 16]` as partial ISO; '' for what is no date."""
    numbers = [text_of(part).lstrip("+") for part in end[:3]] if isinstance(end, list) else []
    while numbers and numbers[-1] in ("", "0", "00"):
        numbers.pop()
    if not numbers or not all(re.fullmatch(r"-?\d{1,4}", number) for number in numbers):
        return ""
    year, *rest = map(int, numbers)
    if year <= 0:
        return f"-{-year:04}" if year else ""
    if rest and rest[0] in SEASONS:
        return f"{year:04}-{rest[0]}"
    return dates.iso(year, *rest) or dates.iso(year, *rest[:1]) or dates.iso(year)


def _date_text(given: Any) -> str:
    if isinstance(given, Mapping):
        given = given.get("literal") or given.get("raw")
    return squeeze(text_of(given))
