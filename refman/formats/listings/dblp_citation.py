"""A line of DBLP's: a title with its full stop, and where the paper appeared.

    line    = title end [journal | book | whole | pages]
    end     = "." | "?" | "!"
    journal = name [volume ["(" number ")"]] [": " pages] " (" year ")"
    book    = name year [": " pages]                       (proceedings by their short name)
    whole   = [series volume ", "] publisher year [", ISBN " isbn] ["[contents]"]

A title may have sentences in it, and the names of journals have full stops. The venue begins
where all words that follow are those of a name; where that can be said of more than one place
and no usual first word of a journal decides it, the line is not sure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from refman.formats.listings.name_words import FUNCTION_WORDS, TITLE_WORDS
from refman.model.text import fold

_LONGEST = 2000  # characters
_MOST_ENDS = 16  # of sentences that are looked at, the last ones
_END = re.compile(r"[.?!][\"”’']? (?=\S)")
_PAGES = r"(?:[\w./-]*\d[\w./-]*|[ivxlcm]+-[ivxlcm]+)(?::[\w./-]+)?"
_PAGE_LIST = rf"{_PAGES}(?:-{_PAGES})?(?:, ?{_PAGES})*"
_JOURNAL_YEAR = re.compile(r" \((\d{4})\)$")
_BOOK_YEAR = re.compile(r" (\d{4})$")
_PAGES_AT_END = re.compile(rf": ({_PAGE_LIST})$")
_VOLUME = re.compile(r" (?P<volume>[\w./:+-]*\d[\w./:+-]*)(?:\((?P<number>[^()]{1,60})\))?$")
_WHOLE = re.compile(
    r"(?:(?P<series>[^.?!]{3,150}?) (?P<volume>[\w-]*\d[\w-]*), )?"
    r"(?P<publisher>[^\d.?!][^?!]{0,80}?) (?P<year>\d{4})(?:, ISBN (?P<isbn>[\dX-]{10,17}))?"
    r"(?:, pp\. [\w-]+)?(?P<contents> \[contents\])?$"
)
_PROCEEDINGS = re.compile(r"Proceedings\b.*\. $|.*\bProceedings(?:, Part [IVX]+)?\. $")
_ONLY_PAGES = re.compile(rf"(?<=[.?!]) ({_PAGE_LIST})$")
_WORD = re.compile(r"[^\W_]")

# The words with which the names of journals begin in DBLP, which abbreviates them.
_FIRST_WORDS = frozenset(
    """
    aaai acm acta adv advances ai algorithmica algorithms ann appl artif astron auton automatica
    behav big bioinform biol bmc brain briefings bull cogn comb commun complex comput computer
    computers computing concurr constraints cryptogr cybern data decis des digit discret
    distributed dagstuhl econ electron empir endow eng entropy eur eurasip evol expert formal
    found frontiers fundam future fuzzy games genet geoinformatica graph health hum iacr ibm
    ieee ieice iet image inf inform int integr intell internet ipsj it j jmir jcdl kunstliche
    knowl lang log mach math mathematics medical microelectron mob mol multim nat natural
    nature networks neural neurocomputing neuroimage new nucleic numer oper optim organ parallel
    pattern peer perform pervasive plos pract proc program programming quantum queueing
    random real reliab remote requir res robotica robotics sci secur semantic sensors sigmod
    siam signal simul soc soft softw softwarex spectrum speech stat stoch stud swarm symmetry
    synth syst telecommun theor theory trans tsinghua user vis visual vldb web wirel work world
    """.split()
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A line taken apart; `kind` is a BibTeX type where the venue shows it, `is_venue` that there
    is a venue at all."""

    title: str
    kind: str = ""
    venue: str = ""
    is_journal: bool = False
    year: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    is_venue: bool = False
    is_sure: bool = True
    has_contents: bool = False  # its table of contents is another page


def read(text: str) -> Citation | None:
    """Take apart a squeezed line; None for what does not look like one of DBLP's."""
    if len(text) > _LONGEST:
        return None
    found = _whole(text) or _journal(text) or _book(text)
    if found:
        return found
    if match := _ONLY_PAGES.search(text):
        return Citation(text[: match.start()], fields={"pages": match[1]})
    return Citation(text) if text.endswith((".", "?", "!")) and " " in text else None


def _whole(text: str) -> Citation | None:
    for end in _ends(text):
        match = _WHOLE.match(text, end)
        if match and (match["isbn"] or match["contents"] or _PROCEEDINGS.match(text[:end])):
            fields = {name: match[name] or "" for name in ("series", "volume", "publisher", "isbn")}
            return Citation(
                text[:end].rstrip(),
                kind="proceedings",
                year=match["year"],
                fields=fields,
                is_venue=True,
                has_contents=bool(match["contents"]),
            )
    return None


def _journal(text: str) -> Citation | None:
    year = _JOURNAL_YEAR.search(text)
    if not year:
        return None
    body, fields = _without_pages(text[: year.start()])
    volume = _VOLUME.search(body)
    if volume:
        fields |= {"volume": volume["volume"], "number": volume["number"] or ""}
        body = body[: volume.start()]
    start, is_sure = _start_of_journal(body)
    if start < 0:
        return None
    return Citation(
        body[:start].rstrip(),
        kind="article",
        venue=body[start:],
        is_journal=True,
        year=year[1],
        fields=fields,
        is_venue=True,
        is_sure=is_sure,
    )


def _book(text: str) -> Citation | None:
    body, fields = _without_pages(text)
    year = _BOOK_YEAR.search(body)
    if not year:
        return None
    body = body[: year.start()]
    ends = _ends(body)
    while len(ends) > 1 and _is_abbreviated(body[ends[-2] : ends[-1]]):
        ends.pop()  # "Int. Conf. Robotics" is one name
    if not ends or not _is_name(body[ends[-1] :], with_small_words=True):
        return None
    venue = body[ends[-1] :]
    small = any(word in FUNCTION_WORDS for word in venue.partition("(")[0].split())
    return Citation(
        body[: ends[-1]].rstrip(),
        kind="incollection" if small else "inproceedings",
        venue=venue,
        year=year[1],
        fields=fields,
        is_venue=True,
    )


def _without_pages(text: str) -> tuple[str, dict[str, str]]:
    match = _PAGES_AT_END.search(text)
    return (text[: match.start()], {"pages": match[1]}) if match else (text, {})


def _ends(text: str) -> list[int]:
    return [match.end() for match in _END.finditer(text)][-_MOST_ENDS:]


def _start_of_journal(text: str) -> tuple[int, bool]:
    """Where the name of a journal at the end of `text` begins, and whether that is sure; -1 for
    nowhere."""
    ends = _ends(text)
    possible = [end for end in ends if _is_name(text[end:])]
    usual = [end for end in possible if _first_word(text[end:]) in _FIRST_WORDS]
    if not possible:
        return (ends[-1] if ends else -1), False
    if not usual:
        return possible[0], len(possible) == 1
    start = usual[0]
    return start, not any(word in TITLE_WORDS for word in _full_words(text[start:]))


def _first_word(name: str) -> str:
    return fold(name.split(None, 1)[0].strip(".,/")).partition("/")[0]


def _full_words(name: str) -> Iterator[str]:
    """The words of `name` that have a full stop after them and are no abbreviations."""
    return (fold(word[:-1]) for word in name.split() if word.endswith(".") and len(word) > 6)


def _is_name(text: str, *, with_small_words: bool = False) -> bool:
    """Whether all words of `text` are such as names of journals or proceedings have."""
    words = text.partition("(")[0].split() or text.split()
    if not words or len(words) > 14 or not _WORD.search(words[0]):
        return False
    return all(
        any(char.isupper() or char.isdigit() for char in word)
        or not _WORD.search(word)
        or (with_small_words and place > 0 and word in FUNCTION_WORDS)
        for place, word in enumerate(words)
    )


def _is_abbreviated(text: str) -> bool:
    """Whether a sentence is but abbreviations: "Int. ", "Proc. "."""
    words = text.split()
    return all(word.endswith(".") and word[0].isupper() and len(word) < 7 for word in words)
