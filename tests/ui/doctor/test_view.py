"""The check in the window, by keys and mouse: mending, ignoring, going to fields, files."""

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from refman.library import Finding, Library, Source
from refman.settings import Settings
from refman.ui.doctor.arranging import Group
from refman.ui.doctor.view import DoctorView
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
Make = Callable[..., MainWindow]

ISBN = "The check digit of the ISBN 9783161484101 is wrong: a digit is mistyped."
NO_JOURNAL = "Journal article without “Journal”."
DOI = "There is a blank in the DOI “10.1000/xyz 12”: it ends there."
CAPITALS = "“RULES OF THUMB FOR SHORT LISTS” is all in capitals."
NOTHING = "“N/A” says nothing."
STOP = "The title ends with a full stop; the style sets its own."
INITIALS = "The initials of “Gauss, D.E.” stand without a blank: only the first counts."

BY_RULE = [
    "# ISBN, ISSN, ISMN · Error · 1 paper", f"gauss2018: {ISBN}",
    "# Missing field · Warning · 1 paper", f"abel2020: {NO_JOURNAL}",
    "# DOI · Warning · 1 paper", f"abel2020: {DOI}",
    "# Title in capitals · Warning · 1 paper", f"rossi2021: {CAPITALS}",
    "# Field that says nothing · Notice · 1 paper · 1 safe fix", f"rossi2021: {NOTHING}",
    "# Full stop after the title · Notice · 2 papers · 2 safe fixes",
    f"abel2020: {STOP}", f"gauss2018: {STOP}",
    "# Initials without a blank · Notice · 1 paper · 1 safe fix", f"gauss2018: {INITIALS}",
]  # fmt: skip


@pytest.fixture
def window(make_window: Make, odd_library: Library) -> MainWindow:
    return make_window(odd_library)


@pytest.fixture
def view(qtbot: QtBot, window: MainWindow) -> DoctorView:
    """All papers checked, as Ctrl+F8 does it."""
    qtbot.keyClick(window.table, Key.Key_F8, CTRL)
    return settled(qtbot, window)


def settled(qtbot: QtBot, window: MainWindow) -> DoctorView:
    """The view, when it has nothing to do any more."""
    view = window.stage.kept_view(DoctorView)
    assert isinstance(view, DoctorView)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: view.up_to_date and not window.jobs.busy)
    return view


def rows(view: DoctorView) -> list[str]:
    """The list from top to bottom, groups with a `#`."""
    found = []
    for place, row in enumerate(view.list.findings.rows):
        if isinstance(row, Group):
            found.append(f"# {view.list.findings.index(place, 0).data()}")
        else:
            found.append(f"{row.key}: {row.message}")
    return found


def current(view: DoctorView) -> str:
    row = view.current
    return f"{row.key}: {row.message}" if isinstance(row, Finding) else ""


def choose(view: DoctorView, message: str, key: str = "") -> None:
    """Stand on a finding."""
    for place, row in enumerate(view.list.findings.rows):
        if isinstance(row, Finding) and row.message == message and key in row.key:
            view.list.select(place)
            return
    raise AssertionError(message)


def click(qtbot: QtBot, view: DoctorView, place: int, x: int = 80, *, twice: bool = False) -> None:
    """Click on a row of the list."""
    y = view.list.rowViewportPosition(place) + view.list.rowHeight(place) // 2
    act = qtbot.mouseDClick if twice else qtbot.mouseClick
    act(view.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, y))


def focused() -> str:
    """What the keyboard is in, by its accessible name."""
    widget = QApplication.focusWidget()
    return widget.accessibleName() if widget else ""


def pick(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Choose a file in the dialog that is open."""
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def title_of(library: Library, key: str) -> str:
    (entry_id,) = library.search.ids(f"key:{key}")
    return library.entries.get(entry_id).entry.title


# --- the list -------------------------------------------------------------------------------


def test_all_papers_are_checked(view: DoctorView) -> None:
    assert rows(view) == BY_RULE
    assert view.head.summary.whole == "4 papers checked · 1 error, 3 warnings, 4 notices"
    assert not view.head.is_running
    assert current(view) == f"gauss2018: {ISBN}"
    assert view.list.hasFocus()


def test_one_finding_in_full(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    choose(view, STOP, "gauss2018")
    settle(qtbot, window)
    page = view.page
    assert (page.kind.text(), page.message.toPlainText()) == (
        "Notice · Full stop after the title",
        STOP,
    )
    assert page.explanation.toPlainText().startswith("The style sets what follows a title")
    assert (page.title.toPlainText(), page.names.text(), page.key.text()) == (
        "The Book of Seeds.",
        "D.E. Gauss · 2018",
        "gauss2018",
    )
    assert (page.before.toPlainText(), page.after.toPlainText()) == (
        "The Book of Seeds.",
        "The Book of Seeds",
    )
    assert "line-through" in page.before.toHtml()
    assert view.buttons.fix_all.text() == "Fix all safe ones (4)"


def test_a_finding_without_a_fix_shows_the_field(
    qtbot: QtBot, window: MainWindow, view: DoctorView
) -> None:
    choose(view, ISBN)
    settle(qtbot, window)
    assert view.page.before.toPlainText() == "978-3-16-148410-1"
    assert view.page.after.isHidden()
    assert view.buttons.fix.isHidden()


def test_keys_go_from_finding_to_finding(qtbot: QtBot, view: DoctorView) -> None:
    qtbot.keyClick(view.list, Key.Key_Down, ALT)
    assert current(view) == f"abel2020: {NO_JOURNAL}"
    qtbot.keyClick(view.list, Key.Key_Down, ALT)
    assert current(view) == f"abel2020: {DOI}"
    qtbot.keyClick(view.list, Key.Key_Up, ALT)
    assert current(view) == f"abel2020: {NO_JOURNAL}"


def test_groups_fold(qtbot: QtBot, view: DoctorView) -> None:
    choose(view, STOP, "gauss2018")
    qtbot.keyClick(view.list, Key.Key_Left)  # to the group
    assert isinstance(view.current, Group)
    assert view.page.message.toPlainText() == "Full stop after the title"
    qtbot.keyClick(view.list, Key.Key_Left)
    folded = [row for row in BY_RULE if STOP not in row]
    assert rows(view) == folded
    qtbot.keyClick(view.list, Key.Key_Right)
    assert rows(view) == BY_RULE
    qtbot.keyClick(view.list, Key.Key_Left, CTRL)
    assert rows(view) == [row for row in BY_RULE if row.startswith("#")]
    click(qtbot, view, 0, x=12)  # its chevron
    assert rows(view)[:3] == [*BY_RULE[:2], BY_RULE[2]]
    click(qtbot, view, 0, twice=True)
    qtbot.keyClick(view.list, Key.Key_Right, CTRL)
    assert rows(view) == BY_RULE


def test_by_paper(qtbot: QtBot, view: DoctorView) -> None:
    choose(view, DOI)
    view.filters.order.setFocus()
    qtbot.keyClick(view.filters.order, Key.Key_Down)
    qtbot.waitUntil(lambda: view.up_to_date)
    assert rows(view) == [
        "# A Short Note on Long Lists. · abel2020 · 2 warnings, 1 notice · 1 safe fix",
        f"abel2020: {NO_JOURNAL}", f"abel2020: {DOI}", f"abel2020: {STOP}",
        "# The Book of Seeds. · gauss2018 · 1 error, 2 notices · 2 safe fixes",
        f"gauss2018: {ISBN}", f"gauss2018: {STOP}", f"gauss2018: {INITIALS}",
        "# RULES OF THUMB FOR SHORT LISTS · rossi2021 · 1 warning, 1 notice · 1 safe fix",
        f"rossi2021: {CAPITALS}", f"rossi2021: {NOTHING}",
    ]  # fmt: skip
    assert current(view) == f"abel2020: {DOI}"  # it stays on the same one


def test_search_and_filters(qtbot: QtBot, view: DoctorView) -> None:
    qtbot.keyClick(view.list, Key.Key_F, CTRL)
    assert view.filters.search.hasFocus()
    qtbot.keyClicks(view.filters.search, "seeds full")
    qtbot.waitUntil(lambda: len(rows(view)) == 2)
    assert rows(view) == [
        "# Full stop after the title · Notice · 1 paper · 1 safe fix",
        f"gauss2018: {STOP}",
    ]
    assert view.head.summary.whole == "4 papers checked · 1 of 8 findings shown"
    qtbot.keyClick(view.filters.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: rows(view) == BY_RULE)
    for button in list(view.filters.severities.values())[1:]:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rows(view) == BY_RULE[:2])
    qtbot.mouseClick(next(iter(view.filters.severities.values())), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.empty.heading == "No such finding")
    view.filters.clear()
    qtbot.waitUntil(lambda: rows(view) == BY_RULE)
    view.filters.rule.setFocus()
    qtbot.keyClicks(view.filters.rule, "Full")
    qtbot.waitUntil(lambda: rows(view) == BY_RULE[10:13])


def test_letters_typed_in_the_list_search(qtbot: QtBot, view: DoctorView) -> None:
    qtbot.keyClicks(view.list, "i")
    qtbot.keyClicks(view.filters.search, "sbn")
    qtbot.waitUntil(lambda: rows(view) == BY_RULE[:2])


# --- mending --------------------------------------------------------------------------------


def test_fix_goes_on_and_undo_brings_it_back(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    choose(view, STOP, "abel2020")
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    settled(qtbot, window)
    assert title_of(odd_library, "abel2020") == "A Short Note on Long Lists"
    assert current(view) == f"gauss2018: {STOP}"
    assert f"abel2020: {STOP}" not in rows(view)
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    settled(qtbot, window)
    assert current(view) == f"gauss2018: {INITIALS}"
    assert view.head.summary.whole == "4 papers checked · 1 error, 3 warnings, 2 notices"
    for _step in range(2):
        qtbot.keyClick(view.list, Key.Key_Z, CTRL)
        settled(qtbot, window)
    assert rows(view) == BY_RULE
    assert current(view) == f"gauss2018: {INITIALS}"


def test_the_last_one_mended_leads_to_the_one_before(
    qtbot: QtBot, window: MainWindow, view: DoctorView
) -> None:
    choose(view, INITIALS)
    qtbot.mouseClick(view.buttons.fix, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert current(view) == f"gauss2018: {STOP}"


def test_the_only_one_mended_and_undone(
    qtbot: QtBot, window: MainWindow, odd_library: Library
) -> None:
    source = Source.from_text("@misc{new1, title={New.}, author={Doe, Jo}, year={2020}}", "n.bib")
    odd_library.importing.run(source)
    window.refresh()
    settle(qtbot, window)
    window.table.select_id(odd_library.search.ids("key:new1")[0])
    window.trigger("check-selection")
    view = settled(qtbot, window)
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    settled(qtbot, window)
    assert view.empty.heading == "Nothing found"
    assert view.head.back.hasFocus()
    qtbot.keyClick(view.head.back, Key.Key_Z, CTRL)
    settled(qtbot, window)
    assert current(view) == f"new1: {STOP}"
    assert view.list.hasFocus()


def test_a_fix_that_does_not_fit_any_more(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    choose(view, STOP, "abel2020")
    (entry_id,) = odd_library.search.ids("key:abel2020")
    window.jobs.library_changed.disconnect(view.checkup._follow)  # as if it were not told yet
    odd_library.entries.edit(entry_id, {"title": "Another Title."})
    window.jobs.library_changed.connect(view.checkup._follow)
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    settled(qtbot, window)
    assert title_of(odd_library, "abel2020") == "Another Title."
    assert f"abel2020: {STOP}" in rows(view)
    choose(view, STOP, "abel2020")
    assert view.buttons.fix.isEnabled()
    assert view.page.title.toPlainText() == "Another Title."


def test_all_safe_ones_are_one_step(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    qtbot.mouseClick(view.buttons.fix_all, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert rows(view) == BY_RULE[:8]
    assert view.buttons.fix_all.isHidden()
    assert odd_library.history.undo_label == "Mend 3 papers"
    qtbot.keyClick(view.list, Key.Key_Z, CTRL)
    settled(qtbot, window)
    assert rows(view) == BY_RULE


def test_mending_can_be_stopped(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    before, go_on = rows(view), Event()
    window.jobs.write("Wait", lambda: go_on.wait(30))
    long: list[bool] = []
    window.jobs.queue_changed.connect(lambda: long.extend(j.long for j in window.jobs.queue[1:]))
    qtbot.mouseClick(view.buttons.fix_all, Qt.MouseButton.LeftButton)
    window.jobs.cancel_all()
    go_on.set()
    settled(qtbot, window)
    assert long == [True]
    assert rows(view) == before
    assert view.buttons.fix_all.isEnabled()


def test_all_safe_ones_are_those_that_are_shown(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    view.filters.search.setText("initials")
    qtbot.waitUntil(lambda: len(rows(view)) == 2)
    assert view.buttons.fix_all.text() == "Fix all safe ones (1)"
    qtbot.mouseClick(view.buttons.fix_all, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    view.filters.clear()
    qtbot.waitUntil(lambda: rows(view) == BY_RULE[:-2])


def test_the_safe_ones_of_a_group(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    view.list.select(10)
    assert view.buttons.fix.text() == "Fix the 2 safe ones here"
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    settled(qtbot, window)
    assert rows(view) == [*BY_RULE[:10], *BY_RULE[13:]]


def test_ignored_findings_come_back(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    choose(view, DOI)
    qtbot.keyClick(view.list, Key.Key_Delete)
    settled(qtbot, window)
    assert rows(view) == [*BY_RULE[:4], *BY_RULE[6:]]
    assert current(view) == f"rossi2021: {CAPITALS}"
    assert view.foot.ignored.text() == "1 ignored: bring it back"
    qtbot.mouseClick(view.foot.ignored, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert rows(view) == BY_RULE
    assert view.foot.ignored.isHidden()
    qtbot.keyClick(view.list, Key.Key_Z, CTRL)
    settled(qtbot, window)
    assert rows(view) == [*BY_RULE[:4], *BY_RULE[6:]]


# --- going to the papers and back ------------------------------------------------------------


def test_go_to_the_field_and_back(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    choose(view, ISBN)
    qtbot.keyClick(view.list, Key.Key_Return)
    settle(qtbot, window)
    assert window.stage.review is None
    qtbot.waitUntil(lambda: focused() == "ISBN")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    assert line.text() == "978-3-16-148410-1"
    line.setText("978-3-16-148410-0")
    qtbot.keyClick(line, Key.Key_Return)
    settle(qtbot, window)
    qtbot.keyClick(line, Key.Key_F8, CTRL)
    assert settled(qtbot, window) is view
    assert rows(view) == BY_RULE[2:]
    assert current(view) == f"abel2020: {NO_JOURNAL}"


@pytest.mark.parametrize(
    ("message", "field"),
    [
        pytest.param(STOP, "Title", id="title"),
        pytest.param(NO_JOURNAL, "Journal", id="a field that is missing"),
        pytest.param(INITIALS, "Authors: D.E. Gauss", id="names"),
    ],
)
def test_go_to_fields(
    qtbot: QtBot, window: MainWindow, view: DoctorView, message: str, field: str
) -> None:
    choose(view, message)
    qtbot.mouseClick(view.buttons.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: focused() == field)


def test_show_the_paper(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    choose(view, ISBN)
    qtbot.mouseClick(view.page.paper, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.stage.review is None
    row = window.library.search.rows([window.table.current_id()])[0]
    assert row.citation_key == "gauss2018"


def test_escape_leads_back(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    qtbot.keyClick(view.list, Key.Key_Escape)
    assert window.stage.review is None
    assert window.table.hasFocus()


def test_what_changed_meanwhile_is_looked_at_when_it_is_shown_again(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    qtbot.keyClick(view.list, Key.Key_Escape)
    (entry_id,) = odd_library.search.ids("key:rossi2021")
    window.jobs.write("Trash", lambda: odd_library.entries.trash([entry_id]))
    settle(qtbot, window)
    assert rows(view) == BY_RULE
    qtbot.keyClick(window.table, Key.Key_F8, CTRL)
    settled(qtbot, window)
    assert rows(view) == [*BY_RULE[:6], *BY_RULE[10:]]


def test_papers_that_come_in_are_looked_at(
    qtbot: QtBot, window: MainWindow, view: DoctorView, odd_library: Library
) -> None:
    source = Source.from_text("@misc{new1, title={New.}, author={Doe, Jo}, year={2020}}", "n.bib")
    window.jobs.write("Import", lambda: odd_library.importing.run(source))
    settled(qtbot, window)
    assert rows(view)[11:14] == [f"abel2020: {STOP}", f"gauss2018: {STOP}", f"new1: {STOP}"]


def test_what_a_change_settles_in_another_paper(
    qtbot: QtBot, make_window: Make, odd_library: Library
) -> None:
    first, other = (odd_library.search.ids(f"key:{key}")[0] for key in ("rossi2021", "well2022"))
    for entry_id in (first, other):
        odd_library.entries.edit(entry_id, {"doi": "10.5555/12"})
    window = make_window(odd_library)
    window.trigger("check")
    view = settled(qtbot, window)
    shared = [each.key for each in view.findings if each.rule == "shared-identifier"]
    assert shared == ["rossi2021", "well2022"]
    window.jobs.write("Edit", lambda: odd_library.entries.edit(first, {"doi": "10.5555/13"}))
    settled(qtbot, window)
    assert [each for each in view.findings if each.rule == "shared-identifier"] == []


# --- what is checked -------------------------------------------------------------------------


def test_selected_papers(qtbot: QtBot, window: MainWindow, odd_library: Library) -> None:
    window.table.select_id(odd_library.search.ids("key:rossi2021")[0])
    window.trigger("check-selection")
    view = settled(qtbot, window)
    assert rows(view) == BY_RULE[6:10]
    assert view.head.summary.whole == "1 paper checked · 1 warning, 1 notice"


def test_papers_in_view(qtbot: QtBot, window: MainWindow) -> None:
    window.top.search.set_query("seeds")
    settle(qtbot, window)
    window.trigger("check-view")
    view = settled(qtbot, window)
    assert {row.key for row in view.findings} == {"gauss2018"}


def test_nothing_found(qtbot: QtBot, window: MainWindow) -> None:
    window.top.search.set_query("key:well2022")
    settle(qtbot, window)
    window.trigger("check-view")
    view = settled(qtbot, window)
    assert view.empty.isVisible()
    assert view.empty.heading == "Nothing found"
    assert view.filters.isHidden()
    assert not view.head.copy.isEnabled()


def test_an_empty_library(qtbot: QtBot, make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library)
    window.trigger("check")
    assert settled(qtbot, window).empty.heading == "No papers"


def test_a_file(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@misc{a,\n  title = {A Note.},\n  author = {Doe, Jo},\n  year = {2020}\n}\n"
        "@misc{b,\n  title = {Open {Braces},\n  year = {2020}\n}\n",
        encoding="utf-8",
    )
    window.trigger("check-file")
    pick(qtbot, window, path)
    view = settled(qtbot, window)
    found = [(each.line, each.key, each.rule) for each in view.findings]
    assert (2, "a", "title-stop") in found
    assert any(line > 5 and rule == "reading" for line, _key, rule in found)
    choose(view, STOP)
    assert view.page.place.text() == "refs.bib, line 2"
    assert (view.page.before.toPlainText(), view.page.after.toPlainText()) == ("A Note.", "A Note")
    assert view.page.note.text().startswith("A file is only read here.")
    assert [view.buttons.fix.isHidden(), view.buttons.ignore.isHidden()] == [True, True]
    assert view.buttons.fix_all.isHidden()
    assert view.buttons.go.text() == "Open the file"
    path.write_text("@misc{a, title = {A Note}, year = {2020}}", encoding="utf-8")
    qtbot.keyClick(view.list, Key.Key_F5)
    settled(qtbot, window)
    assert view.empty.heading == "Nothing found"


def test_a_file_that_cannot_be_read(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.trigger("check-file")
    pick(qtbot, window, tmp_path / "none.bib")
    view = settled(qtbot, window)
    assert view.empty.heading == "This cannot be checked"
    assert not window.errors.isVisible()


def test_what_can_be_checked_is_offered(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    view.head.what.menu().aboutToShow.emit()
    offered = [(each.text(), each.isEnabled()) for each in view.head.what.menu().actions()]
    assert offered == [
        ("All papers", True),
        ("Selected papers (0)", False),
        ("Papers in view (4)", True),
        ("A .bib file …", True),
    ]


# --- stopping, copying, reading only ---------------------------------------------------------


def test_stop_and_check_again(qtbot: QtBot, window: MainWindow) -> None:
    window.trigger("check")
    view = window.stage.kept_view(DoctorView)
    assert isinstance(view, DoctorView)
    assert view.head.is_running
    qtbot.mouseClick(view.head.stop, Qt.MouseButton.LeftButton)
    settled(qtbot, window)
    assert (view.head.is_running, rows(view), view.empty.heading) == (False, [], "Stopped")
    qtbot.keyClick(view, Key.Key_F5)
    settled(qtbot, window)
    assert rows(view) == BY_RULE


def test_leaving_while_it_runs_makes_it_rest(qtbot: QtBot, window: MainWindow) -> None:
    window.trigger("check")
    view = window.stage.kept_view(DoctorView)
    assert isinstance(view, DoctorView)
    window.stage.close_review()
    settle(qtbot, window)
    assert (view.checkup.running, rows(view)) == (True, [])
    window.trigger("check")
    settled(qtbot, window)
    assert rows(view) == BY_RULE


def test_copy(qtbot: QtBot, window: MainWindow, view: DoctorView) -> None:
    choose(view, STOP, "abel2020")
    qtbot.keyClick(view.list, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == (
        f"abel2020: {STOP} [title]\n"
        "A Short Note on Long Lists. → A Short Note on Long Lists\n"
        "The style sets what follows a title, so that two full stops may stand there. Delete it.\n"
    )
    qtbot.mouseClick(view.head.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("All papers: 4 papers checked · 1 error, 3 warnings, 4 notices\n\n")
    assert text.count("\n  ") == 8 + 6  # the findings, and what they would become


def test_a_library_that_can_only_be_read(
    qtbot: QtBot, make_window: Make, odd_library: Library, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.refman"
    odd_library.backup(copy)
    reading = Library.open(copy, read_only=True)
    window = make_window(reading)
    window.trigger("check")
    view = settled(qtbot, window)
    choose(view, STOP, "abel2020")
    assert rows(view) == BY_RULE
    hidden = [view.buttons.fix, view.buttons.ignore, view.buttons.fix_all, view.foot.ignored]
    assert [button.isHidden() for button in hidden] == [True] * 4
    assert view.page.note.text() == "This library can be read, not changed."
    qtbot.keyClick(view.list, Key.Key_Return, CTRL)
    qtbot.keyClick(view.list, Key.Key_Delete)
    settled(qtbot, window)
    assert rows(view) == BY_RULE


def test_in_dark_and_in_large_text(qtbot: QtBot, make_window: Make, odd_library: Library) -> None:
    window = make_window(odd_library, Settings(theme="dark", text_scale=1.6))
    window.trigger("check")
    view = settled(qtbot, window)
    choose(view, STOP, "abel2020")
    height = view.list.rowHeight(0)
    assert height >= 2 * view.list.fontMetrics().height()
    window.trigger("theme-light")
    window.trigger("text-usual")
    assert view.list.rowHeight(0) < height
    assert "#fdecea" in view.page.before.toHtml()
