"""The help pages and what refman is, from `resources/help`."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from refman import __version__, paths
from refman.i18n import _
from refman.ui import icons, theme


class HelpDialog(QDialog):
    """One page of Markdown: `resources/help/<page>.md`."""

    def __init__(self, parent: QWidget | None = None, page: str = "help") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("refman help"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = QTextBrowser()
        self.page.setOpenExternalLinks(True)
        self.page.setAccessibleName(_("Help"))
        self.page.document().setDocumentMargin(14)
        self.page.setMarkdown(paths.resource(f"help/{page}.md").read_text(encoding="utf-8"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.addWidget(self.page)
        column.addWidget(buttons)
        self.resize(680, 680)


class AboutDialog(QDialog):
    """Name, version, and where things lie."""

    def __init__(self, library: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About refman"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        logo = QLabel()
        logo.setPixmap(icons.icon("refman").pixmap(QSize(64, 64)))
        name = QLabel(f"refman {__version__}")
        name.setFont(theme.sized_font(1.4, bold=True))
        motto = QLabel(_("References from any page, on your own machine."))
        theme.set_kind(motto, "muted")
        places = QLabel(
            _("Library: {library}\nSettings: {settings}\nLog: {log}").format(
                library=library, settings=paths.settings_file(), log=paths.log_file()
            ),
            wordWrap=True,
        )
        places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        texts = QVBoxLayout(spacing=4)
        texts.addWidget(name)
        texts.addWidget(motto)
        texts.addSpacing(10)
        texts.addWidget(places)
        row = QHBoxLayout(spacing=20)
        row.addWidget(logo, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 16)
        column.setSpacing(18)
        column.addLayout(row)
        column.addWidget(buttons)
        self.setMinimumWidth(460)
