"""Exporting with all choices: which papers, how they are written, where to, under which name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from refman.library import ExportInfo, ExportSettings, Library
from refman.library.style_options import StyleOption, options
from refman.ui.dialogs.export.dialog import ExportDialog
from refman.ui.dialogs.export.papers import PapersChoice, Picked
from refman.ui.dialogs.export.preview import SHOWN
from refman.ui.dialogs.export.style_form import StyleForm
from refman.ui.dialogs.export.wording import COMMON, MORE, WORDS
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton


# --- the form of the style ----------------------------------------------------------------


@pytest.fixture
def form(qtbot: QtBot) -> StyleForm:
    form = StyleForm(options())
    qtbot.addWidget(form)
    form.show()
    return form


def change(form: StyleForm, name: str, value: object) -> None:
    """Make a choice as its widget lets one."""
    widget = form.widget(name)
    if isinstance(widget, QCheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, QComboBox):
        labels = [widget.itemText(row) for row in range(widget.count())]
        widget.setCurrentIndex(labels.index(str(value)))
    elif isinstance(widget, QLineEdit):
        widget.setText(str(value))
    else:
        widget.setPlainText(str(value))  # type: ignore[attr-defined]


def test_every_choice_is_named_and_explained(form: StyleForm) -> None:
    shown = {*COMMON, *(name for _title, names in MORE for name in names)}
    names = {option.name for option in options()}
    assert (shown, set(WORDS)) == (names, names)
    for option in options():
        widget = form.widget(option.name)
        told = (widget.toolTip(), widget.accessibleDescription(), bool(widget.accessibleName()))
        assert told == (option.help, option.help, True)


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("protection", "Protect none", "none"),
        ("unicode", "As TeX commands: \\'e, {\\ss}", False),
        ("links", "URL, and no DOI", "url"),
        ("notes", "Written, as “annote”", "annote"),
        ("abstract", False, False),
        ("omit", "langid, , URL", ["langid", "URL"]),
        ("months", "As numbers: 6", "number"),
        ("indent", "A tab", "tab"),
        ("indent", "4 blanks", 4),
        ("align", True, True),
        ("source", "Written anew", "rewrite"),
        (
            "abbreviations",
            "Annals of Lists = Ann. Lists\nno short one\n = x",
            {"Annals of Lists": "Ann. Lists"},
        ),
    ],
)
def test_a_choice_is_an_option(
    qtbot: QtBot, form: StyleForm, name: str, shown: object, value: object
) -> None:
    with qtbot.waitSignal(form.changed):
        change(form, name, shown)
    assert form.style_options() == {name: value}


def test_a_style_is_shown_and_the_rest_is_as_usual(form: StyleForm) -> None:
    style = {"links": "doi", "indent": 5, "order": ["author", "title"], "abbreviations": {"A": "B"}}
    form.set_style(style)
    assert (form.style_options(), form.more.header.isChecked()) == (style, True)
    form.set_style({})
    assert (form.style_options(), form.more.header.isChecked()) == ({}, False)


def test_an_option_of_another_version_has_a_place(qtbot: QtBot) -> None:
    form = StyleForm([*options(), StyleOption("line_end", "lf", ("lf", "crlf"), "Line ends.")])
    qtbot.addWidget(form)
    change(form, "line_end", "crlf")
    assert form.style_options() == {"line_end": "crlf"}


def test_what_the_user_is_at_is_explained(qtbot: QtBot, form: StyleForm) -> None:
    with qtbot.waitSignal(form.explained) as told:
        form.widget("keywords").setFocus()
    assert told.args == ["Your tags as keywords."]


# --- which papers -------------------------------------------------------------------------


def test_papers_are_chosen_in_every_way(qtbot: QtBot, tmp_path: Path) -> None:
    picked = Picked("view", "In view: 2 papers", [1, 2])
    papers = PapersChoice([picked], ["Thesis", "Thesis/2"], ["rl"])
    qtbot.addWidget(papers)
    assert (papers.picked, papers.values()) == (picked, ("view", "", ()))
    found = []
    for kind in ("all", "collection", "tag", "query", "cited"):
        papers.choose(kind)
        papers.collection.setCurrentIndex(1)
        papers.query.setText(" year:2024 ")
        papers.files.set_paths((str(tmp_path), str(tmp_path / "a.tex")))
        found.append((papers.picked, *papers.values()))
    assert found == [
        (None, "all", "", ()),
        (None, "collection", "Thesis/2", ()),
        (None, "tag", "rl", ()),
        (None, "query", "year:2024", ()),
        (None, "cited", "", (str(tmp_path), str(tmp_path / "a.tex"))),
    ]


def test_settings_are_shown(qtbot: QtBot) -> None:
    papers = PapersChoice([], ["Thesis"], [])
    qtbot.addWidget(papers)
    settings = (
        ExportSettings(which="collection", value="Gone/By"),  # a collection that is no more
        ExportSettings(which="query", value="year:2024"),
        ExportSettings(which="cited", files=("/a/main.tex",)),
    )
    for each in settings:
        papers.show_settings(each)
        assert papers.values() == (each.which, each.value, each.files)


def test_files_that_cite_are_added_once_and_removed(qtbot: QtBot, tmp_path: Path) -> None:
    papers = PapersChoice([], [], [])
    qtbot.addWidget(papers)
    papers.choose("cited")
    papers.files.add([str(tmp_path / "a.tex"), str(tmp_path)])
    papers.files.add([str(tmp_path / "a.tex")])
    assert papers.files.paths() == (str(tmp_path / "a.tex"), str(tmp_path))
    papers.files.list.setCurrentRow(0)
    papers.files.remove.click()
    assert papers.files.paths() == (str(tmp_path),)


# --- in the window ------------------------------------------------------------------------


def dialog_of(window: MainWindow) -> ExportDialog:
    return next(each for each in window.findChildren(ExportDialog) if each.isVisible())


def open_with(qtbot: QtBot, window: MainWindow, modifiers: Qt.KeyboardModifier) -> ExportDialog:
    window.table.setFocus()
    qtbot.keyClick(window.table, Qt.Key.Key_E, modifiers)
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportDialog)))
    dialog = dialog_of(window)
    show_preview(qtbot, window, dialog)
    return dialog


def show_preview(qtbot: QtBot, window: MainWindow, dialog: ExportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._timer.isActive())
    settle(qtbot, window)


def select_first(window: MainWindow, count: int) -> list[int]:
    window.table.setFocus()
    window.table.clearSelection()
    model = window.table.selectionModel()
    flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
    for row in range(count):
        model.setCurrentIndex(window.table.entries.index(row, 1), flags)
    return list(window.table.selected_ids())


def test_selected_papers_to_a_file_that_is_typed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    ids = select_first(window, 2)
    dialog = open_with(qtbot, window, CTRL_SHIFT)
    whole = window.library.exporting.text(ids).text
    assert (dialog.papers.kind.currentText(), dialog.preview.toPlainText()) == (
        "Selected: 2 papers",
        whole,
    )
    change(dialog.style_form, "abstract", False)
    show_preview(qtbot, window, dialog)
    plain = window.library.exporting.text(ids, style={"abstract": False}).text
    assert dialog.preview.toPlainText() == plain != whole
    qtbot.keyClicks(dialog.target.file, str(tmp_path / "out"))
    qtbot.keyClick(dialog.target.file, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert (tmp_path / "out.bib").read_text(encoding="utf-8") == plain
    assert window.status.message == f"2 papers exported. {tmp_path / 'out.bib'}"
    assert not any(each.isVisible() for each in window.findChildren(ExportDialog))


def test_without_a_file_one_is_asked_for(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    dialog = open_with(qtbot, window, CTRL_ALT)
    assert dialog.papers.which == "all"
    qtbot.mouseClick(dialog.ok, LEFT)
    asked = dialog.findChild(QFileDialog)
    assert asked
    asked.fileSelected.emit(str(tmp_path / "all.bib"))
    asked.reject()
    settle(qtbot, window)
    count = len(window.library.search.ids())
    assert (tmp_path / "all.bib").read_text(encoding="utf-8").count("@") >= count
    assert window.exports.folder == str(tmp_path)


def test_a_file_that_is_there_is_replaced_after_a_question(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "out.bib"
    file.write_text("mine")
    select_first(window, 1)
    dialog = open_with(qtbot, window, CTRL_SHIFT)
    dialog.target.file.setText(str(file))
    qtbot.mouseClick(dialog.ok, LEFT)
    box = dialog.findChild(QMessageBox)
    assert box
    assert box.text() == "“out.bib” is there already. Replace it?"
    box.reject()
    assert file.read_text() == "mine"
    qtbot.mouseClick(dialog.ok, LEFT)
    box = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    next(b for b in box.buttons() if b.text() == "Replace").click()
    settle(qtbot, window)
    assert file.read_text(encoding="utf-8").startswith("@")


def test_what_goes_wrong_is_told_in_the_dialog_which_stays(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_with(qtbot, window, CTRL_ALT)
    dialog.target.file.setText(str(tmp_path / "none" / "out.bib"))
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, window)
    assert "cannot be written" in dialog.note
    assert (dialog.isVisible(), dialog.ok.isEnabled()) == (True, True)
    dialog.target.file.setText(str(tmp_path / "out.bib"))
    assert dialog.note == ""


def test_choices_that_mean_nothing_are_told_before(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_with(qtbot, window, CTRL_ALT)
    dialog.choose("cited")
    show_preview(qtbot, window, dialog)
    assert dialog.note == "Say in which .tex, .md or .typ files, or folders, to look."
    assert not dialog.ok.isEnabled()


def test_another_format_has_another_ending_and_no_style(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_with(qtbot, window, CTRL_ALT)
    dialog.target.file.setText(str(tmp_path / "out.bib"))
    dialog.format.setCurrentIndex(dialog.format.findData("ris"))
    show_preview(qtbot, window, dialog)
    assert dialog.target.path == str(tmp_path / "out.ris")
    assert dialog.preview.toPlainText().startswith("TY  - ")
    assert (dialog.style_form.isVisible(), dict(dialog.settings().style)) == (False, {})


def test_copying_instead_of_writing(qtbot: QtBot, window: MainWindow) -> None:
    ids = select_first(window, 2)
    dialog = open_with(qtbot, window, CTRL_SHIFT)
    qtbot.mouseClick(dialog.copy, LEFT)
    settle(qtbot, window)
    text = window.library.exporting.text(ids).text
    assert QGuiApplication.clipboard().text() == text
    assert window.status.message == "Copied: 2 papers exported."


def test_picked_papers_in_an_order(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    ids = select_first(window, 9)
    dialog = open_with(qtbot, window, CTRL_SHIFT)
    dialog.order.setCurrentIndex(dialog.order.findData("title"))
    qtbot.mouseClick(dialog.descending, LEFT, pos=dialog.descending.rect().center() / 4)
    assert dialog.order.isEnabled()
    assert dialog.descending.isChecked()
    show_preview(qtbot, window, dialog)
    exporting = window.library.exporting
    text = exporting.text(ids, order="title", descending=True).text
    shown = dialog.preview.toPlainText()
    assert (text.startswith(shown), shown.count("@")) == (True, SHOWN)
    dialog.target.file.setText(str(tmp_path / "refs.bib"))
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, window)
    assert (tmp_path / "refs.bib").read_text("utf-8") == text != exporting.text(ids).text


def test_an_export_with_a_name_that_is_kept_up(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.top.search.set_query("status:to-read")
    settle(qtbot, window)
    window.trigger("export-view")
    dialog = dialog_of(window)
    file = tmp_path / "reading.bib"
    dialog.target.file.setText(str(file))
    dialog.order.setCurrentIndex(dialog.order.findData("title"))
    qtbot.mouseClick(dialog.target.keep, LEFT, pos=dialog.target.keep.rect().center() / 4)
    show_preview(qtbot, window, dialog)
    assert (dialog.target.name.text(), dialog.note, dialog.ok.text()) == (
        "reading",
        "Under this name it takes: Found by “status:to-read”.",
        "Save and export",
    )
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, window)
    (info,) = window.library.exports.list()
    assert replace(info, written="") == ExportInfo(
        info.id,
        "reading",
        ExportSettings(which="query", value="status:to-read", order="title"),
        str(file),
        True,
        "current",
        3,
    )
    assert window.status.message == f"3 papers written to {file}."
    assert window.status.mark == "reading.bib is up to date"
    assert window.undo_label == "Save export “reading”"


def test_a_file_is_called_after_its_collection(qtbot: QtBot, window: MainWindow) -> None:
    window.library.collections.create("A: B")
    window.library.collections.create("Two", window.library.collections.find("A: B"))
    window.sidebar.refresh()
    settle(qtbot, window)
    dialog = open_with(qtbot, window, CTRL_ALT)
    dialog.choose("collection")
    dialog.papers.collection.setCurrentText("A: B/Two")
    asked = dialog.target.ask()
    assert [Path(each).name for each in asked.selectedFiles()] == ["Two.bib"]
    asked.reject()
    dialog.target.keep.setChecked(True)
    assert dialog.target.name.text() == "Two"


def test_papers_picked_by_hand_cannot_be_kept(qtbot: QtBot, window: MainWindow) -> None:
    select_first(window, 2)
    dialog = open_with(qtbot, window, CTRL_SHIFT)
    assert (dialog.target.name.isEnabled(), dialog.target.keep.isEnabled()) == (False, False)
    dialog.choose("all")
    assert (dialog.target.name.isEnabled(), dialog.target.keep.isEnabled()) == (True, True)


def test_an_export_is_edited_and_renamed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    exports = window.library.exports
    before = ExportSettings("biblatex", "tag", "forget", (), "date", True, {"links": "doi"})
    exports.save("Old", before, tmp_path / "a.bib")
    exports.save("Other", ExportSettings())
    dialog = ExportDialog(
        window.library, window.jobs, [], [], ["forget"], exports.list(), "", window
    )
    dialog.edit(exports.get("Old"))
    dialog.show()
    show_preview(qtbot, window, dialog)
    assert (dialog.settings(), dialog.ok.text()) == (before, "Save")
    dialog.target.name.setText("other")
    assert dialog.note == "There is an export “Other” already: it will be changed."
    dialog.target.name.setText("New")
    change(dialog.style_form, "links", "DOI and URL")
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, window)
    after = ExportSettings("biblatex", "tag", "forget", (), "date", True)
    found = [(each.name, each.settings, each.path, each.kept) for each in exports.list()]
    assert found == [
        ("New", after, str(tmp_path / "a.bib"), False),
        ("Other", ExportSettings(), "", False),
    ]
    assert not (tmp_path / "a.bib").exists()


def test_keys_that_nobody_has_are_told(
    qtbot: QtBot, window: MainWindow, library: Library, tmp_path: Path
) -> None:
    key = library.search.rows(library.search.ids()[:1])[0].citation_key
    (tmp_path / "main.tex").write_text(f"\\cite{{{key}}} and \\cite{{nobody1999}}")
    dialog = open_with(qtbot, window, CTRL_ALT)
    dialog.choose("cited")
    dialog.papers.files.add([str(tmp_path / "main.tex")])
    dialog.target.file.setText(str(tmp_path / "main.bib"))
    show_preview(qtbot, window, dialog)
    assert key in dialog.preview.toPlainText()
    qtbot.mouseClick(dialog.ok, LEFT)
    settle(qtbot, window)
    assert (tmp_path / "main.bib").read_text(encoding="utf-8").count("@") == 1
    assert window.stage.toast
    assert window.stage.toast.accessibleName() == f"1 paper exported. {tmp_path / 'main.bib'}"
