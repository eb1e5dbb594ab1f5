"""Papers on their way into a text that cites them: copied, or dragged into another program."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal

from refman.formats.citations import REFERENCES
from refman.i18n import _
from refman.library import Library
from refman.library.changes import papers
from refman.settings import Citing
from refman.ui import outside
from refman.ui.jobs import Jobs
from refman.ui.tex_text import plain
from refman.ui.widgets.mime import HTML, MARKDOWN, TEXT

CITATION, BIBLIOGRAPHY = "citation", "bibliography"
MARKUPS = (TEXT, MARKDOWN)
PATIENCE = 5.0  # seconds that a program on which papers were dropped is kept waiting
_TOLD = 80  # characters of what was copied

Formatted = Mapping[str, str]  # by mime type


@dataclass(frozen=True, slots=True)
class Kind:
    """What dragged papers can become for another program; no more than `most` at once.

    `keys` says that their citation keys are in it.
    """

    name: str
    label: str
    keys: bool = True
    most: int = 1000


KINDS = (
    Kind("latex", _("LaTeX")),
    Kind("pandoc", _("Pandoc")),
    Kind("typst", _("Typst")),
    Kind("keys", _("Citation keys")),
    Kind("bibtex", _("BibTeX")),
    Kind("biblatex", _("BibLaTeX")),
    Kind(CITATION, _("Citation"), keys=False, most=300),
    Kind(BIBLIOGRAPHY, _("Bibliography"), keys=False, most=300),
)


def kind_named(name: str) -> Kind:
    """The kind called `name`; of a name that is none, the usual one."""
    return next((kind for kind in KINDS if kind.name == name), KINDS[0])


class CitingFlow(QObject):
    """Copies run in the writing thread, since a key that leaves is given out for good."""

    message = Signal(str)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        settings: Callable[[], Citing],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._settings = settings

    # --- copying ------------------------------------------------------------------------

    def copy_references(self, ids: Collection[int], kind: str) -> None:
        r"""Copy `\cite{a,b}` or its kin: `kind` is one of `formats.citations.REFERENCES`."""
        work = partial(self._library.citations.references, list(ids), kind)
        self._jobs.write(_("Copy citation keys"), work, self._copied)

    def copy_formatted(self, ids: Collection[int], kind: str) -> None:
        """Copy a CITATION or a BIBLIOGRAPHY in the chosen style."""
        work = partial(_formatted, self._library, list(ids), kind, self._settings())

        def done(texts: Formatted) -> None:
            text = next(iter(texts.values()))
            if not text:
                self.message.emit(_("This style leaves such papers out of its bibliography."))
                return
            outside.copy(text, texts[HTML], texts.get(MARKDOWN, ""))
            if kind == CITATION:
                self._tell(text)
            else:
                self.message.emit(
                    _("Copied the bibliography of {papers}.").format(papers=papers(len(ids)))
                )

        self._jobs.write(
            _("Copy citation") if kind == CITATION else _("Copy bibliography"), work, done
        )

    def copy_titles(self, ids: Collection[int]) -> None:
        """Copy the titles as they are shown, one on a line."""
        library, wanted = self._library, list(ids)

        def work() -> str:
            return "\n".join(plain(row.title) for row in library.search.rows(wanted))

        self._jobs.write(_("Copy title"), work, self._copied)

    def copy_links(self, ids: Collection[int]) -> None:
        """Copy where the papers stand on the web, one address on a line."""
        entries, wanted = self._library.entries, list(ids)

        def work() -> list[str]:
            links = [entries.get(entry_id).links for entry_id in wanted]
            return [found[0][1] for found in links if found]

        def done(addresses: list[str]) -> None:
            without = len(wanted) - len(addresses)
            lack = _("No address is known of {papers}.").format(papers=papers(without))
            if not addresses:
                self.message.emit(lack)
                return
            outside.copy("\n".join(addresses))
            self._tell("\n".join(addresses), lack if without else "")

        self._jobs.write(_("Copy link"), work, done)

    def _copied(self, text: str) -> None:
        outside.copy(text)
        self._tell(text)

    def _tell(self, text: str, more: str = "") -> None:
        shown = " ".join(text.split())
        if len(shown) > _TOLD:
            shown = shown[: _TOLD - 1] + "…"
        told = _("Copied {text}").format(text=shown)
        self.message.emit(f"{told}. {more}" if more else told)

    # --- dragging -----------------------------------------------------------------------

    def dragged(self, ids: Sequence[int]) -> "DraggedTexts | None":
        """What other programs get of papers that are dragged from now on; None of too many."""
        citing = self._settings()
        kind = kind_named(citing.drag)
        if len(ids) > kind.most:
            self.message.emit(
                _("Only {most} can be dropped as text at once: copy or export more.").format(
                    most=papers(kind.most)
                )
            )
            return None
        work = partial(_dragged, self._library, list(ids), kind.name, citing)
        return DraggedTexts(self._jobs, work, (TEXT,) if kind.keys else (TEXT, HTML))

    def left(self, ids: Collection[int]) -> None:
        """Note what another program knows of papers that were dropped there: their keys."""
        kind = kind_named(self._settings().drag)
        if kind.keys and len(ids) <= kind.most:
            work = partial(self._library.citation_keys.give_out, list(ids))
            label = _("Give out the keys of {papers}").format(papers=papers(len(ids)))
            self._jobs.write(label, work)


class DraggedTexts:
    """The texts of papers, made in the reading thread while they are on their way."""

    def __init__(self, jobs: Jobs, work: Callable[[], Formatted], formats: Sequence[str]) -> None:
        self.formats = formats
        self._work = work
        self._made: Formatted = {}
        self._ready = Event()
        jobs.read("drag", self._make, self._take)

    def text(self, format: str) -> str:
        """One of the texts; '' where it cannot be had in time. For the window's thread."""
        self._ready.wait(PATIENCE)
        return self._made.get(format, "")

    def _make(self) -> Formatted:
        """In the reading thread."""
        try:
            self._made = self._work()
        finally:
            self._ready.set()
        return self._made

    def _take(self, texts: Formatted) -> None:
        self._made = texts


def _formatted(library: Library, ids: Sequence[int], kind: str, citing: Citing) -> Formatted:
    """A citation or bibliography: first as plain text, or as Markdown where that is wanted."""
    verb = library.citations.citation if kind == CITATION else library.citations.bibliography
    html = verb(ids, citing.style, "html")
    if citing.markup == "markdown":
        text = verb(ids, citing.style, "markdown")
        return {TEXT: text, HTML: html, MARKDOWN: text}
    return {TEXT: verb(ids, citing.style, "text"), HTML: html}


def _dragged(library: Library, ids: Sequence[int], kind: str, citing: Citing) -> Formatted:
    """As `_formatted`, of any kind; no key is given out by it."""
    if kind in (CITATION, BIBLIOGRAPHY):
        return _formatted(library, ids, kind, citing)
    if kind in REFERENCES:
        return {TEXT: REFERENCES[kind]([row.citation_key for row in library.search.rows(ids)])}
    written = (library.exporting.preview(entry_id, kind).strip() for entry_id in ids)
    return {TEXT: "\n\n".join(filter(None, written)) + "\n"}
