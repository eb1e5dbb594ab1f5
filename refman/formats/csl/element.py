"""What every element of a style can do: find its parts and dress what it renders.

Attributes that an element keeps last as long as the root's `alive` holds the elements.
"""

from typing import Any

from citeproc.model import CitationStylesElement
from lxml import etree

from refman.formats.csl import marks
from refman.formats.csl.cases import cased
from refman.formats.csl.cite import Cite
from refman.formats.csl.marks import held

NAMESPACE = "http://purl.org/net/xbiblio/csl"
CSL = f"{{{NAMESPACE}}}"


# What an attribute does to the text of its element.
_DRESS = {
    ("font-style", "italic"): marks.ITALIC,
    ("font-style", "oblique"): marks.ITALIC,
    ("font-variant", "small-caps"): marks.SMALL_CAPS,
    ("font-weight", "bold"): marks.BOLD,
    ("text-decoration", "underline"): marks.UNDERLINE,
    ("vertical-align", "sup"): marks.RAISED,
    ("vertical-align", "sub"): marks.LOWERED,
}
_FULL_STOPS = str.maketrans("", "", "." + held("..")[0])


class Element(CitationStylesElement):  # type: ignore[misc]
    """Any element; one of a kind that renders nothing is read by those around it."""

    _kids: list[Any] | None = None
    _style: Any = None
    transparent = False  # whether the delimiter around it counts within it

    @property
    def style(self) -> Any:
        """The root."""
        if self._style is None:
            self._style = self.getroottree().getroot()
        return self._style

    @property
    def kids(self) -> list[Any]:
        if self._kids is None:
            self._kids = list(self.iterchildren(etree.Element))
        return self._kids

    def child(self, name: str) -> Any:
        """The first element `name` in this one, or None."""
        return next((kid for kid in self.kids if kid.tag == CSL + name), None)

    def render(self, _cite: Cite) -> str:
        """What this element makes of a cite; "" for nothing. It never raises."""
        return ""

    def dressed(self, text: str, cite: Cite | None = None) -> str:
        """`text` with all that the attributes do to it; in the language of `cite`, if given."""
        if not text:
            return ""
        if self.get("strip-periods") == "true":
            text = text.translate(_FULL_STOPS)
        if case := self.get("text-case"):
            english = self.style.english if cite is None else self.style.speaks_english(cite)
            text = cased(text, case, english=english)
        if self.get("quotes") == "true":
            text = f"{marks.QUOTE[0]}{text}{marks.QUOTE[1]}"
        text = self.around(text)
        return f" {text} " if self.get("display") else text

    def around(self, text: str) -> str:
        """`text` in the fonts of this element, between its prefix and suffix."""
        for dress in self.attrib.items():
            if dress in _DRESS:
                on, off = _DRESS[dress]
                text = f"{on}{text}{off}"
        return f"{self.get('prefix', '')}{text}{self.get('suffix', '')}"


class Parent(Element):
    def rendered(self, cite: Cite, delimiter: str = "") -> str:
        """What stands in this element."""
        pieces = [
            kid.render(cite, delimiter) if kid.transparent else kid.render(cite)
            for kid in self.kids
        ]
        return delimiter.join(piece for piece in pieces if piece)
