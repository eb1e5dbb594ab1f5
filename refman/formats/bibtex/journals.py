"""Short names of journals: the user's own, or those that ISO 4 gives.

ISO 4 (as in the ISSN Manual, section 7): a title of one word stays; articles, prepositions and
conjunctions go; every other word is shortened as the List of Title Word Abbreviations says, or
stays. Of that list, which has 56,000 words in 65 languages, the thousand are here of which
most journals' names are made (`journal_words`); a name with others is for the user's own list.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from io import StringIO

from refman.errors import ReadError
from refman.formats.bibtex.journal_words import ARTICLES, LINKS, PHRASES, WORDS
from refman.i18n import _
from refman.model.text import without_accents

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_ELISION = re.compile(r"\b[ldLD]['’](?=[^\W\d_])")
_PHRASE = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)
_TOKEN = re.compile(rf"({_WORD.pattern})(\.?)|(\s*[-‐/]\s*)|(\s+)|(.)", re.DOTALL)


def short_names(table: Mapping[str, str]) -> dict[str, str]:
    """The user's table, made ready for `short_name`."""
    return {_folded(full): short for full, short in table.items()}


def short_name(journal: str, own: Mapping[str, str], known: str = "") -> str:
    """The short name of `journal`: by the user's table (of `short_names`), else the one that is
    known of it, else by ISO 4. One that has TeX in it, or no blank, stays."""
    found = own.get(_folded(journal)) if own else ""
    if found or known:
        return found or known
    if any(sign in journal for sign in "\\{}$") or " " not in journal.strip():
        return journal
    return iso_4(journal)


def read_table(text: str) -> dict[str, str]:
    """A table of full and short names in JSON (an object, or a list of pairs) or CSV (the first
    two columns, commas, semicolons or tabs between them). Raises ReadError."""
    try:
        rows = _json_rows(text) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text)
        table = {full.strip(): short.strip() for full, short in rows}
    except (ValueError, TypeError, csv.Error) as error:
        message = _("This is no table of journals: it takes two columns, full name and short name.")
        raise ReadError(message) from error
    return {full: short for full, short in table.items() if full and short}


def _json_rows(text: str) -> Iterable[tuple[str, str]]:
    found = json.loads(text)
    pairs = found.items() if isinstance(found, dict) else found
    rows = [(full, short) for full, short in pairs]
    if not all(isinstance(name, str) for row in rows for name in row):
        raise ValueError("not a table of names")
    return rows


def _csv_rows(text: str) -> Iterable[tuple[str, str]]:
    first = text.lstrip("\ufeff\n").partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    rows = [row for row in csv.reader(StringIO(text.lstrip("\ufeff")), delimiter=delimiter) if row]
    if any(len(row) < 2 for row in rows):
        raise ValueError("a row with one column")
    return [(row[0], row[1]) for row in rows]


def _folded(name: str) -> str:
    return " ".join(name.replace("&", "and").casefold().removeprefix("the ").split())


@lru_cache(maxsize=10_000)
def iso_4(title: str) -> str:
    """The title of a journal, shortened by ISO 4."""
    words = [word for word in _WORD.findall(title) if word.casefold() not in ARTICLES]
    if len(words) < 2:
        return title
    title = _PHRASE.sub(lambda found: PHRASES[found[0].casefold()], _ELISION.sub("", title))
    pieces: list[str] = []
    is_first = True
    for word, dot, hyphen, blank, sign in _TOKEN.findall(title):
        if word:
            if not _is_dropped(word, first=is_first):
                pieces.append(word + dot if dot else _shortened(word))
                is_first = False
        elif hyphen and pieces and pieces[-1].strip():
            pieces.append(hyphen)
        elif blank:
            pieces.append(" ")
        elif sign not in ",&":
            pieces.append(sign)
    return re.sub(r"\s+(?=[:;.)])|(?<=\()\s+", "", " ".join("".join(pieces).split()))


def _is_dropped(word: str, *, first: bool) -> bool:
    """Whether it is an article, or within the title a preposition or conjunction; a capital `A`
    there is the name of a section."""
    small = word.casefold()
    if small in ARTICLES:
        return first or word != "A"
    return small in LINKS and not first and word.islower()


def _shortened(word: str) -> str:
    """A word by the list; in capitals or with capitals inside it is a name, and stays."""
    if not word[1:].islower():
        return word
    small = without_accents(word).casefold()
    short = WORDS.get(small) or WORDS.get(small.removesuffix("s"))
    if not short or len(short) > len(word):
        return word
    return short[0].upper() + short[1:] if word[0].isupper() else short
