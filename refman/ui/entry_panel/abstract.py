"""The section of the abstract: reading, marking, comments, and editing the text itself."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Annotation
from refman.model.text import squeeze
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.abstract_view import AbstractView, Mark, colour_name, strong
from refman.ui.entry_panel.mark_bar import MarkBar
from refman.ui.entry_panel.paper import Paper
from refman.ui.entry_panel.section import Section
from refman.ui.tex_text import plain
from refman.ui.widgets.growing_text import GrowingText
from refman.ui.widgets.tab_order import tab_after


class AbstractSection(Section):
    """The abstract with its highlights; orphans and comments are listed below."""

    def __init__(self, edits: Edits, page: QWidget) -> None:
        """`page` is what the bar for marks may lie on."""
        super().__init__(_("Abstract"))
        self._edits = edits
        self._page = page
        self._paper: Paper | None = None
        self.cards: list[MarkCard] = []
        self._editing_id = 0
        self.view = AbstractView()
        self.view.setToolTip("")
        self.view.set_can_mark(edits.editable)
        self.bar = MarkBar(page)
        self.bar.set_owner(self.view)
        self.editor = GrowingText()
        self.editor.setAccessibleName(_("Source of the abstract"))
        self.editor.setToolTip(_("Ctrl+Enter keeps the abstract, Esc takes the change back"))
        self.editor.set_minimum_lines(6)
        self.editor.hide()
        self.editor.committed.connect(self._keep_text)
        self.editor.left.connect(self._leave_editor)
        self.editor.unfocused.connect(self._stop_editing)
        self._add = QPushButton(_("Add an abstract"))
        self._add.setToolTip(_("Type or paste the abstract"))
        self._add.setIcon(icons.icon("add", "accent"))
        theme.set_kind(self._add, "link")
        self._add.clicked.connect(self.edit_text)
        self._edit = self.add_action("edit", _("Edit the text of the abstract"))
        self._edit.clicked.connect(self.edit_text)
        self._edit.setVisible(edits.editable)
        self.column.addWidget(self.view)
        self.column.addWidget(self.editor)
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.addLayout(self._list)
        self._connect_marks()

    def _connect_marks(self) -> None:
        self.view.passage_selected.connect(self._offer)
        self.view.selection_dropped.connect(self._drop_offer)
        self.view.mark_wanted.connect(self._mark)
        self.view.comment_wanted.connect(self._comment)
        self.view.mark_activated.connect(self._open)
        self.view.recolour_wanted.connect(self._recolour)
        self.view.removal_wanted.connect(self._remove)
        self.bar.mark_wanted.connect(self._mark)
        self.bar.mark_edited.connect(self._edit_mark)
        self.bar.removal_wanted.connect(self._remove)
        self.bar.left.connect(self.view.setFocus)

    # --- showing -----------------------------------------------------------------------

    def show_paper(self, paper: Paper) -> None:
        """Show the abstract of `paper`."""
        if self._paper is None or self._paper.id != paper.id:
            self.bar.hide()
            self._stop_editing()
        self._paper = paper
        abstract = paper.details.entry.abstract
        marks = [
            Mark(note.id, note.start, note.end, note.colour, note.comment)
            for note in paper.highlights
            if note.start is not None and note.end is not None
        ]
        self.view.show_text(abstract, marks)
        editing, waiting = not self.editor.isHidden(), self._add.hasFocus()
        self.view.setVisible(bool(abstract) and not editing)
        if abstract and waiting:  # it was just typed
            self.view.setFocus()
        self._add.setVisible(not abstract and not editing and self._edits.editable)
        self._edit.setVisible(bool(abstract) and self._edits.editable)
        self.set_count(len(paper.highlights))
        listed = [note for note in paper.highlights if note.comment or note.start is None]
        self._show_cards(listed)

    def commit(self) -> None:
        """Hand out a comment or an edit that is being typed."""
        self.bar.commit()
        self.editor.commit()

    def read(self) -> None:
        """Put the cursor into the text, or to where one is added."""
        self.set_open(True)
        nearest = next((w for w in (self.editor, self.view, self._add) if not w.isHidden()), self)
        nearest.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_cards(self, listed: list[Annotation]) -> None:
        while len(self.cards) < len(listed):
            card = MarkCard()
            card.activated.connect(self._open)
            card.removal_wanted.connect(self._remove)
            self._list.addWidget(card)
            tab_after(self.cards[-1] if self.cards else self._add, card)
            self.cards.append(card)
        for card, note in zip(self.cards, listed, strict=False):
            card.show_note(note, editable=self._edits.editable)
        for index, card in enumerate(self.cards):
            card.setVisible(index < len(listed))

    # --- marking -----------------------------------------------------------------------

    def _offer(self) -> None:
        if self.view.passage:
            self.bar.offer(*self.view.passage, self._near(*self.view.passage))

    def _drop_offer(self) -> None:
        if self.view.hasFocus():
            self.bar.commit()

    def _comment(self, start: int, end: int) -> None:
        self.bar.offer(start, end, self._near(start, end))
        self.bar.write_comment()

    def _open(self, annotation_id: int) -> None:
        note = self._note(annotation_id)
        if note is None or not self._edits.editable:
            return
        mark = Mark(note.id, note.start or 0, note.end or 0, note.colour, note.comment)
        if note.start is None:
            card = next((c for c in self.cards if c.annotation_id == note.id), self)
            near = QRect(card.mapTo(self._page, card.rect().topLeft()), card.size())
        else:
            near = self._near(mark.start, mark.end)
        self.bar.open_mark(mark, near)

    def _mark(self, start: int, end: int, colour: str, comment: str = "") -> None:
        if self._paper is None:
            return
        entry_id, verb = self._paper.id, self._edits.library.annotations.highlight
        colour = colour or self.bar.last_colour
        self.bar.use_colour(colour)
        self.bar.hide()
        self.view.clear_selection()
        self._edits.write(
            _("Highlight"), lambda: verb(entry_id, start, end, colour=colour, comment=comment)
        )

    def _edit_mark(self, annotation_id: int, colour: str, comment: str) -> None:
        verb = self._edits.library.annotations.edit
        self._edits.write(
            _("Edit highlight"), lambda: verb(annotation_id, colour=colour, comment=comment)
        )

    def _recolour(self, annotation_id: int, colour: str) -> None:
        verb = self._edits.library.annotations.edit
        self._edits.write(_("Edit highlight"), lambda: verb(annotation_id, colour=colour))

    def _remove(self, annotation_id: int) -> None:
        verb = self._edits.library.annotations.delete
        self._edits.write(_("Delete highlight"), lambda: verb(annotation_id))

    def _note(self, annotation_id: int) -> Annotation | None:
        notes = self._paper.highlights if self._paper else ()
        return next((note for note in notes if note.id == annotation_id), None)

    def _near(self, start: int, end: int) -> QRect:
        """The place of a passage on the page."""
        area = self.view.rect_of(start, end)
        return QRect(self.view.mapTo(self._page, area.topLeft()), area.size())

    # --- the text itself ---------------------------------------------------------------

    def edit_text(self) -> None:
        """Show the source of the abstract and put the cursor into it."""
        if self._paper is None:
            return
        self._editing_id = self._paper.id
        self.editor.set_kept(self._paper.details.entry.abstract)
        self.view.hide()
        self._add.hide()
        self.editor.show()
        self.editor.setFocus()

    def _stop_editing(self) -> None:
        self.editor.hide()
        if self._paper:
            abstract = self._paper.details.entry.abstract
            self.view.setVisible(bool(abstract))
            self._add.setVisible(not abstract and self._edits.editable)

    def _leave_editor(self) -> None:
        self._stop_editing()
        self.read()

    def _keep_text(self, text: str) -> None:
        entry_id, verb = self._editing_id, self._edits.library.entries.edit
        self._edits.write(_("Edit abstract"), lambda: verb(entry_id, {"abstract": text}))


class MarkCard(QFrame):
    """A highlight with a comment, or one whose passage is not in the text any more."""

    activated = Signal(int)
    removal_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.annotation_id = 0
        self._colour = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._quote = QLabel(wordWrap=True)
        self._quote.setTextFormat(Qt.TextFormat.PlainText)
        theme.set_kind(self._quote, "muted")
        self._comment = QLabel(wordWrap=True)
        self._comment.setTextFormat(Qt.TextFormat.PlainText)
        self._orphan = QLabel(_("This passage is not in the abstract any more."), wordWrap=True)
        theme.set_kind(self._orphan, "warning")
        self._delete = QToolButton(
            toolTip=_("Delete this highlight"), accessibleName=_("Delete this highlight")
        )
        self._delete.setIcon(icons.icon("trash"))
        self._delete.clicked.connect(lambda: self.removal_wanted.emit(self.annotation_id))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self._comment, self._quote, self._orphan):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 2, 4)
        row.addLayout(texts, 1)
        row.addWidget(self._delete, 0, Qt.AlignmentFlag.AlignTop)

    def show_note(self, note: Annotation, *, editable: bool) -> None:
        """Show the highlight `note`."""
        self.annotation_id = note.id
        self._colour = note.colour
        quote = squeeze(plain(note.quote))
        self._quote.setText(f"“{quote[:160]}…”" if len(quote) > 160 else f"“{quote}”")
        self._comment.setText(note.comment)
        self._comment.setVisible(bool(note.comment))
        self._orphan.setVisible(note.start is None)
        self._delete.setVisible(editable)
        name = _("{colour} highlight").format(colour=colour_name(note.colour))
        self.setAccessibleName(f"{name}: {quote}. {note.comment}")
        self.setToolTip(_("{name}: click or press Enter to change it").format(name=name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.hasFocus() or self.underMouse():
            painter.setBrush(theme.colour("accent_soft" if self.hasFocus() else "row_hover"))
            painter.drawRoundedRect(self.rect(), 5, 5)
        painter.setBrush(strong(self._colour))
        painter.drawRoundedRect(2, 4, 3, self.height() - 8, 1.5, 1.5)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(self.annotation_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit(self.annotation_id)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit(self.annotation_id)
        else:
            super().keyPressEvent(event)
