"""How much a piece of text looks like a name, and how much a title may end where it does.

Scores are log-odds, summed over words: above 0 speaks for it, below against it. Their values
were set on the part `learn` of tests/data/boundaries.tsv.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import category

from refman.formats.listings.name_words import (
    BODY_NAMES,
    FUNCTION_WORDS,
    GIVEN_NAMES,
    TITLE_WORDS,
)
from refman.formats.listings.page_evidence import PageEvidence
from refman.model.creator import BODY_WORDS, PARTICLES, SUFFIXES
from refman.model.text import fold

INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+(?:-?[^\W\d_]\.?)?|[^\W\d_]")
REACH = 300  # characters of a title's end that are looked at

_LONGEST_NAME = 100  # characters
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[aeiouy]")
_FAMILY_WITH_PARTICLE = re.compile(r"(?:d|l|al|el)['’-][^\W\d_]|(?:van|de)[^\W\d_]")
_CAMEL_PREFIX = re.compile(  # McKenzie, LeCun, DeVries, XiaoMing
    r"(?:Mc|Mac|Le|La|De|Di|Da|Du|Des|Del|Della|Dell|Dal|Van|Von|Vander|Fitz|Ben|El|Al|St|San|Ter|"
    r"Ten|Lo|Abu|Bar|O|Ó|Ni|Nic|Mag|Xiao|Yu|Jo|Ann|Mary|Ji|Sung|Seung|Min|Kyung|Hyun|Young|Jae|Jun|"
    r"Soo|Ye)(?=[^\W\d_])"
)
_SYLLABLE = (  # of Chinese in Latin letters
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:i(?:ang|ong|a[no]?|e|n|ng|u)?|u(?:ang|ai|an|a|o|i|n|e)?|a(?:ng|[ion])?|e(?:ng|[inr])?|"
    r"o(?:ng|u)?)"
)
_TWO_SYLLABLES = re.compile(  # SiQun
    rf"(?=[A-Z])(?i:{_SYLLABLE})(?<=[a-z])(?=[A-Z])(?i:{_SYLLABLE})(?<=[a-z])"
)
_NOUN_ENDINGS = (
    "tion tions ing ings ity ities ment ments ness ism isms ics ance ence sion sions ology ography "
    "ometry ive ical ential ional less able ible ously wise"  # of words that are hardly ever names
)
_NOUN = re.compile(rf".{{3,}}(?:{_NOUN_ENDINGS.replace(' ', '|')})")
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("“", "”"), ("‘", "’"), ("«", "»"))
_QUOTES = ('"', "'")


@lru_cache(maxsize=2048)  # a name is looked at from each place where a title may end
def name_score(name: str, page: PageEvidence) -> float:
    """How much `name` looks like the full name of a person or body."""
    if len(name) > _LONGEST_NAME:
        return -20.0
    name, _, suffix = name.partition(",")
    tokens = name.split()
    if not tokens or (suffix and suffix.strip().casefold() not in SUFFIXES):
        return -10.0
    if tokens[-1].casefold() in SUFFIXES and len(tokens) > 2:
        tokens.pop()
    if fold(name) in page.names:
        return 6.0
    folded = [token.lower() if token.isascii() else fold(token) or token for token in tokens]
    if all(plain in BODY_NAMES for plain in folded):
        return 4.0
    if folded[-1] in BODY_WORDS and len(tokens) > 1:
        return _body_score(tokens, folded)
    score = sum(_token_score(tokens, folded, i, page) for i in range(len(tokens)))
    if _given_in_the_middle(folded) and not INITIALS.fullmatch(tokens[0]):
        score -= 1.5
    return score + _count_score(tokens, folded)


def begins_as_name(name: str, page: PageEvidence) -> bool:
    """Whether the first word of `name` is a known given name, an initial or a body's name."""
    first = name.split(maxsplit=1)[0]
    plain = fold(first)
    return (
        plain in GIVEN_NAMES
        or plain in BODY_NAMES
        or plain in page.name_words
        or (first.endswith(".") and INITIALS.fullmatch(first) is not None)
    )


def title_score(title: str, page: PageEvidence, words: frozenset[str]) -> float:
    """How much `title` may end where it does; `words` are those of its abstract, folded."""
    title = title[-REACH:]
    last = title.rsplit(None, 1)[-1] if title.strip() else ""
    if not last:
        return -6.0
    if last[-1] == "." and INITIALS.fullmatch(last):
        return -6.0
    if len(last) > 2 and last[-1] == "." and last[-2].isupper() and last[-3].islower():
        return -4.0  # "HolesS.": the initial of a name that the title runs into
    closed = _balanced(title)
    if last[-1] in "'’" and not closed:
        return -6.0
    ending = 2.5 if last[-1] in "?!" or (last[-1] in ')]}"”»' and closed) else 0.0
    word = last.strip("?!.)]}([{\"“”‘’'»«$%*+…:;,")
    if not word and category(last[-1]) == "So":
        return 2.5  # 🦜: no name has one
    plain = fold(word)
    if word == "I" and title[: -len(last)].rstrip().endswith((".", ",", ":", ";")):
        return 1.0  # the first of several: "La conjecture de Weil. I"
    seen = any(form in words or form in page.words for form in (plain, plain.removesuffix("s")))
    if seen and plain not in FUNCTION_WORDS:
        return ending + 3.0
    return ending + _last_word_score(word, plain)


def _last_word_score(word: str, plain: str) -> float:
    tail = plain.rpartition("-")[2]
    if plain in FUNCTION_WORDS:
        return -4.0
    if plain in TITLE_WORDS or tail in TITLE_WORDS or _NOUN.fullmatch(tail):
        return 2.5
    if word.islower() and len(word) > 1 and plain not in PARTICLES:
        return 2.0
    if _is_acronym(word):
        return 1.0
    if plain in PARTICLES or _CAMEL_PREFIX.fullmatch(f"{word}x"):
        return -4.0
    if len(word) < 2:
        return -1.5
    return -2.0 if plain in GIVEN_NAMES else _camel_score(word)


def _camel_score(word: str) -> float:
    """What speaks against a title that ends in `word`, if it has a capital inside."""
    joint = next(
        (i for i in range(len(word) - 1, 0, -1) if word[i - 1].islower() and word[i].isupper()), 0
    )
    if not joint:
        return 0.0
    head, hump = word[:joint], word[joint:]
    if _is_acronym(hump) or len(hump) == 1:  # StyleGAN
        return 0.0
    if fold(hump) in TITLE_WORDS:  # FlashAttention, ImageNet
        return 0.5
    # "DetectorIce": the title ended before.
    return -3.0 if fold(head) in TITLE_WORDS or fold(hump) in GIVEN_NAMES else -1.0


def _count_score(tokens: Sequence[str], folded: Sequence[str]) -> float:
    count = sum(
        i == 0 or plain not in PARTICLES or not token[0].islower()
        for i, (token, plain) in enumerate(zip(tokens, folded, strict=True))
    )
    if count == 1:
        short = has_no_case(tokens[0]) and len(tokens[0]) <= 4  # 王小明
        return 0.0 if short else -3.0
    return 1.0 if count <= 3 else -1.0 * (count - 4)


def _given_in_the_middle(folded: Sequence[str]) -> bool:
    """Whether a usual given name follows words that are none: it may be the first of its name."""
    return folded[0] not in GIVEN_NAMES and any(word in GIVEN_NAMES for word in folded[1:-1])


def _body_score(tokens: Sequence[str], folded: Sequence[str]) -> float:
    """How well words that end as the name of a body does are one."""
    if len(tokens[0]) < 2:
        return -2.0
    score = 4.0 if folded[0] in BODY_NAMES else 3.0
    for token, plain in zip(tokens[:-1], folded[:-1], strict=True):
        if plain in FUNCTION_WORDS:
            score -= 0.0 if token == tokens[0] else 0.5
        elif not token[0].isupper() or (
            _is_glued(token) and not token.isupper() and plain not in BODY_NAMES
        ):
            return -2.0
        elif plain in TITLE_WORDS:
            score -= 0.7
    return score


def _token_score(tokens: Sequence[str], folded: Sequence[str], i: int, page: PageEvidence) -> float:
    token, plain = tokens[i], folded[i]
    if not token[0].isalpha() or any(char.isdigit() for char in token):
        return -5.0
    if has_no_case(token):
        return 0.8
    if token[0].islower():
        inside = 0 < i < len(tokens) - 1 and plain in PARTICLES
        return 0.5 if inside or (i and _FAMILY_WITH_PARTICLE.match(token)) else -4.0
    if INITIALS.fullmatch(token):
        return 0.8 if token.endswith(".") else 0.2 if i else -1.0
    if plain in page.name_words:
        return 1.5
    is_given = plain in GIVEN_NAMES and token[1:].islower()
    if is_given or ("-" in plain and plain.partition("-")[0] in GIVEN_NAMES):
        return 0.7 if i else 1.6
    return _unknown_token_score(tokens, folded, i, page)


def _unknown_token_score(
    tokens: Sequence[str], folded: Sequence[str], i: int, page: PageEvidence
) -> float:
    """How much a capitalised word that is no name we know looks like one."""
    token, plain = tokens[i], folded[i]
    if token.isupper() and token.isalpha():
        return -2.0 if len(token) > 2 else -0.8
    parts = [part for part in re.split(r"[-'’]", token) if part]
    if not all(_LETTERS.fullmatch(part) and not _is_glued(part) for part in parts):
        return -4.0
    if plain in TITLE_WORDS:
        # Many a family name is a word too: Judith Law, Alethea Power.
        follows_given = folded[0] in GIVEN_NAMES or tokens[0].endswith(".")
        return -0.8 if follows_given and i == len(tokens) - 1 else -3.5
    if plain in page.lower_words or plain.removesuffix("s") in page.lower_words:
        return -1.2
    if not i and len(plain) < 4 and not _VOWEL.search(plain):
        return -2.0  # "LLMs" cut in two
    if not i and len(plain) > 7 and _NOUN.fullmatch(plain):
        return -1.5
    return 0.4 if len(parts) == 1 else 0.6


def _is_glued(word: str) -> bool:
    """Whether `word` has a capital inside that no prefix of names explains."""
    if word[1:].islower() or len(word) == 1:
        return False
    match = _CAMEL_PREFIX.match(word)
    if not match:
        return not _is_two_syllables(word)
    rest = word[match.end() :]
    return not (rest[0].isupper() and (rest[1:].islower() or len(rest) == 1))


def _is_two_syllables(word: str) -> bool:
    """`SiQun`, `YuXin`: a Chinese given name with both its syllables capitalised."""
    humps = sum(char.isupper() for char in word)
    return humps == 2 and _TWO_SYLLABLES.fullmatch(word) is not None


def _is_acronym(word: str) -> bool:
    """`NVP`, `LLMs`, `MDPs`, `3D`, `GPT-4`, `L2`."""
    core = word.removesuffix("s")
    return len(core) >= 2 and not any(char.islower() for char in core)


def has_no_case(word: str) -> bool:
    """Whether `word` is of a script without capitals: Chinese, Arabic, Devanagari."""
    return (
        not word.isascii()
        and any(char.isalpha() for char in word)
        and not any(char.isupper() or char.islower() for char in word)
    )


def _balanced(text: str) -> bool:
    return all(text.count(a) == text.count(b) for a, b in _BRACKETS) and not any(
        text.count(quote) % 2 for quote in _QUOTES
    )
