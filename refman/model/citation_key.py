"""Citation keys: the default pattern `nikishin2022primacy`, what is legal, what is free.

By default a key consists of the family name, the year and the first significant word of the
title, in lower-case ASCII; other patterns are in `key_pattern`. Who has which key is the
library's business; nothing here remembers any.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from string import ascii_lowercase

from refman.model.creator import AUTHOR, EDITOR, Creator
from refman.model.entry import Entry
from refman.model.text import hash64, without_accents

# Words that say nothing of a title's matter. The first row is what JabRef and Google Scholar
# skip too; question words and auxiliary verbs follow, then articles of other languages.
FUNCTION_WORDS = frozenset(
    "a an the about above across against along among around at before behind below beneath beside "
    "between beyond but by down during except for from in inside into like near of off on onto "
    "or over since so than that then this these those through to toward towards under until up "
    "upon via with within without and as if is are be been was were it its "
    "not no nor some any all "
    "how what when where which who whom whose why whether do does did can could may might must "
    "should will would shall we our you your i he she they their "
    "der die das ein eine einer eines und von zur zum im le la les un une des du de et en el los "
    "las una y il lo gli di del della het een".split()
)

# bibtex reads every key without blanks, commas and braces, LaTeX's \cite none with # % ~ or a
# backslash, bibtexparser none with = or a quotation mark. biber balks at ' ( ) too, but a key
# with one of these that came with a file is cited in somebody's text and has to stay.
_ILLEGAL = re.compile(r"[\s\x00-\x1f\x7f\"#%,={}~\\\ud800-\udfff]")
_TEX = re.compile(r"\\[A-Za-z]+\*?\s*|\\.|[{}$~]")
_WORD = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*")
_PART = re.compile(r"[-‐‑'’]")
_NOT_KEY = re.compile(r"[^a-z0-9]+")

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕ",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya i i ie g u j "
        "lj nj c dj dz g k dz".split(),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(),
        strict=True,
    )
)
_LETTERS = {char: latin.replace("_", "") for char, latin in {**_CYRILLIC, **_GREEK}.items()}


def make(entry: Entry) -> str:
    """The key that `entry` should have if it is free: by the pattern, else provisional."""
    return by_pattern(entry) or provisional(entry)


def by_pattern(entry: Entry) -> str:
    """Family name, year and first significant title word; '' with neither title nor creators."""
    name, word = _name_part(entry), _title_word(entry.title)
    if not name and not word:
        return ""
    year = "" if entry.year is None else str(abs(entry.year))
    # A key that starts with a digit is legal, but no sane person types it.
    return name + year + word if name else word + year


def provisional(entry: Entry) -> str:
    """A key for an entry with neither title nor creators, the same whenever it is asked."""
    told = entry.abstract or repr((entry.date, sorted(entry.fields.items())))
    return f"untitled{hash64(told) & 0xFFFFFFFF:08x}"


def disambiguate(base: str, is_taken: Callable[[str], bool]) -> str:
    """`base` if it is free, else the first free one of `basea`, `baseb`, … `basez`, `baseaa`, …

    `is_taken` decides without regard to case. Beyond `basez` the search is by halves, so that
    a hundred thousand equal keys take no time; a gap far back may then stay a gap.
    """
    if not is_taken(base):
        return base
    for letter in ascii_lowercase:
        if not is_taken(base + letter):
            return base + letter
    taken, free = len(ascii_lowercase), 2 * len(ascii_lowercase)
    while is_taken(base + _letters(free)):
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        if is_taken(base + _letters(middle)):
            taken = middle
        else:
            free = middle
    return base + _letters(free)


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = ascii_lowercase[letter] + letters
    return letters


def legal(key: str) -> str:
    """`key` without the characters that a citation key cannot have; '' if none is left."""
    return _ILLEGAL.sub("", key)


def to_ascii(text: str) -> str:
    """`text` in ASCII, its case kept: accents put away, other scripts transliterated."""
    plain = without_accents(text)
    return plain if plain.isascii() else _transliterate(unicodedata.normalize("NFC", plain))


def without_tex(text: str) -> str:
    """`text` without TeX: braces hold a word together, everything else of it separates."""
    return _TEX.sub(_tex_gap, text)


def main_creators(entry: Entry) -> tuple[Creator, ...]:
    """Whom a key is named after: the authors, else the editors, else whoever there is."""
    return entry.by_role(AUTHOR) or entry.by_role(EDITOR) or entry.creators


def _name_part(entry: Entry) -> str:
    for creator in main_creators(entry):
        name = _name(creator)
        if name:
            return name
    return ""


def _name(creator: Creator) -> str:
    if creator.literal:
        # Of a body one word: "The OPAL Collaboration" is opal.
        return _title_word(creator.literal)
    return _latin(creator.family_name or creator.given)


def _title_word(title: str) -> str:
    """The first word that is no function word; of a compound its first such part (`value` of
    `value-based`, `context` of `in-context`), unless a single letter begins it (`Q-learning`)."""
    fallback = ""
    for word in _WORD.findall(without_tex(title)):
        parts = _PART.split(word)
        if len(parts) > 1 and len(parts[0]) == 1:
            elided = word[1] in "'’"  # l'analyse
            parts = parts[1:] if elided else ["".join(parts)]
        for part in parts:
            key = _latin(part)
            if key and part.casefold() not in FUNCTION_WORDS:
                return key
            fallback = fallback or key
    return fallback


def _tex_gap(found: "re.Match[str]") -> str:
    return "" if found[0] in "{}" else " "


def _latin(text: str) -> str:
    """`text` in lower-case ASCII letters and digits."""
    plain = _TEX.sub("", text)
    if not plain.isascii():
        plain = without_accents(plain)
    plain = plain.casefold()
    if not plain.isascii():
        plain = _transliterate(unicodedata.normalize("NFC", plain))
    return _NOT_KEY.sub("", plain)


def _transliterate(text: str) -> str:
    """Cyrillic and Greek by table, other letters by their Unicode names; of a run of Han
    characters, which have no sound without a dictionary, the code point of the first. What
    stands for a capital is capitalised."""
    letters: list[str] = []
    han = False
    for char in text:
        if char.isascii():
            letters.append(char)
            han = False
        elif _is_han(char):
            if not han:
                letters.append(f"u{ord(char):x}")
            han = True
        else:
            lower = char.lower()
            sound = _LETTERS[lower] if lower in _LETTERS else _letter_name(char)
            letters.append(sound.capitalize() if char.isupper() else sound)
            han = False
    return "".join(letters)


def _is_han(char: str) -> bool:
    return unicodedata.name(char, "").startswith("CJK UNIFIED")


@cache
def _letter_name(char: str) -> str:
    """What a letter is called: `GIM` of a Hangul syllable, `KA` of a kana, `M` of Arabic meem."""
    name = unicodedata.name(char, "")
    sound = name.rpartition(" ")[2].lower()
    if not unicodedata.category(char).startswith("L") or not sound.isalpha():
        return ""
    if name.startswith(("HANGUL SYLLABLE", "HIRAGANA", "KATAKANA")) or len(sound) <= 2:
        return sound
    return sound[0]
