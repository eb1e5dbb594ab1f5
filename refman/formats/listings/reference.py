"""One reference, as the common styles write it, taken apart.

    reference = names [year] title tail          (APA, Harvard, ACM, Vancouver, LaTeX's plain)
              | names "“" title "”" tail         (IEEE, MLA, Chicago)
              | title [year] names tail          (home pages, lists in Markdown)

The names are `name_list`'s, the tail is `venue`'s. DOI, arXiv id, PubMed id and addresses are
taken out wherever they stand. What is read carries how much speaks for its being a reference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from refman.formats.listings import cited_identifiers, name_list, venue
from refman.formats.listings.inline_markdown import TITLE
from refman.formats.listings.name_list import NameList
from refman.model.creator import Creator, parse_name
from refman.model.text import squeeze

LONGEST = 2000  # characters; no reference is as long
ENOUGH = 5  # points that make a reference

_YEAR_FIRST = re.compile(
    r"[.,:]?\s?(?:[(\[](?P<year>(?:1[5-9]|20)\d{2})[a-z]?(?P<more>, ?[^()\[\]]{1,30})?[)\]][.,:]?"
    r"|[.,]? (?P<plain>(?:1[5-9]|20)\d{2})[a-z]?(?:[.:,]| (?=[^\W\d_a-z“\"«])))\s*"
)
_IN_PRESS = re.compile(r"[.,:]?\s?\((?:in press|n\.d\.|to appear|forthcoming|submitted)\)[.,:]?\s*")
_QUOTED = re.compile(
    r"“([^“”]{4,400})”|\"([^\"]{4,400})\"|``([^`']{4,400})''|«\s?([^«»]{4,400})»"
    r"|(?<![\w])[‘']([^‘’']{3,}(?:[’'](?=\w)[^‘’']+){0,6})[’'](?!\w)|„([^„“”]{4,400})[“”]"
)
_SENTENCE = re.compile(r"[.?!](?:[\"”’')\]]*)(?= +\S|$)")
_NO_END = re.compile(
    r"(?:^|[\s(.])(?:[^\W\d_]|vs|no|pp|vol|dr|mr|mrs|st|e\.g|i\.e|cf|al|approx|fig|eq|ver|pt|ed"
    r"|u\.s|resp"
    r"|ca|viz)\.$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"[a-zà-ÿ](?!rXiv)")
_AFTER_TITLE = re.compile(
    r" (?:arXiv|bioRxiv|medRxiv|in[: ]|pp?\.|pages?|vol|doi|https?:|preprint|eLife|npj|mSystems"
    r"|iScience)"
)
_VENUE_AHEAD = re.compile(
    r",\s(?=(?:in:?|In:?|Advances in|Proc\.?|Proceedings|Proc|Conf\.|Journal|J\.|IEEE|ACM|Ann\."
    r"|Annals|Lecture"
    r"|Trans\.|Transactions|Bull\.|Acta|Math\.|Phys\.|Comm\.|Communications|Inform\.|Theoret\."
    r"|Discrete|SIAM|Amer\.|Technical|Tech\.|Ph\.? ?D\.?|PhD|Master|arXiv|Nature|Science"
    r"|Springer|Wiley"
    r"|[A-Z][\w.-]*(?: [A-Z(][\w.)-]*){0,5} ?(?:\d{1,4} ?\(|\d{1,4}:|, ?vol))(?:\W|(?<=\()))"
)
_BRACKET = re.compile(r"\s?\[([^\[\]]{3,200})\]\s?\.?")
_EDITION = re.compile(
    r"[,.]?\s?\(?\b(?P<edition>\d{1,2}(?:st|nd|rd|th)|[Ss]econd|[Tt]hird) ed(?:\.|n\.?|ition\b)\)?"
)
_TITLE_YEAR = re.compile(r"\s?[(\[](?P<year>(?:19|20)\d{2})[)\]]$")
_TITLE_NOTE = re.compile(
    r"\s\(((?:Technical|Tech\.|Working|Research) (?:Report|Paper)[^()]*)\)\W*$", re.IGNORECASE
)
_IMPRINT = re.compile(r"\s\(([^()]{3,60}), ((?:1[5-9]|20)\d{2})\)\W*$")
_CODE = re.compile(r"[{}=`]|\(\)|->|::|\"{3}")
_COMMA = re.compile(", ")
_LEAD = " \t.,;:–—-|·•)"


@dataclass(slots=True)
class Reference:
    """What a reference says, and the points that speak for its being one."""

    title: str = ""
    creators: tuple[Creator, ...] = ()
    truncated: bool = False
    date: str = ""
    venue: str = ""
    entry_type: str = "misc"
    fields: dict[str, str] = field(default_factory=dict)
    abstract: str = ""
    code: bool | None = None
    points: int = 0

    @property
    def is_sure(self) -> bool:
        return self.points >= ENOUGH and bool(self.title)


def read(
    text: str,
    title: str = "",
    links: Sequence[tuple[str, str]] = (),
    names_line: str = "",
) -> Reference:
    """Take `text` apart, one line; TITLE stands in it where `title` stood, if that is known.

    `links` are (label, address). `names_line` is a line of names alone, if there is one: it
    is no part of `text`.
    """
    found = Reference()
    if len(text) > LONGEST:
        return found
    cited = cited_identifiers.take(squeeze(text).replace("\\&", "&"), links)
    text, found.fields, found.code = cited.text, cited.fields, cited.code
    found.points += 2 if cited.is_identified else int(cited.names_a_paper)
    is_marked = bool(title)
    if not title and not names_line:
        text, title = _take_quoted(text)
    if names_line:
        _take_names(found, name_list.read(names_line))
        tail = _around(found, text, title) if title else _after_names(found, text)
    elif title:
        tail = _around(found, text, title)
    else:
        tail = _split(found, text)
    _finish(found, tail)
    # A title that stands out, with the address of a paper.
    found.points += 2 if title and is_marked and cited.names_a_paper else 0
    return found


def _take_quoted(text: str) -> tuple[str, str]:
    """The text with TITLE for the first words in quotation marks that may be one."""
    for match in _QUOTED.finditer(text):
        title = next(group for group in match.groups() if group).strip(" ,.")
        whole = match.start() == 0 or len(title.split()) >= 2
        # What is quoted within a title does not reach its end.
        at_end = match[0].rstrip("\"”’'»“")[-1:] in ",.?!" or text[match.end() :][:1] in ",.; ("
        if whole and at_end and _stands_alone(text, match):
            title = next(group for group in match.groups() if group).strip()
            return f"{text[: match.start()]}{TITLE}{text[match.end() :]}", title.rstrip(",. ")
    return text, ""


def _stands_alone(text: str, match: "re.Match[str]") -> bool:
    """Whether names, a year or nothing stand before a quotation, not the start of a title."""
    before = text[: match.start()].strip(" ,:")
    if not before:
        return True
    names = name_list.read(before)
    if names is None:
        return False
    rest = _YEAR_FIRST.sub("", before[names.end :] + ",", count=1).strip(_LEAD)
    return not rest


def _take_names(found: Reference, names: NameList | None) -> None:
    if names is None:
        return
    role = "editor" if names.editors else "author"
    found.creators = tuple(parse_name(name, role) for name in names.names)
    found.truncated = names.truncated
    found.points += 2 if names.is_strong or names.truncated else 1
    found.points += len(names.names) > 1 or names.truncated


def _around(found: Reference, text: str, title: str) -> str:
    """Names before or after a title that is known; returns what is left for the tail."""
    found.title = title
    before, _mark, after = text.partition(TITLE)
    if found.creators:
        return f"{before} {after}".strip(_LEAD)
    names = name_list.read(before.strip())
    if names:
        _take_names(found, names)
        rest = before.strip()[names.end :]
        year = _YEAR_FIRST.match(rest + " ")
        if year:
            found.date = _early_date(year)
        return after.strip(_LEAD)
    after = after.lstrip(_LEAD)
    year = _YEAR_FIRST.match(after)
    if year:
        found.date = _early_date(year)
        after = after[year.end() :].lstrip(_LEAD)
    after = re.sub(r"^(?:by|-+|–|—)\s", "", after).lstrip(_LEAD)
    names = name_list.read(after)
    if names and (names.is_strong or names.truncated or after[names.end :][:1] in ".,("):
        _take_names(found, names)
        after = after[names.end :]
    rest = before.strip(' "“[](){}*-–—:,.')
    return f"{after.strip(_LEAD)} {rest}".strip() if rest else after.strip(_LEAD)


def _early_date(match: "re.Match[str]") -> str:
    """The date that stands right after the names."""
    more = match["more"] or ""
    year = match["year"] or match["plain"]
    value, _start, _end = venue.find_date(f"{more.strip(', ')} {year}")
    return value or year


def _split(found: Reference, text: str) -> str:
    """A reference with nothing to mark its title: names first, or the title first."""
    names = name_list.read(text)
    if names is not None and _are_apart(text, names):
        _take_names(found, names)
        return _after_names(found, text[names.end :])
    end = _title_end(text)
    rest = text[end:].lstrip(_LEAD)
    year = _YEAR_FIRST.match(rest)
    if year:
        found.date = _early_date(year)
        rest = rest[year.end() :].lstrip(_LEAD)
    names = name_list.read(rest)
    whole = names is not None and " " in names.names[0]  # "Vaswani et al." is in any text
    if names and whole and (names.is_strong or names.truncated or rest[names.end :][:2] == ". "):
        found.title = text[:end]
        _take_names(found, names)
        return rest[names.end :].strip(_LEAD)
    found.title = text[:end]
    return rest


def _are_apart(text: str, names: NameList) -> bool:
    """Whether a sign ends the names, so that they are no beginning of a sentence."""
    rest = text[names.end :]
    if not rest or rest[0] in ".,:;" or names.truncated or names.editors:
        return True
    following = rest.lstrip()[:1]
    return following in "([“\"‘'`«„" or (text[names.end - 1] == "." and not following.islower())


def _after_names(found: Reference, text: str) -> str:
    """The year, the title and the tail that follow the names."""
    year = _YEAR_FIRST.match(text)
    if year:
        found.date = _early_date(year)
        found.points += bool(year["year"])
        text = text[year.end() :]
    elif press := _IN_PRESS.match(text):
        text = text[press.end() :]
    by_comma = text.startswith(",")
    text = text.lstrip(_LEAD)
    ahead = _VENUE_AHEAD.search(text)
    end = _title_end(text)
    if ahead and ahead.start() < end and (by_comma or end >= len(text) - 1):
        end = ahead.start()
    elif by_comma and end >= len(text) - 1:
        commas = (m.start() for m in _COMMA.finditer(text))
        end = next((at for at in commas if text.count("(", 0, at) == text.count(")", 0, at)), end)
    found.title = text[:end]
    return text[end:]


def _title_end(text: str) -> int:
    """Where the sentence ends that `text` begins with.

    A question or an exclamation goes on where no venue follows it.
    """
    for match in _SENTENCE.finditer(text):
        end, after = match.end(), text[match.end() :]
        if _NO_END.search(text[max(end - 8, 0) : match.start() + 1]):
            continue
        if after and _GOES_ON.match(after.lstrip()) and not _AFTER_TITLE.match(after):
            continue
        if match[0][0] in "?!" and _is_subtitle(after):
            continue
        head = text[:end]
        if head.count("(") > head.count(")"):
            continue
        return end
    return len(text)


def _is_subtitle(text: str) -> bool:
    """Whether what follows a question mark is the rest of the title: a sentence comes after."""
    following = _SENTENCE.search(text)
    if not following or following.end() >= len(text) - 4:
        return False
    if text[following.end() :].lstrip(" (")[:1].isdigit():
        return False  # a journal, before its year or volume
    tail = venue.read(text[: following.end()])
    return not tail.is_evidence and not tail.date and len(text[: following.end()].split()) >= 3


def _finish(found: Reference, text: str) -> None:
    """Read the tail, and put the title into its last form."""
    bracket = None
    title = found.title
    for match in _BRACKET.finditer(f"{title} {text[:250]}"):
        bracket = match[1]
    edition = _EDITION.search(title) or _EDITION.search(text)
    if edition:
        found.fields["edition"] = edition["edition"]
        title, text = _EDITION.sub("", title), _EDITION.sub("", text, count=1)
    if note := _TITLE_NOTE.search(title):
        title, text = title[: note.start()], f"{note[1]}. {text.lstrip(' .,')}"
    elif imprint := _IMPRINT.search(title):  # "Title (Publisher, 1988)"
        title, text = title[: imprint.start()], f"{imprint[1]}, {imprint[2]}. {text}"
    year = _TITLE_YEAR.search(title)
    if year:
        found.date, title = found.date or year["year"], title[: year.start()]
    if bracket and re.search(r"thesis|dissertation", bracket, re.IGNORECASE):
        title, text = _BRACKET.sub("", title), f"{bracket}. {_BRACKET.sub('', text, count=1)}"
    tail = venue.read(text)
    found.title = squeeze(title).strip(' ,;:"“”').rstrip(". ")
    found.venue = tail.venue
    found.entry_type = tail.entry_type
    found.fields = {**tail.fields, **found.fields}
    found.date = found.date or tail.date
    if tail.editors:
        found.creators = (*found.creators, *tail.editors)
    is_paper = bool(found.venue) or tail.is_evidence
    if found.entry_type == "article" and "eprint" in found.fields and not found.venue:
        found.entry_type = "misc"
    if found.entry_type == "misc" and "eprint" in found.fields:
        for name in ("volume", "number"):
            found.fields.pop(name, None)
    words = len(found.title.split())
    found.points += 2 if found.date else 0
    found.points += is_paper
    found.points += bool(found.venue) and ("volume" in tail.fields or "pages" in tail.fields)
    found.points += 3 <= words <= 40
    found.points -= 4 if _CODE.search(found.title) else 0
    found.points -= 4 if words > 60 or not any(char.isalpha() for char in found.title) else 0
