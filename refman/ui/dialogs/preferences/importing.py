"""The page of what an import does, and of the folders that are watched."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from refman.i18n import _
from refman.ui.dialogs.preferences.page import Choices, Page, RadioButtons, combo

_GROUP = "importing"


class ImportingPage(Page):
    """What new papers are given, when the review opens by itself, which folders are watched."""

    icon = "import"

    def __init__(
        self,
        choices: Choices,
        statuses: Sequence[tuple[str, str]],
        tags: Sequence[str],
        collections: Sequence[str],
        watched: QWidget,
    ) -> None:
        """`statuses` are pairs of name and label; `watched` shows the watched folders."""
        super().__init__(_("Importing"))
        self._choices = choices
        usual = choices.settings.importing
        self.add_section(_("New papers"))
        self.tags = _line(_("Tags"), ", ".join(usual.tags), _("reading-group, rl"), tags)
        self.tags.setToolTip(_("Tags for every new paper, a comma between two"))
        self.tags.editingFinished.connect(self._set_tags)
        self.collection = _line(
            _("Collection"), usual.collection, _("Thesis/Chapter 2"), collections
        )
        self.collection.setToolTip(_("A collection for every new paper; it is made if it is new"))
        self.collection.editingFinished.connect(self._set_collection)
        self.status = combo(
            _("Status"), [("", _("As the page says, else Inbox")), *statuses], usual.status
        )
        self.status.activated.connect(lambda: choices.set(_GROUP, status=self.status.currentData()))
        form = self.add_form()
        form.addRow(_("&Tags"), self.tags)
        form.addRow(_("&Collection"), self.collection)
        form.addRow(_("&Status"), self.status)
        self.add_note(
            _("Import with options (Library menu) says something else for a single import.")
        )
        self.add_section(_("The review opens by itself after an import"))
        self.review = RadioButtons(
            _("The review opens by itself"),
            [
                ("always", _("&Always")),
                ("doubt", _("When something in it is in &doubt")),
                ("never", _("&Never")),
            ],
            usual.review,
        )
        self.review.chosen.connect(lambda value: choices.set(_GROUP, review=value))
        self.column.addWidget(self.review)
        self.add_section(_("Watched folders"))
        self.add_note(_("What is saved into these folders is imported into this library."))
        self.column.addWidget(watched)
        self.column.addStretch(1)

    def commit(self) -> None:
        """Take what is being typed: the dialog closes."""
        self._set_tags()
        self._set_collection()

    def _set_tags(self) -> None:
        tags = (tag.strip() for tag in self.tags.text().split(","))
        self._choices.set(_GROUP, tags=tuple(dict.fromkeys(filter(None, tags))))

    def _set_collection(self) -> None:
        self._choices.set(_GROUP, collection=self.collection.text().strip())


def _line(name: str, text: str, example: str, names: Sequence[str]) -> QLineEdit:
    """A line that completes `names`."""
    line = QLineEdit(text, placeholderText=example)
    line.setAccessibleName(name)
    completer = QCompleter(list(names), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    line.setCompleter(completer)
    return line
