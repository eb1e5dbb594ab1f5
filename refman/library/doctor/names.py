"""Checks of names: whether they are one person each, read into the right parts.

The parts are those of BibTeX (`formats.bibtex.names`), in which "A, B, C" is one person with
a suffix, and a body without braces a person whose family name is Collaboration.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from refman.i18n import _
from refman.library.doctor.findings import Fix, Remark, Severity
from refman.library.doctor.subject import Subject, creators_values, names_fix
from refman.model.creator import BODY_WORDS, SUFFIXES, Creator, parse_name

_SUFFIXES = SUFFIXES | frozenset(
    "v vi vii viii 2nd 3rd 4th esq esq. phd ph.d. ph.d md m.d. fils père filho neto júnior "
    "sobrinho s.j. sj o.p. cfa".split()
)
_BODY = BODY_WORDS | frozenset(
    "of for the and consortia commission board bureau office service services school college "
    "institution federation union gmbh llc ag plc s.a. press bank museum library".split()
)
_ET_AL = re.compile(
    r"(?:^|[\s,;]+)(?:et\.?\s*al\.?|u\.\s*a\.|and\s+others|and\s+\d+\s+others|…|\.\.\.)\s*$",
    re.IGNORECASE,
)
_WITHOUT_BLANK = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_](?:\.|\s|$))")
_BARE_INITIALS = re.compile(r"(?!NG$)[B-DF-HJ-NP-TV-XZ]{2,3}")
_INITIALS = re.compile(r"(?![AEIOUY])[B-Z]{2,3}|[A-Z][B-DF-HJ-NP-TV-XZ]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?\s?)+")
# "Bengio Y." and "Y. Bengio": each half of "Bengio Y., LeCun Y." is a name of its own.
_INITIAL = r"[^\W\d_]\.(?:[ -]?[^\W\d_]\.)*"
_WHOLE_NAME = re.compile(rf"(?:[^\W\d_][\w'’-]+ )+{_INITIAL}|{_INITIAL} ?(?:[^\W\d_][\w'’-]+ ?)+")
# What nobody's first name or initials are; "MD", "JR" and "II" may be initials.
_NEVER_GIVEN = re.compile(r"[Jj]r\.?|[Ss]r\.?|III|P[Hh]\.? ?D\.|Ph\.? ?D|[Pp]h[Dd]|Esq\.?|2nd|3rd")
_PERSON = re.compile(r"[A-ZÀ-Þ][\w'’-]*\.?(?: [A-ZÀ-Þ][\w'’-]*\.?| (?:de|van|von|der|la)){1,3}")
_SEPARATED = re.compile(r"\s+(?:and|&)\s+")
_ENTITY = re.compile(r"&#?\w+;")
_LETTERS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[AEIOUY]|[^\x00-\x7f]")
_DIGIT = re.compile(r"\d|[*†‡§¶]")
_ADDRESS = re.compile(r"@|https?://|www\.")


def doubtful(subject: Subject) -> Iterator[Remark]:
    """The first doubt of each name: what is one for the next is seldom one of its own."""
    last = {creator.role: creator for creator in subject.entry.creators}
    for creator, name in subject.named:
        if creator.literal == "others" and creator is last[creator.role]:
            continue  # how "and others" of a second list is kept
        for doubt in _DOUBTS:
            remark = doubt(subject, creator, name)
            if remark:
                yield remark
                break


def _and_others(subject: Subject, creator: Creator, name: str) -> Remark | None:
    if creator.suffix:
        name = creator.inverted
    found = _ET_AL.search(name)
    if not found:
        return None
    rest = name[: found.start()].strip(" ,;")
    # What is left is asked for its doubts anew.
    instead = (parse_name(rest, creator.role),) if rest else ()
    is_first_role = creator.role == subject.entry.creators[0].role
    message = _("“{name}”: that there are more is no name.").format(name=name)
    fix = names_fix(subject, creator, instead, truncated=True) if is_first_role else None
    return Remark(creator.role, message, fix)


def _joined(subject: Subject, creator: Creator, name: str) -> Remark | None:
    """Several names in one: `A, B, C`; `A B; C D`; `A and B` outside of a body's name."""
    literal = creator.literal
    if literal:
        people = _SEPARATED.split(literal.replace(", and ", " and "))
        if len(people) > 1 and all(_is_person(one) for one in people):
            persons = tuple(parse_name(one, creator.role) for one in people)
            return _several(subject, creator, persons)
        if _is_body(literal):
            return None
        commas = literal.count(",")
        parts = re.split(r"\s*[;,]\s*" if commas > 1 else r"\s*;\s*", literal.strip(" ,;"))
        if commas == 1 and ";" not in literal:
            return _in_one_piece(subject, creator)
        if len(parts) < 2:
            return None
        instead = tuple(parse_name(part, creator.role) for part in parts if part)
        sure = all(" " in part for part in parts)
        return _several(subject, creator, instead if sure else ())
    if ";" in name and not _ENTITY.search(name):
        return _semicolons(subject, creator)
    if _SEPARATED.search(name) and not _is_body(creator.family):
        names = filter(None, _SEPARATED.split(name))
        instead = tuple(parse_name(one, creator.role) for one in names)
        return _several(subject, creator, instead if len(instead) > 1 else ())
    parts = [part for part in (creator.family, creator.suffix, creator.given) if part]
    if len(parts) > 1 and all(_WHOLE_NAME.fullmatch(part) for part in parts):
        return _several(subject, creator, tuple(parse_name(one, creator.role) for one in parts))
    if "," in creator.family or "," in creator.given:
        return _several(subject, creator, ())
    return None


def _is_person(name: str) -> bool:
    """Whether it has two words or more, as those of a person are, and none of a body."""
    return bool(_PERSON.fullmatch(name)) and not _is_body(name)


def _semicolons(subject: Subject, creator: Creator) -> Remark:
    """`A B; C D`, or one left behind a name."""
    if not creator.suffix and (creator.given.endswith(";") or creator.family.endswith(";")):
        clean = replace(creator, given=creator.given.strip("; "), family=creator.family.strip("; "))
        return _several(subject, creator, (clean,))
    # `C, A; D, B` has the second family name in the place of a suffix.
    text = creator.inverted if creator.suffix else creator.full_name
    names = [name for name in text.split(";") if name.strip(" ,")]
    return _several(subject, creator, tuple(parse_name(name, creator.role) for name in names))


def _several(subject: Subject, creator: Creator, instead: tuple[Creator, ...]) -> Remark:
    message = _("“{name}” seems to be several names: “and” belongs between them.")
    fix = names_fix(subject, creator, instead, safe=False) if instead else None
    return Remark(creator.role, message.format(name=creator.inverted), fix)


def _in_one_piece(subject: Subject, creator: Creator) -> Remark | None:
    parsed = parse_name(creator.literal, creator.role)
    if parsed.literal:
        return None
    message = _("“{name}” is kept in one piece; it seems to be a person with a first name.")
    fix = names_fix(subject, creator, (parsed,), safe=False)
    return Remark(creator.role, message.format(name=creator.literal), fix)


def _is_body(name: str) -> bool:
    return any(word.strip(",;()").casefold() in _BODY for word in name.split())


def _body(subject: Subject, creator: Creator, name: str) -> Remark | None:
    """The name of a body that was taken for a person's, for want of braces."""
    if creator.literal or name == creator.family:
        return None
    words = [word.strip(",;()").casefold() for word in name.split()]
    if BODY_WORDS.isdisjoint(words):
        return None
    whole = Creator(literal=name, role=creator.role)
    # "J. Center" may be somebody, and after "and" a half of the name may stand alone.
    safe = words[-1] in BODY_WORDS and all(len(word.rstrip(".")) > 1 for word in words)
    message = _("“{name}” seems to be no person; it is split into first and last name.")
    fix = names_fix(subject, creator, (whole,), safe=safe)
    return Remark(creator.role, message.format(name=name), fix)


def _suffix(subject: Subject, creator: Creator, _name: str) -> Remark | None:
    """`Smith, John, Jane`: to BibTeX, Jane Smith with the suffix John."""
    if not creator.suffix or creator.suffix.casefold() in _SUFFIXES:
        return None
    message = _("In “{name}” the middle part counts as a suffix like Jr.: is it one?")
    fix = None
    if creator.given.casefold() in _SUFFIXES:
        turned = replace(creator, given=creator.suffix, suffix=creator.given)
        fix = names_fix(subject, creator, (turned,), safe=False)
    return Remark(creator.role, message.format(name=creator.inverted), fix)


def _suffix_as_given(subject: Subject, creator: Creator, _name: str) -> Remark | None:
    """`John Smith, Jr`: to BibTeX, the first name is Jr."""
    given = creator.given
    if creator.suffix or not creator.family or not _NEVER_GIVEN.fullmatch(given):
        return None
    parsed = parse_name(creator.family, creator.role)
    fix = None
    if not parsed.literal and not parsed.suffix:
        fix = names_fix(subject, creator, (replace(parsed, suffix=given),), safe=False)
    message = _("“{suffix}” was taken for the first name of {name}.")
    return Remark(creator.role, message.format(suffix=given, name=creator.family), fix)


def _suffix_alone(subject: Subject, creator: Creator, name: str) -> Remark | None:
    """`John Smith III` without commas: to BibTeX, III is the family name."""
    if creator.family.casefold() not in SUFFIXES or not creator.given:
        return None
    parsed = parse_name(f"{creator.given} {creator.family}", creator.role)
    if parsed.literal or parsed.family == creator.family:
        return None
    message = _("“{suffix}” was taken for the family name of {name}.")
    safe = creator.family.casefold() not in ("junior", "senior")  # there are such family names
    fix = names_fix(subject, creator, (parsed,), safe=safe)
    text = message.format(suffix=creator.family, name=name)
    return Remark(creator.role, text, fix)


def _swapped(subject: Subject, creator: Creator, _name: str) -> Remark | None:
    """`Bacon PL`: the initials were taken for the family name."""
    family, given = creator.family, creator.given
    if not given or not (_BARE_INITIALS.fullmatch(family) or _INITIALS.fullmatch(family)):
        return None
    if _INITIALS.fullmatch(given) or len(given) < 3:
        return None
    message = _("The family name of “{name}” seems to be initials.").format(name=creator.inverted)
    turned = replace(creator, family=given, given=family)
    return Remark(creator.role, message, names_fix(subject, creator, (turned,), safe=False))


def _marks(_subject: Subject, creator: Creator, name: str) -> Remark | None:
    """A footnote's mark, an address: `Smith1`, `smith@example.org`."""
    if _ADDRESS.search(name):
        return Remark(creator.role, _("“{name}” is an address, no name.").format(name=name))
    if not creator.literal and _DIGIT.search(creator.family + creator.given):
        return Remark(creator.role, _("There is a mark or digit in “{name}”.").format(name=name))
    return None


_DOUBTS: tuple[Callable[[Subject, Creator, str], Remark | None], ...] = (
    _and_others,
    _body,
    _joined,
    _suffix,
    _suffix_as_given,
    _suffix_alone,
    _marks,
    _swapped,
)


def in_capitals(subject: Subject) -> Iterator[Remark]:
    """`SMITH, John`; of two letters (`LI`, `NG`) it cannot be known."""
    for creator in subject.entry.creators:
        family = creator.family
        if len(family) < 3 or family.upper() != family or family.lower() == family:
            continue
        if not _VOWEL.search(family) or family.casefold() in SUFFIXES or _is_body(family):
            continue
        given = creator.given
        shouted = len(given) > 3 and given.upper() == given and "." not in given
        quiet = replace(creator, family=_capitalised(family))
        if shouted:
            quiet = replace(quiet, given=_capitalised(given))
        if quiet == creator:
            continue
        message = _("The name “{name}” is in capitals.").format(name=creator.inverted)
        yield Remark(creator.role, message, names_fix(subject, creator, (quiet,), safe=False))


def _capitalised(name: str) -> str:
    """`O'BRIEN-MCCOY` is `O'Brien-Mccoy`; a small letter that is there stays."""
    return _LETTERS.sub(lambda word: word[0][0] + word[0][1:].lower(), name)


def glued_initials(subject: Subject) -> Iterator[Remark]:
    """`D.E. Knuth`: to BibTeX one first name, shortened to `D.`"""
    for creator in subject.entry.creators:
        given = creator.given
        parted = _WITHOUT_BLANK.sub(" ", given) if "." in given else given
        if parted != given:
            better = replace(creator, given=parted)
            message = _("The initials of “{name}” stand without a blank: only the first counts.")
            fix = names_fix(subject, creator, (better,))
            yield Remark(creator.role, message.format(name=creator.inverted), fix)


def doubled(subject: Subject) -> Iterator[Remark]:
    """The same name twice in one list; two persons may be called the same."""
    creators = subject.entry.creators
    if len(set(creators)) == len(creators):
        return
    for creator, count in Counter(creators).items():
        spelt_out = creator.literal or any(len(word) > 2 for word in creator.given.split())
        if count > 1 and spelt_out:
            message = _("“{name}” stands {count} times.")
            kept = tuple(dict.fromkeys(creators))
            names = "; ".join([creator.inverted] * count)
            fix = Fix(names, creator.inverted, creators_values(subject.entry, kept), safe=False)
            text = message.format(name=creator.inverted, count=count)
            yield Remark(creator.role, text, fix, Severity.NOTICE)
