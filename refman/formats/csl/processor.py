"""A style at work on a set of items: their order and numbers, citations and the bibliography."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from refman.formats.csl import telling_apart
from refman.formats.csl.cite import Cite, cite_of
from refman.formats.csl.elements import parsed
from refman.formats.csl.marks import MARK, bare, finished, held
from refman.formats.csl.style import Style

_ANY_MARKS = f"(?:{MARK.pattern})*"
_ARXIV_TWICE = re.compile(f"arXiv({_ANY_MARKS}): ({_ANY_MARKS})arXiv(?=[:{held('::')[0]}])")


class Processor:
    """One style, one locale, the items of one text; not to be shared between threads."""

    def __init__(
        self, source: bytes, items: Sequence[Mapping[str, Any]], locale: str | None
    ) -> None:
        self._style: Style = parsed(source)
        self._style.prepare(locale)
        self._quotes = self._style.quotes
        self._cites = [cite_of(item) for item in items]
        self._number()
        self._cites = self._sorted(self._cites, "bibliography")
        self._number()
        citation = self._style.child("citation")
        if citation is not None:
            telling_apart.tell_apart(self._cites, dict(citation.attrib), self._cited)

    @property
    def has_bibliography(self) -> bool:
        return self._style.child("bibliography") is not None

    def citation(self, ids: Sequence[str], markup: str) -> str:
        """The cites of `ids` as one citation."""
        by_id = {cite.id: cite for cite in self._cites}
        cites = self._sorted([by_id[each] for each in ids], "citation")
        element = self._style.child("citation")
        layout = element.child("layout")
        delimiter = layout.get("delimiter", "")
        collapse = element.get("collapse", "")
        if collapse == "citation-number":
            text = _collapsed_numbers([(c.number, self._cited(c)) for c in cites], delimiter)
        elif collapse or element.get("cite-group-delimiter") is not None:
            text = self._grouped(cites, element, delimiter)
        else:
            text = delimiter.join(piece for c in cites if (piece := self._cited(c)))
        return finished(_once(layout.around(text)), self._quotes, markup)

    def bibliography(self, markup: str) -> list[str]:
        """An entry for each item that the style gives one, in the style's order."""
        element = self._style.child("bibliography")
        layout = element.child("layout")
        apart = element.get("second-field-align") is not None
        substitute = element.get("subsequent-author-substitute")
        before: str | None = None
        found: list[str] = []
        for cite in self._cites:
            cite.begin("bibliography")
            text = layout.render(cite, apart=apart)
            names = cite.first_names
            if substitute is not None and names and names == before:
                cite.instead = substitute
                cite.begin("bibliography")
                text = layout.render(cite, apart=apart)
                cite.instead = None
            before = names
            if bare(text).strip():
                found.append(finished(_once(layout.around(text)), self._quotes, markup))
        return found

    def _number(self) -> None:
        for number, cite in enumerate(self._cites, 1):
            cite.number = number

    def _cited(self, cite: Cite) -> str:
        cite.begin("citation")
        return str(self._style.child("citation").child("layout").render(cite))

    def _sorted(self, cites: list[Cite], area: str) -> list[Cite]:
        """In the order of the style; what a key says nothing of comes last."""
        element = self._style.child(area)
        sort = element.child("sort") if element is not None else None
        if sort is None:
            return cites
        ordered = sorted(cites, key=lambda cite: cite.number)
        for key in reversed(sort.kids):
            values = {id(cite): _collated(key.value(cite, area)) for cite in ordered}
            down = key.get("sort") == "descending"
            ordered.sort(key=lambda cite: values[id(cite)], reverse=down)
            ordered.sort(key=lambda cite: not values[id(cite)])
        return ordered

    def _grouped(self, cites: list[Cite], element: Any, delimiter: str) -> str:
        """Cites of the same names side by side, the names once: `(Doe 1999, 2001; Roe 2000)`."""
        collapse = element.get("collapse", "")
        within = element.get("cite-group-delimiter") or (", " if collapse else delimiter)
        groups: dict[str, list[Cite]] = {}
        whole: dict[int, str] = {}
        for cite in cites:
            whole[id(cite)] = self._cited(cite)
            names = cite.first_names
            groups.setdefault(names or f"\0{id(cite)}", []).append(cite)
        text = ""
        joint = ""
        for group in groups.values():
            group = _by_suffix(group)
            pieces = [whole[id(group[0])]]
            pieces += [self._rest(cite) if collapse else whole[id(cite)] for cite in group[1:]]
            if collapse.startswith("year-suffix"):
                pieces = self._suffixes(group, pieces, element, within)
            text += joint + within.join(piece for piece in pieces if piece)
            collapsed = bool(collapse) and len(group) > 1
            joint = (element.get("after-collapse-delimiter") if collapsed else None) or delimiter
        return text

    def _rest(self, cite: Cite) -> str:
        """A cite without its names."""
        cite.instead = ""
        text = self._cited(cite)
        cite.instead = None
        return text

    def _suffixes(
        self, group: list[Cite], pieces: list[str], element: Any, within: str
    ) -> list[str]:
        """Of the same year only the letters: `2000a, b`, or `2000a–c` where ranges are wanted."""

        delimiter = element.get("year-suffix-delimiter") or within
        ranged = element.get("collapse") == "year-suffix-ranged"
        joined: list[str] = []
        for _key, run in groupby(
            range(len(group)), key=lambda i: (_year(group[i]), bool(group[i].shown.year_suffix))
        ):
            places = list(run)
            letters = [group[i].shown.year_suffix for i in places]
            if not letters[0]:
                joined += [pieces[i] for i in places]
            elif (
                ranged
                and len(places) > 2
                and len(letters[0]) == len(letters[-1]) == 1
                and (ord(letters[-1]) - ord(letters[0]) == len(letters) - 1)
            ):
                joined.append(f"{pieces[places[0]]}–{letters[-1]}")
            else:
                joined.append(delimiter.join([pieces[places[0]], *letters[1:]]))
        return joined


def _once(text: str) -> str:
    """Styles that print archive and number as `arXiv: 1706.03762` get `arXiv:1706.03762`."""
    return _ARXIV_TWICE.sub(r"arXiv\1\2", text)


def _by_suffix(group: list[Cite]) -> list[Cite]:
    """Those of one year in the order of their letters."""
    return [
        cite
        for _year, run in groupby(group, key=_year)
        for cite in sorted(
            run, key=lambda cite: (len(cite.shown.year_suffix), cite.shown.year_suffix)
        )
    ]


def _year(cite: Cite) -> str:
    return cite.dates["issued"].key[:6] if "issued" in cite.dates else ""


def _collapsed_numbers(cites: list[tuple[int, str]], delimiter: str) -> str:
    """`1–3, 5`: three and more in a row become a range."""
    pieces: list[str] = []
    for _key, run in groupby(enumerate(cites), key=lambda each: each[1][0] - each[0]):
        texts = [text for _index, (_number, text) in run]
        pieces += [f"{texts[0]}–{texts[-1]}"] if len(texts) > 2 else texts
    return delimiter.join(pieces)


def _collated(value: str) -> str:
    """Accents, case and signs do not count in the order."""
    plain = unicodedata.normalize("NFKD", value.casefold())
    return " ".join("".join(c for c in plain if c.isalnum() or c.isspace()).split())
