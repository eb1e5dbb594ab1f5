"""The root of a style: its macros, and the words, dates and quotation marks of its language."""

from collections.abc import Iterator
from typing import Any

from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS
from citeproc.frontend import CitationStylesLocale

from refman.formats.csl.cite import Cite
from refman.formats.csl.element import CSL, Element
from refman.formats.csl.marks import Quotes

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TERM_FORMS = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


class Style(Element):
    """The root. `prepare` before anything is rendered."""

    def prepare(self, locale: str | None) -> None:
        wanted = locale or self.get("default-locale") or "en-US"
        self.language = wanted
        self.english = wanted.startswith("en")
        self.alive = list(self.iter())
        self.locales = list(self._locales(wanted))
        self.macros = {kid.get("name"): kid for kid in self.kids if kid.tag.endswith("}macro")}
        self.terms = [_terms(each) for each in self.locales]
        self.form_dates: dict[str, Any] = {}
        for each in self.locales:
            for date in each.iterchildren(f"{CSL}date"):
                self.form_dates.setdefault(date.get("form"), date)
        texts = self.iter(f"{CSL}text")
        self.suffix_placed = any(text.get("variable") == "year-suffix" for text in texts)

    def _locales(self, wanted: str) -> Iterator[Any]:
        """The order of the specification: in-style before the files, dialect before language."""
        language = wanted.partition("-")[0]
        inside = list(self.iterchildren(f"{CSL}locale"))
        for lang in dict.fromkeys((wanted, language, None)):
            yield from (each for each in inside if each.get(_LANG) == lang)
        for lang in dict.fromkeys((wanted, PRIMARY_DIALECTS.get(language), "en-US")):
            if lang in LANGUAGE_NAMES:
                yield CitationStylesLocale(lang, validate=False).root

    def speaks_english(self, cite: Cite) -> bool:
        language = cite.language.lower()
        if not language:
            return self.english
        return language.startswith("en") or language in ("american", "british", "usenglish")

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str:
        """The word for `name` in the style's language, a longer form where one is missing."""
        while True:
            for terms in self.terms:
                if found := terms.get((name, form)):
                    return found[plural]
            if form not in _TERM_FORMS:
                return ""
            form = _TERM_FORMS[form]

    def option(self, name: str, default: str) -> str:
        for each in self.locales:
            options = each.find(f"{CSL}style-options")
            if options is not None and name in options.attrib:
                return str(options.get(name))
        return default

    @property
    def quotes(self) -> Quotes:
        return Quotes(
            (self.term("open-quote") or "“", self.term("close-quote") or "”"),
            (self.term("open-inner-quote") or "‘", self.term("close-inner-quote") or "’"),
            self.option("punctuation-in-quote", "false") == "true",
        )

    def ordinal(self, number: int) -> str:
        """`2nd` of 2, by the first locale that has ordinals."""
        for terms in self.terms:
            if any(name.startswith("ordinal") for name, _form in terms):
                two, one = f"ordinal-{number % 100:02}", f"ordinal-{number % 10:02}"
                for name in (two,) * (number % 100 > 9) + (one, "ordinal"):
                    if found := terms.get((name, "long")):
                        return f"{number}{found[0]}"
        return str(number)


def _terms(locale: Any) -> dict[tuple[str, str], tuple[str, str]]:
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for terms in locale.iterchildren(f"{CSL}terms"):
        for term in terms.iterchildren(f"{CSL}term"):
            key = (term.get("name", ""), term.get("form", "long"))
            if key in found:
                continue  # the same in another gender
            one = term.find(f"{CSL}single")
            many = term.find(f"{CSL}multiple")
            single = (term.text if one is None else one.text) or ""
            found[key] = (single, single if many is None else many.text or "")
    return found
