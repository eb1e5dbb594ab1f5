"""Making one paper of several: side by side, with a choice for each field that differs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import Details, Library
from refman.ui import theme
from refman.ui.comparing import MAXIMUM, Choosing, Compared, read_compared
from refman.ui.jobs import Jobs
from refman.ui.widgets.comparison.table import ComparisonTable


def read_papers(library: Library, ids: Sequence[int]) -> Compared | None:
    """Compare the papers that are still there; None where there are less than two.

    That with most sources is proposed to stay, then the oldest.
    """
    found: list[Details] = []
    for entry_id in ids:
        try:
            found.append(library.entries.get(entry_id))
        except RefmanError:
            continue
    if len(found) < 2:
        return None
    ranked = sorted(
        found, key=lambda each: (-len(library.listings.sightings_of(each.id)), each.added)
    )
    return read_compared(library, [each.id for each in ranked])


class MergeDialog(QDialog):
    """A column a paper and one for the outcome. A click or Space takes a value."""

    def __init__(
        self, library: Library, jobs: Jobs, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._ids = list(ids[:MAXIMUM])
        self._count = len(ids)
        self.setWindowTitle(_("Merge papers"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._heading = QLabel()
        theme.set_kind(self._heading, "heading")
        hint = QLabel(
            _(
                "Notes, highlights, tags, attachments and sources of all of them are kept. Choose "
                "in the first row whose citation key stays, and in the others which value to take."
            ),
            wordWrap=True,
        )
        theme.set_kind(hint, "muted")
        self.table = ComparisonTable(offers_papers=False)
        self.table.keeper_wanted.connect(self._keep)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._merge = self._buttons.addButton(_("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._merge.setDefault(True)
        self._merge.setEnabled(False)
        self._apart = self._buttons.addButton(
            _("Not the same paper"), QDialogButtonBox.ButtonRole.DestructiveRole
        )
        self._apart.setToolTip(_("Remember that these are two papers, and leave both as they are"))
        self._apart.setEnabled(False)
        self._apart.clicked.connect(self.keep_apart)
        self._apart.setVisible(len(ids) == 2)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        page = QVBoxLayout(self)
        page.setContentsMargins(18, 16, 18, 14)
        page.setSpacing(10)
        for part in (self._heading, hint):
            page.addWidget(part)
        page.addWidget(self.table, 1)
        page.addWidget(self._buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(min(letter * (44 + 34 * (min(len(ids), 3) + 1)), 1180), letter * 84)
        jobs.read("merge", lambda: read_papers(library, self._ids), self._show_papers)

    def accept(self) -> None:
        """Merge, in the writing thread."""
        choosing = self.table.choosing
        assert choosing
        keeper, *others = choosing.ids
        values, verb = choosing.values(), self._library.entries.merge
        self._jobs.write(_("Merge papers"), lambda: verb(keeper, others, values))
        super().accept()

    def keep_apart(self) -> None:
        """Remember that the two are not the same paper, and leave them as they are."""
        first, second = self._ids
        verb = self._library.entries.keep_apart
        self._jobs.write(_("Keep two papers apart"), lambda: verb(first, second))
        self.reject()

    def _show_papers(self, compared: Compared | None) -> None:
        count = len(compared.comparison.papers) if compared else 0
        self._merge.setEnabled(compared is not None)
        self._apart.setEnabled(count == 2)
        text = ngettext("Make one of {count} paper", "Make one of {count} papers", count)
        text = text.format(count=count)
        if self._count > MAXIMUM:
            text += _(" (the first of {count}; merge the others after them)").format(
                count=f"{self._count:,}"
            )
        self._heading.setText(text)
        if compared is None:
            return
        there = [details.id for details in compared.comparison.papers]
        self._ids = [each for each in self._ids if each in there]
        choosing, former = Choosing(compared, self._ids), self.table.choosing
        if former:
            choosing.choose_as(former)
        self.table.show_papers(choosing)
        self.table.setFocus()

    def _keep(self, column: int) -> None:
        """Let another paper stay."""
        keeper = self._ids[column]
        ids = [keeper, *(each for each in self._ids if each != keeper)]
        library = self._library
        self._jobs.read("merge", lambda: _read_again(library, ids), self._show_papers)


def _read_again(library: Library, ids: Sequence[int]) -> Compared | None:
    """As `read_papers`, but that the first is to stay."""
    try:
        return read_compared(library, ids)
    except RefmanError:
        return None
