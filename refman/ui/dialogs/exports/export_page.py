"""The exports that have a name: how their files stand, and what can be done with them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import ExportInfo
from refman.ui import export_wording, theme
from refman.ui.dialogs.exports.parts import Table, button
from refman.ui.moments import moment
from refman.ui.widgets.empty_state import EmptyState

_MOST_REMARKS = 5  # that are shown below the list


class ExportPage(QWidget):
    """Asks for what is to be done with an export; `exports` do it."""

    new_wanted = Signal()
    run_wanted = Signal(object)  # ExportInfo, and likewise below
    edit_wanted = Signal(object)
    resolve_wanted = Signal(object)
    show_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, *, editable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editable = editable
        self._exports: dict[int, ExportInfo] = {}
        self.table = Table(
            _("Exports"), (_("Name"), _("State"), _("What"), _("Papers"), _("File"), _("Written"))
        )
        self.table.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.table.stretch(2, 4)
        self.detail = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.now = button(_("No&w"), _("Write its file at once"))
        self.resolve = button(
            _("&Resolve …"), _("See what somebody else changed, and say whose version stays")
        )
        self.edit = button(_("&Edit …"), _("Change what is written, how, and where to"))
        self.show_file = button(_("&Show file"), _("Open the folder that it lies in"))
        self.delete = button(_("&Delete"), _("Forget this export; its file stays"))
        self.new = button(_("&New export …"), _("Export papers, and keep the settings"))
        self._empty = EmptyState()
        self._empty.say(
            "export",
            _("No export has a name yet"),
            _(
                "Give one a name in the export dialog: it can be written again with one click, "
                "or follow the library by itself."
            ),
            [(_("New export …"), self.new_wanted.emit)] if editable else [],
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self._connect()
        self._show_chosen()

    def _lay_out(self) -> None:
        row = QHBoxLayout(spacing=8)
        for each in (self.now, self.resolve, self.edit, self.show_file, self.delete):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.new)
        self.detail.setMinimumHeight(3 * self.detail.fontMetrics().lineSpacing() + 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._stack, 1)
        column.addWidget(self.detail)
        column.addLayout(row)

    def _connect(self) -> None:
        self.table.chosen.connect(self._show_chosen)
        self.table.entered.connect(self.edit.click)
        self.table.delete_wanted.connect(self.delete.click)
        self.new.clicked.connect(lambda _on: self.new_wanted.emit())
        for each, signal in (
            (self.now, self.run_wanted),
            (self.resolve, self.resolve_wanted),
            (self.edit, self.edit_wanted),
            (self.show_file, self.show_wanted),
            (self.delete, self.delete_wanted),
        ):
            each.clicked.connect(lambda _on=False, signal=signal: signal.emit(self.current))

    @property
    def current(self) -> ExportInfo | None:
        """The export that is chosen."""
        return self._exports.get(self.table.current_id or 0)

    def show_exports(self, exports: Sequence[ExportInfo]) -> None:
        """Show how all of them stand now."""
        self._exports = {each.id: each for each in exports}
        self.table.show_rows([(each.id, _cells(each)) for each in exports])
        self._stack.setCurrentIndex(0 if exports else 1)
        self.detail.setVisible(bool(exports))

    def _show_chosen(self) -> None:
        chosen = self.current
        for each in (self.edit, self.delete):
            each.setEnabled(chosen is not None and self._editable)
        self.now.setEnabled(chosen is not None)
        self.show_file.setEnabled(chosen is not None and bool(chosen.path))
        self.resolve.setVisible(chosen is not None and chosen.status == "edited")
        self.resolve.setEnabled(self._editable)
        self.new.setEnabled(self._editable)
        if chosen is None:
            self.detail.clear()
            return
        told = [export_wording.state(chosen)]
        if chosen.left_out:
            told[0] += " " + _("{count} without a title left out.").format(count=chosen.left_out)
        told.append(export_wording.settings(chosen.settings))
        told += chosen.remarks[:_MOST_REMARKS]
        if len(chosen.remarks) > _MOST_REMARKS:
            told.append(_("… and {count} more").format(count=len(chosen.remarks) - _MOST_REMARKS))
        self.detail.setText("\n".join(told))
        kinds = {"error": "error", "edited": "warning"}
        theme.set_kind(self.detail, kinds.get(chosen.status, "muted"))


def _cells(export: ExportInfo) -> list[tuple[str, str, str]]:
    icon, role, words = export_wording.STATES[export.status]
    what = export_wording.which(export.settings)
    count = "–" if export.count is None else f"{export.count:,}"
    written = moment(export.written) if export.written else _("never")
    texts = (export.name, words, what, count, export.path or _("none"), written)
    return [(text, icon if n == 1 else "", role) for n, text in enumerate(texts)]
