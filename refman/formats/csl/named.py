"""The elements for names: who is named, in which form, and what stands for those who are not."""

from typing import Any

from refman.formats.csl.cite import Cite
from refman.formats.csl.element import CSL, Element
from refman.formats.csl.people import NAME_OPTIONS, NameForm, joined_names


class Substitute(Element):
    def replacement(self, cite: Cite) -> str:
        """The first that gives something; what it used is not shown again."""
        cite.nested += 1
        text = ""
        for kid in self.kids:
            touched = len(cite.touched)
            text = kid.render(cite)
            if text:
                cite.suppressed.update(cite.touched[touched:])
                break
        cite.nested -= 1
        return str(text)


class Names(Element):
    _framed: "Names | None" = None
    _forms: dict[Any, NameForm] | None = None

    def render(self, cite: Cite) -> str:
        text = self._named(cite, self._frame())
        if not text and (substitute := self.child("substitute")) is not None:
            text = substitute.replacement(cite)
        if text and not cite.nested and cite.first_names is None and cite.sorting is None:
            cite.first_names = text
            if cite.instead is not None:
                return cite.instead
        return text

    def _frame(self) -> "Names":
        """Where the form of the names is said: a bare substitute has it from what it stands for."""
        if self._framed is None:
            around = next(self.iterancestors(f"{CSL}names"), None)
            self._framed = self if self.kids or around is None else around
        return self._framed

    def _named(self, cite: Cite, own: "Names") -> str:
        roles = self.get("variable", "").split()
        label = own.child("label")
        if sorted(roles) == ["editor", "translator"] and label is not None:
            editors = cite.names.get("editor")
            if editors and editors == cite.names.get("translator"):
                roles = ["editortranslator"]
        form = own.form(cite)
        first = label is own.kids[0] and own.child("name") is not None if own.kids else False
        pieces: list[str] = []
        for role in roles:
            variable = "editor" if role == "editortranslator" else role
            people = [] if variable in cite.suppressed else cite.names.get(variable, [])
            cite.note(variable, there=bool(people))
            if role == "editortranslator" and people:
                cite.touched.append("translator")
            if not people:
                continue
            more = cite.truncated and role == "author"
            text = joined_names(people, form, cite, truncated=more)
            if label is not None and cite.sorting is None and form.form != "count":
                word = label.of(role, plural=len(people) > 1)
                text = word + text if first else text + word
            pieces.append(text)
        if form.form == "count" and pieces:
            return str(sum(int(piece) for piece in pieces))
        delimiter = self.get("delimiter") or own.get("delimiter")
        text = (delimiter or form.names_delimiter).join(pieces)
        return str(self.dressed(text)) if cite.sorting is None else text

    def form(self, cite: Cite) -> NameForm:
        """How names are written here: the options of cs:name, the layout and the style."""
        if self._forms is None:
            self._forms = {}
        key = (cite.area, None if cite.sorting is None else tuple(cite.sorting.items()))
        if key not in self._forms:
            self._forms[key] = self._form(cite)
        return self._forms[key]

    def _form(self, cite: Cite) -> NameForm:
        name, et_al = self.child("name"), self.child("et-al")
        around = self.style.child(cite.area)
        options: dict[str, str] = {}
        for option in NAME_OPTIONS:
            own = {"name-form": "form", "name-delimiter": "delimiter"}.get(option, option)
            for element, attribute in ((self.style, option), (around, option), (name, own)):
                if element is not None and attribute in element.attrib:
                    options[option] = element.get(attribute)
        parts = {part.get("name"): part for part in (name.kids if name is not None else ())}
        word = "et-al" if et_al is None else et_al.get("term", "et-al")
        others = self.style.term(word)
        if et_al is not None:
            others = et_al.dressed(others)
        term = {"text": self.style.term("and"), "symbol": "&"}.get(options.get("and", ""), "")
        dress = name.dressed if name is not None else str
        return NameForm.of(options, cite.sorting, parts, others, term, dress)
