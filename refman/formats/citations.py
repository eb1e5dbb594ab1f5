"""Citations and bibliographies by CSL styles, and references to citation keys.

What a style prints follows CSL 1.0.2 with these limits: an entry is cited once and alone, so
there is no "ibid.", no locator and no short form of a later citation; titles are not put into
sentence case (CSL expects them so); `<number>` knows no gender. A comma after "?" or "!" stays,
as in The Chicago Manual of Style, 6.125. What citeproc-py gets wrong is mended in `csl/`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from refman.errors import ReadError
from refman.i18n import _
from refman.model.entry import Entry

MARKUPS = ("text", "html", "markdown")
_CSL = "{http://purl.org/net/xbiblio/csl}"
_SAMPLE: Mapping[str, Any] = {
    "id": "sample",
    "type": "article-journal",
    "title": "On the Price of Tea",
    "container-title": "Journal of Samples",
    "author": [{"family": "Lovelace", "given": "Ada"}, {"family": "Hopper", "given": "Grace"}],
    "editor": [{"family": "Noether", "given": "Emmy"}],
    "issued": {"date-parts": [[2020, 5, 3]]},
    "volume": "12",
    "page": "100-109",
}


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What a .csl file says of itself. `parent`: the style that a dependent one refers to."""

    title: str
    parent: str
    locale: str


def style_info(source: bytes) -> StyleInfo:
    """What the file of a style says. Raises ReadError for what is no CSL style."""
    from lxml import etree

    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            _("This is no CSL style: it is not well-formed XML ({reason}).").format(reason=error)
        ) from None
    if root.tag != f"{_CSL}style":
        raise ReadError(
            _("This is no CSL style: its outermost element is <{name}>, not <style>.").format(
                name=etree.QName(root).localname if isinstance(root.tag, str) else "?"
            )
        )
    if not root.get("version", "").startswith("1."):
        raise ReadError(
            _("This style is of an old version of CSL. Get its present one: zotero.org/styles.")
        )
    title = " ".join((root.findtext(f"{_CSL}info/{_CSL}title") or "").split())
    parent = ""
    for link in root.iterfind(f"{_CSL}info/{_CSL}link"):
        if link.get("rel") == "independent-parent":
            parent = link.get("href", "").rstrip("/").rsplit("/", 1)[-1]
    return StyleInfo(title, parent, root.get("default-locale", ""))


def check_style(source: bytes) -> None:
    """Raise ReadError where an independent style cannot be used."""
    from refman.formats.csl.checking import fault

    if reason := fault(source):
        raise ReadError(_("This style cannot be used: {reason}").format(reason=reason))
    citation(source, [_SAMPLE])


def has_bibliography(source: bytes) -> bool:
    """Whether a style says how a bibliography looks."""
    return re.search(rb"<(?:\w+:)?bibliography[\s>]", source) is not None


def cited_item(entry: Entry, item_id: str) -> dict[str, Any]:
    """The CSL-JSON item of `entry` that is cited, with what a style expects of it."""
    from refman.formats.csl import cited

    return cited.cited_item(entry, item_id)


def citation(
    source: bytes,
    items: Sequence[Mapping[str, Any]],
    markup: str = "text",
    locale: str | None = None,
) -> str:
    """One citation of all `items`, as it stands in a text.

    `items` are CSL-JSON with different ids (`cited_item`), `source` is an
    independent style; `locale` is by default the style's own, else en-US.
    """
    from refman.formats.csl.processor import Processor

    if not items:
        return ""
    return Processor(source, items, locale).citation([str(each["id"]) for each in items], markup)


def bibliography(
    source: bytes,
    items: Sequence[Mapping[str, Any]],
    markup: str = "text",
    locale: str | None = None,
) -> str:
    """The bibliography of `items` in the order of the style; as `citation`.

    In text an entry is a line, in Markdown a paragraph, in HTML a `<div class="csl-entry">`.
    A style may leave an item out, as APA does with letters that nobody can retrieve.
    """
    from refman.formats.csl.processor import Processor

    if not items:
        return ""
    entries = Processor(source, items, locale).bibliography(markup)
    if markup == "html":
        inner = "".join(f'  <div class="csl-entry">{entry}</div>\n' for entry in entries)
        return f'<div class="csl-bib-body">\n{inner}</div>'
    return ("\n\n" if markup == "markdown" else "\n").join(entries)


# ------------------------------------------------------------------------------ references

# Pandoc's manual, "Citation syntax": single signs inside, none at the end.
_PANDOC = re.compile(r"\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*")


def latex(keys: Sequence[str]) -> str:
    return rf"\cite{{{','.join(keys)}}}" if keys else ""


def pandoc(keys: Sequence[str]) -> str:
    cites = (f"@{key}" if _PANDOC.fullmatch(key) else f"@{{{key}}}" for key in keys)
    return f"[{'; '.join(cites)}]" if keys else ""


def typst(keys: Sequence[str]) -> str:
    """`@a @b`; a key that Typst does not take for a name stands in `#cite(label("…"))`."""
    return " ".join(_typst(key) for key in keys)


def _typst(key: str) -> str:
    # Typst's lexer: identifier characters, "-", "." and ":", the last two not at the end.
    if all(char in "-.:" or f"_{char}".isidentifier() for char in key) and key[-1:] not in ".:":
        return f"@{key}"
    quoted = key.replace("\\", r"\\").replace('"', r"\"")
    return f'#cite(label("{quoted}"))'


def listed(keys: Sequence[str]) -> str:
    return ",".join(keys)


REFERENCES: Mapping[str, Callable[[Sequence[str]], str]] = {
    "latex": latex,
    "pandoc": pandoc,
    "typst": typst,
    "keys": listed,
}
