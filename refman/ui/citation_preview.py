"""How a citation style cites one paper: what the panel and the preferences show of it."""

from dataclasses import dataclass

from refman.errors import RefmanError
from refman.formats import citations as formatted
from refman.i18n import _
from refman.library import Library, styles
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.ui.tex_text import plain

_SAMPLE = Entry(
    entry_type="article",
    title="On the Price of Tea",
    creators=(Creator(family="Lovelace", given="Ada"), Creator(family="Hopper", given="Grace")),
    date="2020-05-03",
    fields={"journaltitle": "Journal of Samples", "volume": "12", "pages": "100--109"},
)


@dataclass(frozen=True, slots=True)
class Preview:
    """`citation` and `bibliography` are HTML; where there is none of these, `complaint` says why.

    `style` is the style's title, `paper` that of the paper, and '' for a sample.
    """

    style: str
    paper: str = ""
    citation: str = ""
    bibliography: str = ""
    complaint: str = ""


def read_preview(library: Library, style: str, entry_id: int | None) -> Preview:
    """A paper as `style` cites it; a sample where there is none. Not for the window's thread."""
    try:
        found = styles.find(style)
        text, locale = styles.source(found)
        whole = formatted.has_bibliography(text)
        rows = library.search.rows([entry_id]) if entry_id else []
        if rows:
            ids = [rows[0].id]
            citation = library.citations.citation(ids, style, "html")
            entry = library.citations.bibliography(ids, style, "html") if whole else ""
        else:
            items = [formatted.cited_item(_SAMPLE, "sample")]
            citation = formatted.citation(text, items, "html", locale)
            entry = formatted.bibliography(text, items, "html", locale) if whole else ""
    except RefmanError as error:
        return Preview(style, complaint=str(error))
    complaint = ""
    if not whole:
        complaint = _("This style has no bibliography, only citations.")
    elif "csl-entry" not in entry:
        entry, complaint = "", _("This style leaves such a paper out of its bibliography.")
    return Preview(found.title, plain(rows[0].title) if rows else "", citation, entry, complaint)
