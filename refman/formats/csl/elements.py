"""What the elements of a style make of a cite, and the reading of a style's file.

These stand in the place of citeproc-py's own elements: of 0.11 only the base of elements, the
locales with their reader and the Roman numerals are used. Its others know neither
disambiguation nor the names of CSL 1.0.2, show an editor who stands for the author twice, let
words stand whose variable is empty, put dates together without their affixes, escape markup
twice or never, and raise for a variable, a word or a season that they do not know.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from citeproc.model import romanize
from lxml import etree

from refman.formats.csl.cite import Cite
from refman.formats.csl.dated import Date
from refman.formats.csl.element import NAMESPACE, Element, Parent
from refman.formats.csl.marks import bare, held
from refman.formats.csl.named import Names, Substitute
from refman.formats.csl.numbers import is_numeric, is_plural, numbered, page_range
from refman.formats.csl.people import sort_name
from refman.formats.csl.style import Style

_PAGES = frozenset(("page", "page-first"))
_NUMBERS = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue "
    "locator number number-of-pages number-of-volumes page page-first part-number "
    "printing-number section supplement-number version volume".split()
)


class Macro(Parent):
    def render(self, cite: Cite) -> str:
        return self.rendered(cite)


class Layout(Parent):
    def render(self, cite: Cite, *, apart: bool = False) -> str:
        """One cite, without what stands around all of them; `apart`: a blank after its label."""
        pieces = [text for kid in self.kids if (text := kid.render(cite))]
        if apart and len(pieces) > 1:
            pieces[0] += " "
        return "".join(pieces)


class Group(Parent):
    def render(self, cite: Cite) -> str:
        """Nothing where all the variables that it asks for are empty."""
        called, filled = cite.called, cite.filled
        cite.called = cite.filled = 0
        text = self.rendered(cite, self.get("delimiter", ""))
        empty = not text or (cite.called and not cite.filled)
        asked = cite.called
        cite.called = called + (1 if asked or text else 0)
        cite.filled = filled + (0 if empty else 1)
        if not asked and text:
            # Words alone do not fill the group around them.
            cite.called, cite.filled = called, filled
        return "" if empty else self.dressed(text)


class Choose(Parent):
    transparent = True

    def render(self, cite: Cite, delimiter: str = "") -> str:
        for kid in self.kids:
            if isinstance(kid, (If, Else)) and kid.holds(cite):
                return str(kid.rendered(cite, delimiter))
        return ""


class If(Parent):
    def holds(self, cite: Cite) -> bool:
        results = list(self._results(cite))
        match = self.get("match", "all")
        if match == "any":
            return any(results)
        return not any(results) if match == "none" else all(results)

    def _results(self, cite: Cite) -> Iterator[bool]:
        for test, value in self.attrib.items():
            for each in value.split():
                if test == "type":
                    yield cite.type == each
                elif test == "variable":
                    yield cite.has(each) or (each == "year-suffix" and bool(cite.shown.year_suffix))
                elif test == "is-numeric":
                    yield is_numeric(cite.values.get(each, ""))
                elif test == "is-uncertain-date":
                    yield each in cite.dates and cite.dates[each].circa
                elif test == "disambiguate":
                    yield cite.shown.disambiguate
                elif test == "position":
                    yield each == "first" and cite.area == "citation"
                elif test == "locator":
                    yield False


class Else(Parent):
    def holds(self, _cite: Cite) -> bool:
        return True


class Text(Element):
    def render(self, cite: Cite) -> str:
        if variable := self.get("variable"):
            return self.dressed(self._value(cite, variable), cite)
        if macro := self.get("macro"):
            found = self.style.macros.get(macro)
            return self.dressed(found.render(cite) if found is not None else "", cite)
        if term := self.get("term"):
            plural = self.get("plural") == "true"
            return self.dressed(self.style.term(term, self.get("form", "long"), plural=plural))
        return self.dressed(self.get("value", ""), cite)

    def _value(self, cite: Cite, variable: str) -> str:
        if variable == "year-suffix":
            due, cite.suffix_due = cite.suffix_due, False
            if cite.shown.year_suffix:
                cite.note(variable, there=due)
            return cite.shown.year_suffix if due else ""
        if variable == "citation-number":
            cite.note(variable, there=True)
            return f"{cite.number:09}" if cite.sorting is not None else str(cite.number)
        wanted = variable
        if self.get("form") == "short" and f"{variable}-short" in cite.values:
            wanted = f"{variable}-short"
        value = _value_of(cite, wanted)
        if variable in cite.suppressed:
            value = ""
        cite.note(variable, there=bool(value))
        if variable in _PAGES:
            return held(page_range(value, self.style, first=variable == "page-first"))
        return held(numbered(value) if variable in _NUMBERS else value)


def _value_of(cite: Cite, variable: str) -> str:
    if variable == "page-first":
        return cite.values.get("page-first") or cite.values.get("page", "")
    return cite.values.get(variable, "")


class Number(Element):
    def render(self, cite: Cite) -> str:
        variable = self.get("variable")
        value = "" if variable in cite.suppressed else _value_of(cite, variable)
        cite.note(variable, there=bool(value))
        if cite.sorting is not None:
            return re.sub(r"\d+", lambda found: found[0].zfill(9), value)
        if variable in _PAGES:
            value = page_range(value, self.style, first=variable == "page-first")
        elif is_numeric(value):
            value = re.sub(r"(?<!\w)\d+(?!\w)", self._number, numbered(value))
        return self.dressed(held(value), cite)

    def _number(self, found: "re.Match[str]") -> str:
        number, form = int(found[0]), self.get("form", "numeric")
        if form == "long-ordinal" and number <= 10:
            word = self.style.term(f"long-ordinal-{number:02}")
            return str(word or self.style.ordinal(number))
        if form in ("ordinal", "long-ordinal"):
            return str(self.style.ordinal(number))
        return romanize(number).lower() if form == "roman" else found[0]


class Label(Element):
    def render(self, cite: Cite) -> str:
        """The label of a number; that of names is asked for by `of`."""
        variable = self.get("variable")
        value = "" if variable in cite.suppressed else _value_of(cite, variable)
        if not value or cite.sorting is not None:
            return ""
        return self.of(variable, plural=is_plural(variable, bare(value)))

    def of(self, variable: str, *, plural: bool) -> str:
        rule = self.get("plural", "contextual")
        many = rule == "always" or (rule == "contextual" and plural)
        term = self.style.term(variable, self.get("form", "long"), plural=many)
        return str(self.dressed(term))


class Key(Element):
    def value(self, cite: Cite, area: str) -> str:
        """What `cite` is sorted by; "" sorts last."""
        options = {
            "et-al-min": self.get("names-min", "0"),
            "et-al-use-first": self.get("names-use-first", "1"),
            "et-al-use-last": self.get("names-use-last", "false"),
        }
        cite.begin(area, options)
        variable = self.get("variable")
        if variable is None:
            macro = self.style.macros.get(self.get("macro", ""))
            return "" if macro is None else bare(macro.render(cite))
        if variable == "citation-number":
            return f"{cite.number:09}"
        if variable in cite.dates:
            return cite.dates[variable].key
        if variable in cite.names:
            demote = self.style.get("demote-non-dropping-particle", "display-and-sort")
            return " ".join(sort_name(name, demote) for name in cite.names[variable])
        value = bare(_value_of(cite, variable))
        if variable in _NUMBERS:
            return re.sub(r"\d+", lambda found: found[0].zfill(9), value)
        return value


_KINDS: Mapping[str, type[Element]] = {
    "style": Style, "macro": Macro, "layout": Layout, "group": Group, "choose": Choose,
    "if": If, "else-if": If, "else": Else, "text": Text, "number": Number, "label": Label,
    "names": Names, "substitute": Substitute, "date": Date, "key": Key,
}  # fmt: skip


def parsed(source: bytes) -> Any:
    """The style of a .csl file. Raises lxml's XMLSyntaxError."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(NAMESPACE)
    namespace[None] = Element
    namespace.update(_KINDS)
    parser = etree.XMLParser(
        remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False
    )
    parser.set_element_class_lookup(lookup)
    return etree.fromstring(source, parser)
