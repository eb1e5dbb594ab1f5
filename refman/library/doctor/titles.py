"""Checks of titles as they are printed: capitals, a full stop at the end, a word twice."""

import re
from collections.abc import Iterator

from refman.i18n import _
from refman.library.doctor.findings import Remark, set_field
from refman.library.doctor.subject import Subject
from refman.model.citation_key import FUNCTION_WORDS

# What is TeX in a title, and a title's words: "L'HOSPITAL", "MULTI", "X2".
_TEX = re.compile(r"\$[^$]*\$|\{[^{}]*\}|\\[A-Za-z]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEGINS = re.compile(r"(?:^|[:?!–—.]\s)\W*$")
_ROMAN = re.compile(r"(?=[IVXLCM]{2})M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_VOWEL = re.compile(r"[AEIOUYÄÖÜÅÆØÉÈÀÁÍÓÚ]")
# Short words in capitals that are none to those who read papers.
_ACRONYMS = frozenset(
    "AAAI ACM AGI AI AIDS API ARIMA ASCII AUC BERT CERN CIA COBOL COVID CUDA DNA ECG EEG EM ESA "
    "EU FAIR FORTRAN GAN GIS GPT GPU HIV IBM ICA ICU IEC IEEE IETF IID IO IOT ISO IT ITU LASSO "
    "LEO LIDAR LIGO MAP MAPREDUCE MIMO MIT MOOC MRI NASA NATO NISQ NMR OCR ODE OECD OLAP PAC "
    "PCA PDE PDF PISA QED QOS RADAR RAM REST RISC RNA ROC SAT SIR SOA SONAR SQL TCP UAV UK UMAP "
    "UML UN UNESCO UNIX USA USB UV VAE VLSI WHO WIFI WTO XAI XML".split()
)
_SENTENCE = re.compile(r"[.:?!]\s")
_LONG = 5  # letters; so long a word in capitals is seldom an acronym
_DOUBLED = re.compile(
    r"(?<![\w-])(the|an|of|in|for|and|to|with|from|by|at|on|or)\s+\1(?![\w-])"
    r"(?!\s+(?:vitro|vivo|situ|silico|utero))"
)
_MAY_SHOUT = frozenset(("title", "subtitle", "booktitle", "maintitle"))
_STOP = re.compile(r"(?<=\w)\.\s*$")
_LAST_WORD = re.compile(r"[\w.’'-]*\w(?=\.\s*$)")
_SHORTENED = frozenset(
    "al bd bros co corp dept ed eds esp etc fig ga gmbh inc jr ltd no nos nr op ph pp proc prof "
    "pt resp rev sp spp sr ssp st univ var vol vols vs".split()
)


def in_capitals(subject: Subject) -> Iterator[Remark]:
    for name, title in subject.values:
        if name in _MAY_SHOUT and is_shouted(title, book=name != "title"):
            quiet = sentence_case(title, subject.entry.abstract)
            better = not is_shouted(quiet, book=name != "title")
            fix = set_field(name, title, quiet, safe=False) if better else None
            yield Remark(name, _("“{title}” is all in capitals.").format(title=title), fix)


def is_shouted(title: str, *, book: bool = False) -> bool:
    """Whether it is words in capitals, not acronyms alone (`BERT`); of books these are many."""
    if len(title) < 8 or title.upper() != title:
        return False
    words = _WORD.findall(_TEX.sub(" ", title))
    if any(word.casefold() in FUNCTION_WORDS and len(word) > 1 for word in words) and words[2:]:
        return any(len(word) > 3 and word.lower() != word for word in words)
    long = [word for word in words if len(word) >= _LONG and word.isalpha() and _is_word(word)]
    return len(long) > 1 and not book


def _is_word(word: str) -> bool:
    """Whether it has letters of both sizes at all, and vowels as words have."""
    if word in _ACRONYMS or word.lower() == word:
        return False
    return not word.isascii() or len(_VOWEL.findall(word)) * 5 >= len(word)


def sentence_case(title: str, abstract: str) -> str:
    """`title` in small letters but for what begins, what an abstract writes large, acronyms."""
    known = _spellings(abstract)
    pieces: list[str] = []
    place = 0
    for tex in [*_TEX.finditer(title), None]:
        text = title[place : tex.start() if tex else len(title)]
        pieces.append(_WORD.sub(lambda word: _quiet(word, "".join(pieces), known), text))
        if tex:
            pieces.append(tex[0])
            place = tex.end()
    return "".join(pieces)


def _quiet(found: "re.Match[str]", before: str, known: dict[str, str]) -> str:
    word = found[0]
    begins = _BEGINS.search(before + found.string[: found.start()])
    small = word.lower()
    if spelt := known.get(small):
        return spelt[0].upper() + spelt[1:] if begins else spelt
    if any(char.isdigit() for char in word) or word in _ACRONYMS:
        return word
    acronym = _ROMAN.fullmatch(word) or (word.isascii() and not _VOWEL.search(word))
    if acronym and small not in FUNCTION_WORDS:
        return word
    return small.capitalize() if begins else small


def _spellings(abstract: str) -> dict[str, str]:
    """How an abstract writes its words within a sentence, by their small letters."""
    if abstract.upper() == abstract:
        return {}
    found: dict[str, str] = {}
    for sentence in _SENTENCE.split(abstract):
        for word in _WORD.findall(sentence)[1:]:
            small = word.lower()
            # Whoever writes it small once does not mean a name.
            found[small] = small if found.get(small) == small else word
    return found


def full_stop(subject: Subject) -> Iterator[Remark]:
    for name, title in subject.titles:
        if not _STOP.search(title):
            continue
        last = _LAST_WORD.search(title)
        word = last[0].casefold() if last else ""
        if len(word) > 1 and "." not in word and word not in _SHORTENED:
            message = _("The title ends with a full stop; the style sets its own.")
            yield Remark(name, message, set_field(name, title, _STOP.sub("", title)))


def doubled_word(subject: Subject) -> Iterator[Remark]:
    for name, title in subject.titles:
        found = _DOUBLED.search(title)
        if found:
            message = _("“{words}” stands twice.").format(words=found[0])
            better = _DOUBLED.sub(r"\1", title)
            yield Remark(name, message, set_field(name, title, better, safe=False))
