"""The .bib files that are workspaces, and what writing the chosen one would change in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.formats.bibtex.source_file import SourceFile
from refman.i18n import _
from refman.library import Library, Workspace
from refman.library.differences import difference
from refman.ui import theme
from refman.ui.dialogs.exports.parts import Table, button
from refman.ui.jobs import Jobs
from refman.ui.widgets.difference_view import DifferenceView
from refman.ui.widgets.empty_state import EmptyState

_KEY = "workspace.difference"


@dataclass(frozen=True, slots=True)
class _Look:
    """What writing would change, and that in a sentence; `error` is why it cannot be said, `gone`
    that the file is not there."""

    text: str = ""
    message: str = ""
    error: str = ""
    gone: bool = False


class WorkspacePage(QWidget):
    """Asks for what is to be done with a workspace."""

    open_wanted = Signal()
    write_wanted = Signal(object)  # Workspace, and likewise below
    show_wanted = Signal(object)
    forget_wanted = Signal(object)

    def __init__(
        self, library: Library, jobs: Jobs, *, editable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._editable = editable
        self._workspaces: dict[int, Workspace] = {}
        self.table = Table(_("Workspaces"), (_("Name"), _("Papers"), _("File")))
        self.table.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.table.stretch(2)
        self.sentence = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.view = DifferenceView()
        self.write = button(_("&Write"), _("Write the file: only what is shown here changes"))
        self.show_file = button(_("&Show file"), _("Open the folder that it lies in"))
        self.forget = button(_("&Forget"), _("Keep it no longer; the file and its papers stay"))
        self.open = button(_("&Open .bib …"), _("Import a .bib file and keep every byte of it"))
        empty = EmptyState()
        empty.say(
            "file",
            _("No .bib file is open as a workspace"),
            _(
                "Of such a file refman keeps every byte: comments, order and layout stay, and "
                "only the fields that you change are written."
            ),
            [(_("Open .bib …"), self.open_wanted.emit)] if editable else [],
        )
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.table, 2)
        column.addWidget(self.sentence)
        column.addWidget(self.view, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(empty)
        row = QHBoxLayout(spacing=8)
        for each in (self.write, self.show_file, self.forget):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.open)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 12, 0, 0)
        page.setSpacing(10)
        page.addWidget(self._stack, 1)
        page.addLayout(row)
        self._connect()
        self._show_chosen()

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_chosen)
        self.table.delete_wanted.connect(self.forget.click)
        self.table.entered.connect(self.write.click)
        self.open.clicked.connect(lambda _on: self.open_wanted.emit())
        for each, signal in (
            (self.write, self.write_wanted),
            (self.show_file, self.show_wanted),
            (self.forget, self.forget_wanted),
        ):
            each.clicked.connect(lambda _on=False, signal=signal: signal.emit(self.current))

    @property
    def current(self) -> Workspace | None:
        """The workspace that is chosen."""
        return self._workspaces.get(self.table.current_id or 0)

    def show_workspaces(self, workspaces: Sequence[Workspace]) -> None:
        """Show all of them, and what would be written anew."""
        self._workspaces = {each.id: each for each in workspaces}
        rows = [
            (each.id, [(each.name, "file", "muted"), (f"{each.papers:,}", "", ""),
                       (each.path, "", "")])
            for each in workspaces
        ]  # fmt: skip
        self.table.show_rows(rows)
        self._stack.setCurrentIndex(0 if workspaces else 1)

    def read_difference(self) -> None:
        """See anew what writing the chosen one would change."""
        if chosen := self.current:
            self._jobs.read(_KEY, lambda: _look(self._library, chosen), self._show_look)

    def _show_chosen(self) -> None:
        chosen = self.current
        self.show_file.setEnabled(chosen is not None)
        self.forget.setEnabled(chosen is not None and self._editable)
        self.open.setEnabled(self._editable)
        self.write.setEnabled(False)  # until it is known what it would do
        if chosen is None:
            self.view.set_difference("")
            self.sentence.clear()
        self.read_difference()

    def _show_look(self, look: _Look) -> None:
        self.view.set_difference(look.text)
        self.view.setVisible(bool(look.text))
        self.sentence.setText(look.error or look.message)
        theme.set_kind(self.sentence, "error" if look.error else "muted")
        self.write.setEnabled(bool(look.text) or look.gone)


def _look(library: Library, workspace: Workspace) -> _Look:
    """In the reading thread."""
    path = Path(workspace.path)
    try:
        new = library.workspaces.text(workspace.id).data
    except RefmanError as error:
        return _Look(error=str(error))
    try:
        old = path.read_bytes()
    except FileNotFoundError:
        return _Look(message=_("{name} is not there any more.").format(name=path.name), gone=True)
    except OSError as error:
        return _Look(error=f"{path}: {error.strerror}")
    if old == new:
        return _Look(message=_("{name} is as it has to be.").format(name=path.name))
    text = difference(SourceFile.of(old).text, SourceFile.of(new).text, ("", ""))
    lines = text.splitlines()[2:]
    out, into = (sum(line.startswith(sign) for line in lines) for sign in ("-", "+"))
    message = _("Writing takes lines out and puts lines in (− {out}, + {into}):")
    return _Look(text, message.format(out=out, into=into))
