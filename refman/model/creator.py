"""The name of a person or a body that made a work, in the parts that CSL and BibLaTeX know."""

import re
from dataclasses import dataclass, replace

AUTHOR, EDITOR, TRANSLATOR = "author", "editor", "translator"
ROLES = (AUTHOR, EDITOR, TRANSLATOR)

# Particles that stand before a family name. CSL calls those that stay with the family
# name when it stands alone ("van Hasselt") non-dropping; the others ("d'", French "de")
# drop. Which is which depends on the language, so all are kept as non-dropping, as
# BibTeX's "von" part is.
PARTICLES = frozenset(
    "af al am auf aus av ben bin bint da dal dall dalla de dei del della dell den der des di do "
    "dos du e el ibn im la las le les lo los op st ter ten und van vande vanden vander vom von "
    "von't y zu zum zur 't d' de' 's".split()
)
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv junior senior".split())
# "Ramón y Cajal" is one family name.
_JOINING = frozenset(("y", "e"))
# What the name of a body ends with: such a name has no parts.
BODY_WORDS = frozenset(
    "administration agency alliance association authors center centre collaboration "
    "collaborations committee community company consortium corporation council department "
    "foundation group inc inc. initiative institute lab laboratories laboratory labs ltd ltd. "
    "ministry network organisation organization participants project researchers society team "
    "university workshop".split()
)
# "PL" and "P.-L." are initials; "Li" in capitals and the family name of Weinan E are not.
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+|(?![AEIOUY])[A-Z](?![AEIOUY])[A-Z]")


@dataclass(frozen=True, slots=True)
class Creator:
    """Either name parts, or `literal` for a body and for a name that cannot be split."""

    family: str = ""
    given: str = ""
    dropping_particle: str = ""
    non_dropping_particle: str = ""
    suffix: str = ""
    literal: str = ""
    role: str = AUTHOR

    @property
    def full_name(self) -> str:
        """The name as it is written in running text: `Hado van Hasselt`."""
        if self.literal:
            return self.literal
        parts = (self.given, self.dropping_particle, self.non_dropping_particle, self.family)
        name = " ".join(part for part in parts if part)
        return f"{name} {self.suffix}" if self.suffix else name

    @property
    def family_name(self) -> str:
        """The name that stands alone in a short citation: `van Hasselt`, or the literal."""
        if self.literal:
            return self.literal
        return " ".join(part for part in (self.non_dropping_particle, self.family) if part)

    @property
    def inverted(self) -> str:
        """`van Hasselt, Jr., Hado`: BibTeX's form, particles before the family name."""
        if self.literal:
            return self.literal
        von = " ".join(p for p in (self.dropping_particle, self.non_dropping_particle) if p)
        parts = [" ".join(part for part in (von, self.family) if part), self.suffix, self.given]
        return ", ".join(part for part in parts if part)

    def as_role(self, role: str) -> "Creator":
        return replace(self, role=role)


def parse_name(name: str, role: str = AUTHOR) -> Creator:
    """Split a name as it is written on a page: `Hado van Hasselt` or `van Hasselt, Hado`.

    The rules are BibTeX's (Patashnik, "BibTeXing", 1988, section 4) with three differences
    for names on pages: a particle counts only if it is a known one, a suffix (`Jr.`, `III`)
    may stand without its comma, and the name of a body (`ATLAS Collaboration`) stays whole.
    A single word is a literal.
    """
    name = " ".join(name.split()).strip(" ,;")
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3 and parts[1].casefold() in SUFFIXES:
        return _with_particle(parts[0].split(), parts[2], parts[1], role)
    if len(parts) == 3 and parts[2].casefold() in SUFFIXES:
        return _with_particle(parts[0].split(), parts[1], parts[2], role)
    if len(parts) == 2 and parts[0] and parts[1]:
        if parts[1].casefold() in SUFFIXES:
            return replace(_split_natural(parts[0].split(), role), suffix=parts[1])
        return _with_particle(parts[0].split(), parts[1], "", role)
    if len(parts) > 1:
        return Creator(literal=name, role=role)
    return _split_natural(name.split(), role)


def _with_particle(family: list[str], given: str, suffix: str, role: str) -> Creator:
    count = 0
    while count < len(family) - 1 and family[count] in PARTICLES:
        count += 1
    return Creator(
        family=" ".join(family[count:]),
        given=given,
        non_dropping_particle=" ".join(family[:count]),
        suffix=suffix,
        role=role,
    )


def _split_natural(words: list[str], role: str) -> Creator:
    if len(words) < 2 or words[-1].casefold() in BODY_WORDS:
        return Creator(literal=" ".join(words), role=role)
    suffix = ""
    if len(words) > 2 and words[-1].casefold() in SUFFIXES:
        suffix = words[-1]
        words = words[:-1]
    if _INITIALS.fullmatch(words[-1]) and not suffix and not _INITIALS.fullmatch(words[0]):
        # "Bacon PL": initials after the family name, as PubMed writes it.
        return Creator(family=" ".join(words[:-1]), given=words[-1], role=role)
    last = len(words) - 1
    start = next((i for i in range(last) if words[i] in PARTICLES), last)
    family_start = start
    if 0 < start < last and words[start] in _JOINING:
        start = family_start = start - 1
    while family_start < last and words[family_start] in PARTICLES:
        family_start += 1
    return Creator(
        family=" ".join(words[family_start:]),
        given=" ".join(words[:start]),
        non_dropping_particle=" ".join(words[start:family_start]),
        suffix=suffix,
        role=role,
    )
