"""Which papers are exported: those picked in the window, or those that something chooses anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import ExportSettings
from refman.ui import theme
from refman.ui.dialogs.export.style_form import shrinkable
from refman.ui.widgets.manuscript_list import ManuscriptList

_KINDS = (
    ("all", _("All papers")),
    ("collection", _("A collection")),
    ("tag", _("A tag")),
    ("query", _("What a search finds")),
    ("cited", _("What is cited in files")),
)


@dataclass(frozen=True, slots=True)
class Picked:
    """Papers that are picked in the window, in a `label` such as “The 3 selected papers”.

    `settings` choose the same papers, those that come later included; None where nothing does.
    """

    name: str
    label: str
    ids: Sequence[int]
    settings: ExportSettings | None = None


class PapersChoice(QWidget):
    """`changed` with every choice."""

    changed = Signal()

    def __init__(
        self,
        picked: Sequence[Picked],
        collections: Sequence[str],
        tags: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._picked = {each.name: each for each in picked}
        self.kind = QComboBox(accessibleName=_("Papers"), toolTip=_("Which papers are exported"))
        shrinkable(self.kind)
        for each in picked:
            self.kind.addItem(each.label, each.name)
        if picked:
            self.kind.insertSeparator(self.kind.count())
        for name, label in _KINDS:
            self.kind.addItem(label, name)
        self.collection = _names(collections, _("Collection"), _("Its papers, and those below it"))
        self.tag = _names(tags, _("Tag"), _("Papers with it, or with a tag below it"))
        self.query = QLineEdit(placeholderText=_("Words, author:bengio, year:2024, -tag:read …"))
        self.query.setAccessibleName(_("Search"))
        self.query.setToolTip(_("As in the search line of the window"))
        self.files = ManuscriptList(below=True)
        self._stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {
            "collection": self.collection,
            "tag": self.tag,
            "query": self.query,
            "cited": _Cited(self.files),
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.kind)
        column.addWidget(self._stack)
        self.kind.currentIndexChanged.connect(self._show_page)
        self.kind.currentIndexChanged.connect(self.changed)
        self.collection.currentIndexChanged.connect(self.changed)
        self.tag.currentIndexChanged.connect(self.changed)
        self.query.textChanged.connect(self.changed)
        self.files.changed.connect(self.changed)
        self._show_page()

    @property
    def picked(self) -> Picked | None:
        """The papers that are picked in the window, if these are chosen."""
        return self._picked.get(self.kind.currentData())

    @property
    def which(self) -> str:
        """One of `export_settings.WHICH`; of picked papers their name."""
        return str(self.kind.currentData())

    def choose(self, name: str) -> None:
        """Choose a kind of papers, or those that are picked."""
        self.kind.setCurrentIndex(max(self.kind.findData(name), 0))

    def show_settings(self, settings: ExportSettings) -> None:
        """Show what settings choose."""
        self.choose(settings.which)
        self.query.setText(settings.value if settings.which == "query" else "")
        for which, box in (("collection", self.collection), ("tag", self.tag)):
            if settings.which == which:
                if box.findText(settings.value) < 0:
                    box.addItem(settings.value)
                box.setCurrentIndex(box.findText(settings.value))
        self.files.set_paths(settings.files)

    def values(self) -> tuple[str, str, tuple[str, ...]]:
        """`which`, `value` and `files` of `ExportSettings`, for what is not picked."""
        value = {
            "collection": self.collection.currentText(),
            "tag": self.tag.currentText(),
            "query": self.query.text().strip(),
        }.get(self.which, "")
        return self.which, value, self.files.paths() if self.which == "cited" else ()

    def _show_page(self) -> None:
        page = self._pages.get(self.which)
        for each in self._pages.values():
            # Only the page in view takes room.
            each.setVisible(each is page)
        self._stack.setVisible(page is not None)
        if page:
            self._stack.setCurrentWidget(page)
            self._stack.setFixedHeight(page.sizeHint().height())


class _Cited(QWidget):
    """The files that cite, and what that means."""

    def __init__(self, files: ManuscriptList) -> None:
        super().__init__()
        note = QLabel(_(".tex, .md and .typ; what is cited there is exported."), wordWrap=True)
        theme.set_kind(note, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(files)
        column.addWidget(note)


def _names(names: Sequence[str], called: str, tip: str) -> QComboBox:
    box = QComboBox(accessibleName=called, toolTip=tip)
    box.addItems(list(names))
    shrinkable(box)
    return box
