"""New citation keys put into manuscripts: which files, a look at each line, and then Rewrite."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from refman.errors import RefmanError
from refman.i18n import _, ngettext
from refman.library import Library
from refman.library.manuscripts import RewritePlan, Rewritten, cited_in, rewrite, rewrite_plan
from refman.ui import theme
from refman.ui.dialogs.rewriting.lines import LinesModel, LinesTable
from refman.ui.jobs import Jobs
from refman.ui.widgets.empty_state import EmptyState
from refman.ui.widgets.manuscript_list import ManuscriptList

SIZE = (860, 600)
_PROBLEMS = 4  # lines of them that are in view at once


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written: the files, and in how many lines."""

    files: tuple[Path, ...]
    lines: int


class RewritingDialog(QDialog):
    """`paths_changed` with the files and folders; `rewritten` with an Outcome."""

    paths_changed = Signal(tuple)
    rewritten = Signal(object)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        paths: Sequence[str],
        changed: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """`changed` are the new keys by the old; with none all keys of before are looked for."""
        super().__init__(parent)
        self._library = library
        self._jobs = jobs
        self._changed = changed
        self._plan: RewritePlan | None = None
        self._failed: tuple[str, ...] = ()  # what could not be written
        self.setWindowTitle(_("Rewrite citations in files"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(_heading(changed), wordWrap=True)
        self.files = ManuscriptList(paths)
        self.earlier = QCheckBox(_("&Keys that were changed earlier, too"))
        self.earlier.setToolTip(_("Every key that a paper had before becomes that of today"))
        self.earlier.setChecked(not changed)
        self.earlier.setVisible(bool(changed))
        self.told = QLabel(wordWrap=True)
        theme.set_kind(self.told, "muted")
        self.model = LinesModel(self)
        self.table = LinesTable(self.model)
        self._hint = EmptyState()
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self._hint)
        self.problems = QPlainTextEdit(readOnly=True)
        self.problems.setAccessibleName(_("Problems"))
        self.problems.setTabChangesFocus(True)
        self.problems.hide()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.again = self._buttons.addButton(
            _("&Look again"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.again.setToolTip(_("Read the files anew"))
        self.again.setAutoDefault(False)
        self.rewrite = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.rewrite.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        for part in (heading, self.files, self.earlier, self._views, self.told, self.problems):
            column.addWidget(part, int(part is self._views))
        column.addWidget(self._buttons)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.files.changed.connect(self._paths_changed)
        self.earlier.toggled.connect(self.read)
        self.again.clicked.connect(self.read)
        self._buttons.accepted.connect(self._write)
        self._buttons.rejected.connect(self.reject)
        self.read()
        (self.files.list if paths else self.files.add_files).setFocus()

    def done(self, result: int) -> None:
        self._jobs.forget("rewriting")
        super().done(result)

    # --- looking --------------------------------------------------------------------------

    def _paths_changed(self) -> None:
        self.paths_changed.emit(self.files.paths())
        self.read()

    def read(self) -> None:
        """Look through the files."""
        self._failed = ()
        self._look()

    def _look(self) -> None:
        paths = [Path(path) for path in self.files.paths()]
        self._plan = None
        self._name_button()
        if not paths:
            self._jobs.forget("rewriting")
            self._show_plan(RewritePlan((), {}, {}))
            return
        self.told.setText(_("Looking through the files …"))
        earlier = self.earlier.isChecked()
        self._jobs.read(
            "rewriting",
            lambda: _read_plan(self._library, paths, self._changed, earlier),
            self._show_plan,
        )

    def _show_plan(self, plan: RewritePlan | str) -> None:
        if isinstance(plan, str):
            self.told.setText(plan)
            return
        self._plan = plan
        self.model.show_rewrites(plan.rewrites)
        self._show_problems([*self._failed, *plan.problems])
        self._views.setCurrentWidget(self.table if plan.rewrites else self._hint)
        if not self.files.paths():
            self._hint.say(
                "file",
                _("Which texts cite your papers?"),
                _("Add the LaTeX, Markdown or Typst files, or their folder; or drop them above."),
            )
        else:
            self._hint.say(
                "check",
                _("Nothing to rewrite"),
                _("None of these files cites one of the old keys."),
            )
        self.told.setText(_counted(plan) if plan.rewrites else "")
        self.told.setVisible(bool(plan.rewrites))
        self._name_button()

    def _show_problems(self, problems: Sequence[str]) -> None:
        self.problems.setPlainText("\n".join(f"⚠ {problem}" for problem in problems))
        lines = min(len(problems), _PROBLEMS) * self.problems.fontMetrics().lineSpacing()
        self.problems.setFixedHeight(lines + 20)
        self.problems.setVisible(bool(problems))

    def _name_button(self) -> None:
        lines = len(self._plan.rewrites) if self._plan else 0
        self.rewrite.setText(_("Rewrite ({n:,})").format(n=lines) if lines else _("Rewrite"))
        self.rewrite.setEnabled(lines > 0)

    # --- writing --------------------------------------------------------------------------

    def _write(self) -> None:
        plan = self._plan
        if plan is None:
            return
        self.rewrite.setEnabled(False)
        self._jobs.write(
            _("Rewrite citations in files"), partial(_write, self._library, plan), self._written
        )

    def _written(self, outcome: Rewritten) -> None:
        assert self._plan
        lines = sum(one.path in outcome.written for one in self._plan.rewrites)
        if outcome.written:
            self.rewritten.emit(Outcome(outcome.written, lines))
        if not outcome.problems:
            self.accept()
            return
        self._failed = outcome.problems
        self._look()


def _heading(changed: Mapping[str, str]) -> str:
    if not changed:
        return _("The keys that papers had before become those that they have today.")
    if len(changed) == 1:
        ((old, new),) = changed.items()
        return _("In these files {old} becomes {new}, and nothing else is changed.").format(
            old=old, new=new
        )
    return _("In these files {n:,} keys become the new ones, and nothing else is changed.").format(
        n=len(changed)
    )


def _counted(plan: RewritePlan) -> str:
    lines = len(plan.rewrites)
    files = len(plan.digests)
    return _("{lines} in {files}. Each file is written whole, in its own encoding.").format(
        lines=ngettext("{n:,} line", "{n:,} lines", lines).format(n=lines),
        files=ngettext("{n:,} file", "{n:,} files", files).format(n=files),
    )


# --- outside of the window's thread ---------------------------------------------------------


def _read_plan(
    library: Library, paths: Sequence[Path], changed: Mapping[str, str], earlier: bool
) -> RewritePlan | str:
    """What would be written, by the keys that papers have now: a change may be undone since."""
    keys = library.citation_keys
    try:
        there, today = keys.resolve(changed.values()), keys.renamed(changed.values())
        renamed = {old: today.get(new, new) for old, new in changed.items() if new in there}
        cited = cited_in(paths).keys
        if earlier:
            renamed = {**keys.renamed(cited), **renamed}
    except RefmanError as error:
        return str(error)
    new = {old.casefold(): key for old, key in renamed.items()}
    wanted = {key: new[key.casefold()] for key in cited if key.casefold() in new}
    return rewrite_plan(paths, {key: to for key, to in wanted.items() if key != to})


def _write(library: Library, plan: RewritePlan) -> Rewritten:
    """Write the files; what they cite now is known outside the library."""
    outcome = rewrite(plan)
    if outcome.written:
        keys = library.citation_keys
        keys.give_out(sorted(set(keys.resolve(plan.renamed.values()).values())))
    return outcome
