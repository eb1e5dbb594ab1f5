"""How a .bib file is written: every choice, its values, its help, and the mapping of plain values
that an export keeps of it.

A new choice is one line in `Style`, with its default, the sentence that explains it on screen
and on the command line, and the values it takes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cached_property
from typing import Any

from refman.errors import UsageError
from refman.formats.bibtex.journals import short_names
from refman.i18n import N_, _
from refman.model.fields import biblatex_name, order_of

BIBTEX, BIBLATEX = "bibtex", "biblatex"
MIXED, NOUNS, NONE, TITLE = "mixed", "nouns", "none", "title"
MACRO, NUMBER, NAME = "macro", "number", "name"
BOTH, DOI, URL = "both", "doi", "url"
KEEP, REWRITE = "keep", "rewrite"
ANNOTE = "annote"
TAB = "tab"
_DATE_PARTS = frozenset(("year", "month", "day"))
_DATE_FIELDS = ("date", *sorted(_DATE_PARTS))


def _option(default: Any, help: str, *values: Any) -> Any:
    """A choice: `help` is a sentence for people, `values` all that it takes where they are few."""
    metadata = {"help": help, "values": values}
    if isinstance(default, dict):
        return field(default_factory=dict, hash=False, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Style:
    """The choices of one export. Raises UsageError where a value is none of those it can be.

    Lines end in a line feed, no line is wrapped, and the order of fields is fixed: the same
    entries and the same style are the same bytes everywhere.
    """

    dialect: str = _option(
        BIBTEX,
        N_("BibTeX's types and fields, for every program that reads .bib files, or BibLaTeX's."),
        BIBTEX, BIBLATEX,
    )  # fmt: skip
    omit: tuple[str, ...] = _option((), N_("Fields that are left out."))
    only: tuple[str, ...] = _option((), N_("The only fields that are written; empty for all."))
    order: tuple[str, ...] = _option(
        (), N_("Fields that come first, in this order; the others follow in the usual one.")
    )
    unicode: bool = _option(
        True,
        N_("Characters as they are. Without it they are TeX commands as far as TeX has them."),
    )
    protection: str = _option(
        MIXED,
        N_(
            "Which words of a title are put in braces, so that a style leaves their capitals: "
            "those with capitals inside and acronyms (“mixed”), names within a sentence too "
            "(“nouns”), none, or the whole title at once (“title”). A title that came with its "
            "TeX keeps it unless the source is written anew (source=rewrite)."
        ),
        MIXED, NOUNS, NONE, TITLE,
    )  # fmt: skip
    months: str = _option(
        MACRO,
        N_("A month as the macro that styles translate (jun), as a number, or as a name (June)."),
        MACRO, NUMBER, NAME,
    )  # fmt: skip
    links: str = _option(
        BOTH,
        N_(
            "DOI and URL, or one of them: with “doi” no URL where there is a DOI, with “url” no "
            "DOI but its address where there is no other."
        ),
        BOTH, DOI, URL,
    )  # fmt: skip
    abbreviate: bool = _option(
        False, N_("Journals by their short names: your own, the paper's, or those of ISO 4.")
    )
    abbreviations: Mapping[str, str] = _option(
        {}, N_("Your own short names of journals: the full name, then the short one.")
    )
    notes: str = _option(
        NONE,
        N_("Your notes on a paper in its field “annote” (“annotation”), or none."),
        NONE,
        ANNOTE,
    )
    keywords: bool = _option(True, N_("Your tags as keywords."))
    abstract: bool = _option(True, N_("The abstract."))
    files: bool = _option(True, N_("The field “file”, which names files on your computer."))
    indent: int | str = _option(2, N_("Blanks before a field, 0 to 16, or “tab”."))
    align: bool = _option(False, N_("The equals signs below each other."))
    trailing_comma: bool = _option(
        True, N_("A comma after the last field too, so that a new field changes one line only.")
    )
    source: str = _option(
        KEEP,
        N_(
            "The TeX of a field that came with a file: kept as it stood there until the field is "
            "edited, or written anew by these rules."
        ),
        KEEP, REWRITE,
    )  # fmt: skip

    def __post_init__(self) -> None:
        for option in fields(self):
            _check(option, getattr(self, option.name))

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> "Style":
        """The style of a mapping, which may come from JSON. Raises UsageError.

        Field names may be BibTeX's or BibLaTeX's.
        """
        known = {option.name for option in fields(cls)}
        unknown = sorted(str(name) for name in options if name not in known)
        if unknown:
            message = _("A .bib export has no option “{name}”; it has: {all}.")
            raise UsageError(message.format(name=unknown[0], all=", ".join(sorted(known))))
        values = dict(options)
        for name in ("omit", "only", "order"):
            if isinstance(values.get(name), list | tuple):
                values[name] = tuple(map(_field_name, values[name]))
        return cls(**values)

    def to_options(self) -> dict[str, Any]:
        """The style in JSON's kinds of values, whole, for `from_options`."""
        options = {option.name: getattr(self, option.name) for option in fields(self)}
        listed = {name: list(value) for name, value in options.items() if type(value) is tuple}
        return options | listed | {"abbreviations": dict(self.abbreviations)}

    @cached_property
    def lead(self) -> str:
        """What stands before a field's name."""
        return "\t" if self.indent == TAB else " " * int(self.indent)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """The user's short names of journals, for `journals.short_name`."""
        return short_names(self.abbreviations)

    @cached_property
    def _left_out(self) -> frozenset[str]:
        off = {"keywords": self.keywords, "abstract": self.abstract, "file": self.files}
        left_out = {*self.omit, *(name for name, wanted in off.items() if not wanted)}
        return frozenset(left_out | _DATE_PARTS if "date" in left_out else left_out)

    @cached_property
    def _wanted(self) -> frozenset[str]:
        wanted = frozenset(self.only)
        if "date" in wanted:
            return wanted | _DATE_PARTS
        return wanted | {"date"} if wanted & _DATE_PARTS and self.dialect == BIBLATEX else wanted

    @cached_property
    def _places(self) -> Mapping[str, int]:
        places: dict[str, int] = {}
        for place, name in enumerate(self.order):
            for one in _DATE_FIELDS if name == "date" else (name,):
                places.setdefault(one, place)
        if self.dialect == BIBLATEX and "year" in places:
            places.setdefault("date", places["year"])
        return places

    @cached_property
    def _chosen(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}  # papers have fields in a few combinations only

    def chosen(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the BibLaTeX names that are written, in the order in which they are."""
        given = tuple(names)
        if (known := self._chosen.get(given)) is None:
            wanted = [name for name in given if self._writes(name)]
            places, last = self._places, len(self.order)
            wanted.sort(key=lambda name: (places.get(name, last), order_of(name)))
            known = self._chosen[given] = tuple(wanted)
        return known

    def _writes(self, name: str) -> bool:
        return name not in self._left_out and (not self._wanted or name in self._wanted)


def _field_name(name: Any) -> Any:
    return biblatex_name(name.strip()) if isinstance(name, str) else name


def _check(option: "Field[Any]", value: Any) -> None:
    values = option.metadata["values"]
    if values:
        wrong = value not in values
        wanted = ", ".join(map(str, values))
    elif option.name == "indent":
        is_number = isinstance(value, int) and not isinstance(value, bool)
        wrong = not (value == TAB or (is_number and 0 <= value <= 16))
        wanted = _("0 to 16, or tab")
    elif option.name == "abbreviations":
        pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
        wrong = not all(isinstance(text, str) for pair in pairs for text in pair)
        wanted = _("full names with their short ones")
    elif isinstance(option.default, bool):
        wrong, wanted = not isinstance(value, bool), "true, false"
    else:
        wrong = not isinstance(value, tuple) or not all(isinstance(name, str) for name in value)
        wanted = _("a list of fields")
    if wrong:
        message = _("The option “{name}” of a .bib export cannot be “{value}”; it takes: {wanted}.")
        raise UsageError(message.format(name=option.name, value=value, wanted=wanted))
