"""The page of what copied and dragged papers become."""

from PySide6.QtGui import QTextDocumentFragment

from refman.formats.citations import REFERENCES
from refman.i18n import _
from refman.ui.citation_preview import Preview
from refman.ui.citing import BIBLIOGRAPHY, CITATION, KINDS, kind_named
from refman.ui.dialogs.preferences.page import Choices, Page, RadioButtons

_GROUP = "citing"
_KEYS = ("hopper1952", "lovelace2020")
_LABELS = {
    CITATION: _("Citation in the chosen style"),
    BIBLIOGRAPHY: _("Bibliography in the chosen style"),
}


class CopyingPage(Page):
    """What is dropped where papers are dragged to, and how citations are copied."""

    icon = "copy"

    def __init__(self, choices: Choices) -> None:
        super().__init__(_("Copying and dragging"))
        citing = choices.settings.citing
        self.add_section(_("Papers dragged into another program become"))
        self.drag = RadioButtons(
            _("Papers dragged into another program become"),
            [(kind.name, _LABELS.get(kind.name, kind.label)) for kind in KINDS],
            kind_named(citing.drag).name,
        )
        for kind in KINDS:
            if kind.name in REFERENCES:
                example = REFERENCES[kind.name](_KEYS)
                self.drag.show_example(kind.name, example, source=True)
            elif kind.keys:
                self.drag.show_example(kind.name, "@article{hopper1952, …}", source=True)
        self.drag.chosen.connect(lambda value: choices.set(_GROUP, drag=value))
        self.column.addWidget(self.drag)
        self.add_section(_("Citations and bibliographies are written as"))
        self.markup = RadioButtons(
            _("Citations and bibliographies are written as"),
            [("text", _("Plain &text")), ("markdown", _("&Markdown"))],
            citing.markup,
        )
        self.markup.chosen.connect(lambda value: choices.set(_GROUP, markup=value))
        self.column.addWidget(self.markup)
        self.add_note(
            _(
                "A word processor and other programs that take formatted text get that, with"
                " its italics, in either case."
            )
        )
        self.column.addStretch(1)

    def show_preview(self, preview: Preview) -> None:
        """Show what the chosen style makes of the papers."""
        for name, html in ((CITATION, preview.citation), (BIBLIOGRAPHY, preview.bibliography)):
            text = QTextDocumentFragment.fromHtml(html).toPlainText()
            self.drag.show_example(name, " ".join(text.split()))
