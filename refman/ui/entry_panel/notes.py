"""The section of the notes: a list of Markdown notes, and the place for a new one."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from refman.errors import RefmanError
from refman.i18n import _
from refman.library import Annotation, Annotations, Changes
from refman.ui import icons, theme
from refman.ui.edits import Edits
from refman.ui.entry_panel.note_editor import NoteEditor
from refman.ui.entry_panel.paper import Paper
from refman.ui.entry_panel.section import Section
from refman.ui.moments import moment
from refman.ui.widgets.tab_order import tab_after


class Draft:
    """The note that an editor writes into; a new one has no id until it was first kept.

    `save` runs in the writing thread, so that what is typed while a new note is being made
    goes into that note and not into a second one.
    """

    def __init__(self, annotations: Annotations, entry_id: int, note_id: int | None) -> None:
        self._annotations = annotations
        self.entry_id = entry_id
        self.note_id = note_id

    def save(self, text: str) -> Changes:
        """Keep `text`; an emptied note is deleted."""
        if self.note_id is not None and not text.strip():
            note_id, self.note_id = self.note_id, None
            return self._annotations.delete(note_id)
        if not text.strip():
            return Changes("")
        if self.note_id is not None:
            try:
                return self._annotations.edit(self.note_id, comment=text)
            except RefmanError:
                self.note_id = None  # deleted in the meantime: what was typed becomes a new note
        changes = self._annotations.add_note(self.entry_id, text)
        self.note_id = max(
            note.id for note in self._annotations.of(self.entry_id) if note.kind == "note"
        )
        return changes


class NotesSection(Section):
    """All notes of a paper, the oldest first."""

    def __init__(self, edits: Edits) -> None:
        super().__init__(_("Notes"))
        self._edits = edits
        self._paper: Paper | None = None
        self._drafts: dict[NoteEditor, Draft] = {}
        self._free: list[NoteEditor] = []
        self._add = QPushButton(_("Write a note"))
        self._add.setToolTip(_("Write a note in Markdown"))
        self._add.setIcon(icons.icon("add", "accent"))
        theme.set_kind(self._add, "link")
        self._add.clicked.connect(self.write_note)
        if not edits.editable:
            self._add.hide()
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_paper(self, paper: Paper) -> None:
        """Show the notes of `paper`; an edit that goes on in one of them goes on."""
        if self._paper is None or self._paper.id != paper.id:
            for editor in list(self._drafts):
                self._put_away(editor)
        self._paper = paper
        notes = {note.id: note for note in paper.notes}
        for editor, draft in list(self._drafts.items()):
            if draft.note_id in notes:
                self._fill(editor, notes.pop(draft.note_id))
            elif not editor.editing:
                self._put_away(editor)
        for note in notes.values():
            editor = self._editor(Draft(self._edits.library.annotations, paper.id, note.id))
            self._fill(editor, note)
        self.set_count(len(paper.notes))

    @property
    def editors(self) -> list[NoteEditor]:
        """One for each note of the paper, and for a new one."""
        return list(self._drafts)

    def commit(self) -> None:
        """Hand out what is being typed."""
        for editor in self._drafts:
            editor.commit()

    def write_note(self) -> None:
        """Open the editor of a new note."""
        if self._paper is None or not self._edits.editable:
            return
        self.set_open(True)
        for editor, draft in self._drafts.items():
            if draft.note_id is None:  # there is one already
                editor.edit()
                return
        editor = self._editor(Draft(self._edits.library.annotations, self._paper.id, None))
        editor.show_text("", "", editable=True)
        editor.edit()

    def _editor(self, draft: Draft) -> NoteEditor:
        if self._free:
            editor = self._free.pop()
        else:
            editor = NoteEditor()
            editor.text_changed.connect(partial(self._save, editor))
            editor.removal_wanted.connect(partial(self._remove, editor))
            editor.abandoned.connect(partial(self._abandon, editor))
            editor.left.connect(self._add.setFocus)
        self.column.insertWidget(self.column.count() - 1, editor)
        tab_after(self.editors[-1] if self._drafts else self.header, editor)
        editor.show()
        self._drafts[editor] = draft
        return editor

    def _fill(self, editor: NoteEditor, note: Annotation) -> None:
        editor.show_text(note.comment, moment(note.modified), editable=self._edits.editable)

    def _put_away(self, editor: NoteEditor) -> None:
        editor.close_editor()
        if self._drafts.pop(editor, None) is None:
            return  # closing it put it away
        self.column.removeWidget(editor)
        editor.hide()
        editor.show_text("", "", editable=True)
        self._free.append(editor)

    def _save(self, editor: NoteEditor, text: str) -> None:
        draft = self._drafts[editor]
        self._edits.write(_("Write note"), lambda: draft.save(text))

    def _remove(self, editor: NoteEditor) -> None:
        draft = self._drafts[editor]
        editor.close_editor()
        self._edits.write(_("Delete note"), lambda: draft.save(""))

    def _abandon(self, editor: NoteEditor) -> None:
        if editor in self._drafts and self._drafts[editor].note_id is None:
            self._put_away(editor)
