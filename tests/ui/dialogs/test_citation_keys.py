"""Citation keys made anew in the window, by keys and mouse: patterns, the table, the change."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman import paths
from refman.library import Library
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.model.key_pattern import MARKERS, MODIFIERS, parse
from refman.ui import menus
from refman.ui.dialogs.citation_keys.changes_model import NEW, NOTE, OLD, TITLE
from refman.ui.dialogs.citation_keys.dialog import TYPING, CitationKeysDialog
from refman.ui.dialogs.citation_keys.marker_list import parts
from refman.ui.dialogs.citation_keys.pattern_line import PatternLine
from refman.ui.dialogs.help import HelpDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

ATTENTION = Entry(
    entry_type="inproceedings",
    title="Attention Is All You Need",
    creators=tuple(
        Creator(family=family, given=given)
        for given, family in (
            ("Ashish", "Vaswani"),
            ("Noam", "Shazeer"),
            ("Niki", "Parmar"),
            ("Jakob", "Uszkoreit"),
        )
    ),
    date="2017-06-12",
    fields={"eprint": "1706.03762"},
)
ADAM = Entry(
    entry_type="article",
    title="Adam: A Method for Stochastic Optimization",
    creators=(Creator(family="Kingma", given="Diederik"), Creator(family="Ba", given="Jimmy")),
    date="2014",
)
NAMELESS = Entry(entry_type="article", title="On Nothing", date="1999")
KEYS = ["kingma2014adam", "nothing1999", "vaswani2017attention"]

Row = tuple[bool, str, str, str, str]


@pytest.fixture
def library(empty_library: Library) -> Library:
    """Three papers, of which one's key was given out."""
    ids = [
        entry_id
        for entry in (ATTENTION, ADAM, NAMELESS)
        for entry_id in empty_library.entries.add(entry).entries
    ]
    empty_library.citation_keys.change(
        dict(zip(ids, ("vaswani2017attention", "kingma2014adam", "nothing1999"), strict=True))
    )
    empty_library.citation_keys.give_out(ids[:1])
    return empty_library


def open_dialog(qtbot: QtBot, window: MainWindow) -> CitationKeysDialog:
    """By its keys."""
    qtbot.keyClick(window.table, Key.Key_G, CTRL)
    dialog = window.findChild(CitationKeysDialog)
    assert dialog
    qtbot.waitUntil(dialog.isVisible)
    settle(qtbot, window)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow) -> CitationKeysDialog:
    """On all papers in view, sorted by title."""
    window.pane.sort_by("title", False)
    settle(qtbot, window)
    window.table.clearSelection()
    return open_dialog(qtbot, window)


def write(qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog, pattern: str) -> None:
    """Type a pattern in the place of what is there, and wait for the table."""
    line = dialog.form.line
    line.setFocus()
    qtbot.keyClick(line, Key.Key_A, CTRL)
    qtbot.keyClicks(line, pattern)
    line._completer.popup().hide()  # type: ignore[union-attr]
    dialog.activateWindow()  # which a popup takes away, where no window manager is
    qtbot.wait(TYPING + 50)
    settle(qtbot, window)


def rows(dialog: CitationKeysDialog) -> list[Row]:
    """What the table shows: chosen, old key, new key, title, and what is to be known."""
    model = dialog.model
    return [
        (
            model.index(row, OLD).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked,
            *(model.index(row, column).data() for column in (OLD, NEW, TITLE, NOTE)),
        )
        for row in range(model.rowCount())
    ]


def keys(library: Library) -> list[str]:
    return sorted(row.citation_key for row in library.search.rows(library.search.ids()))


def preview(dialog: CitationKeysDialog) -> str:
    """What stands below the line, as it is read."""
    text = re.sub(r"<[^>]+>", "", dialog.form.outcome.text())
    return " ".join(text.replace("&nbsp;", " ").replace("&quot;", '"').split())


# --- the pattern --------------------------------------------------------------------------


def test_it_opens_with_the_pattern_of_the_library(dialog: CitationKeysDialog) -> None:
    assert dialog.form.line.text() == "[default]"
    assert dialog.form.types.currentText() == "all papers"
    assert preview(dialog) == "kingma2014adam for “Adam: A Method for Stochastic Optimization”"
    assert dialog.form.state.text() == "refman's own pattern: new papers get their keys by it."
    assert [(row[1], row[2]) for row in rows(dialog)] == []
    assert dialog.all.text() == "No key would change"
    assert not dialog.change.isEnabled()
    assert QApplication.focusWidget() is dialog.form.line


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        pytest.param("[auth:upper]", "KINGMA for “Adam: A Method for Stochastic Optimization”"),
        pytest.param(
            "[EDITION]",
            "gives nothing for “Adam: A Method for Stochastic Optimization”, which keeps its key",
            id="nothing",
        ),
        pytest.param(
            "[auth][yaer]",
            "▲ Character 8: There is no marker [yaer]: did you mean [year]? A field is written "
            "in capitals.",
            id="no such marker",
        ),
        pytest.param(
            "[auth:lowr]",
            "▲ Character 7: There is no modifier “:lowr”: did you mean :lower?",
            id="no such modifier",
        ),
        pytest.param(
            "[auth",
            "▲ Character 1: This [ is not closed: put a ] behind the marker.",
            id="not closed",
        ),
    ],
)
def test_the_line_says_what_a_pattern_gives(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog, pattern: str, told: str
) -> None:
    write(qtbot, window, dialog, pattern)
    assert preview(dialog) == told
    position = re.match(r"▲ Character (\d+)", told)
    assert dialog.form.line.wrong_at == (int(position[1]) if position else None)
    assert dialog.form.line.accessibleDescription() == dialog.form.problem


def test_a_wrong_pattern_changes_nothing(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    shown = rows(dialog)
    write(qtbot, window, dialog, "[auth")
    assert rows(dialog) == shown
    assert dialog.form.state.text() == "The table shows the pattern before."
    assert not dialog.change.isEnabled()
    assert not dialog.form.keep.isEnabled()


def test_a_pattern_is_kept_for_the_library_and_taken_away(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth][year]")
    assert dialog.form.state.text() == (
        "Only tried so far: new papers do not get their keys by it."
    )
    qtbot.mouseClick(dialog.form.keep, LEFT)
    settle(qtbot, window)
    assert window.library.citation_keys.patterns() == {"": "[auth][year]"}
    assert dialog.form.state.text() == (
        "The pattern of this library: new papers get their keys by it."
    )
    assert keys(window.library) == KEYS
    assert dialog.form.drop.text() == "Back to refman's own"
    qtbot.mouseClick(dialog.form.drop, LEFT)
    settle(qtbot, window)
    assert window.library.citation_keys.patterns() == {}
    assert dialog.form.line.text() == "[default]"


def test_a_type_has_a_pattern_of_its_own(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    types = dialog.form.types
    types.setFocus()
    for _step in range(types.findData("article")):
        qtbot.keyClick(types, Key.Key_Down)
    assert types.currentText() == "Journal article"
    write(qtbot, window, dialog, "A-[title:abbr]")
    assert [row[1:3] for row in rows(dialog)] == [
        ("kingma2014adam", "A-AaMfSO"),
        ("nothing1999", "A-ON"),
    ]
    qtbot.mouseClick(dialog.form.keep, LEFT)
    settle(qtbot, window)
    assert window.library.citation_keys.patterns() == {"article": "A-[title:abbr]"}
    assert types.currentText() == "Journal article (own)"
    qtbot.keyClick(types, Key.Key_Home)
    assert types.currentText() == "all other papers"
    write(qtbot, window, dialog, "[auth]")
    assert [row[1:3] for row in rows(dialog)] == [("vaswani2017attention", "Vaswani")]


# --- writing ------------------------------------------------------------------------------


@pytest.fixture
def line(qtbot: QtBot, home: object) -> PatternLine:
    line = PatternLine()
    qtbot.addWidget(line)
    with qtbot.waitActive(line):
        line.show()
    line.setFocus()
    return line


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("[", list(MARKERS), id="any marker"),
        pytest.param("[auth][ye", ["year"], id="a marker that begins so"),
        pytest.param("[year", [], id="a whole one"),
        pytest.param("[auth:", list(MODIFIERS), id="any modifier"),
        pytest.param("[auth:abbr:t", ["titlecase", "truncateN"], id="a second modifier"),
        pytest.param("[auth]", [], id="behind a marker"),
    ],
)
def test_what_is_typed_is_completed(
    qtbot: QtBot, line: PatternLine, typed: str, offered: list[str]
) -> None:
    qtbot.keyClicks(line, typed)
    assert list(line.offers()) == offered
    assert line._completer.popup().isVisible() == bool(offered)  # type: ignore[union-attr]


def test_a_completion_is_taken_by_the_keyboard(qtbot: QtBot, line: PatternLine) -> None:
    qtbot.keyClicks(line, "[author")
    popup = line._completer.popup()
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert line.text() == "[authors3]"
    assert line.selectedText() == "3"
    qtbot.keyClicks(line, "2")
    qtbot.keyClick(line, Key.Key_End)
    qtbot.keyClicks(line, "[year:lo")
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert (line.text(), line.cursorPosition()) == ("[authors2][year:lower]", 22)


@pytest.mark.parametrize(
    ("before", "place", "kind", "name", "after", "selected"),
    [
        pytest.param("", 0, "marker", "year", "[year]", "", id="into an empty line"),
        pytest.param("[auth]", 6, "marker", "authN_M", "[auth][auth3_1]", "3", id="numbers"),
        pytest.param("[auth]", 3, "marker", "year", "[auth][year]", "", id="not into another"),
        pytest.param("[title]", 7, "marker", "shorttitleINI", "[title][shorttitleINI]", "",
                     id="an N that is no number"),
        pytest.param("[auth]", 6, "modifier", "lower", "[auth:lower]", "", id="a modifier"),
        pytest.param("[auth][year]", 4, "modifier", "truncateN", "[auth:truncate3][year]", "3",
                     id="of the marker at the cursor"),
        pytest.param("[auth]", 0, "modifier", "(text)", "[auth:(text)]", "text", id="a text"),
        pytest.param("x", 1, "modifier", "lower", "x", "", id="without a marker"),
    ],
)  # fmt: skip
def test_a_part_is_put_in_at_the_cursor(
    line: PatternLine, before: str, place: int, kind: str, name: str, after: str, selected: str
) -> None:
    line.setText(before)
    line.setCursorPosition(place)
    (line.put_marker if kind == "marker" else line.put_modifier)(name)
    assert (line.text(), line.selectedText()) == (after, selected)


def test_whatever_is_put_in_can_be_read(line: PatternLine) -> None:
    for part in parts():
        line.setText("[auth]")
        line.setCursorPosition(6)
        (line.put_modifier if part.behind else line.put_marker)(part.name)
        assert parse(line.text()).text == line.text()


def test_a_click_on_a_marker_writes_it(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    markers = dialog.markers
    qtbot.keyClicks(markers.filter, "small letters")
    assert markers.shown == [":lower"]
    view = markers.list
    spot = view.visualRect(view.model().index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    assert dialog.form.line.text() == "[auth:lower]"
    assert QApplication.focusWidget() is dialog.form.line
    markers.filter.setFocus()
    qtbot.keyClick(markers.filter, Key.Key_A, CTRL)
    qtbot.keyClicks(markers.filter, "last two digits")
    qtbot.keyClick(markers.filter, Key.Key_Return)
    qtbot.keyClick(view, Key.Key_Return)
    assert dialog.form.line.text() == "[auth:lower][shortyear]"
    assert dialog.isVisible()


# --- the table ----------------------------------------------------------------------------

TRIED = [
    (True, "kingma2014adam", "Kingma", "Adam: A Method for Stochastic Optimization", ""),
    (
        False,
        "vaswani2017attention",
        "Vaswani",
        "Attention Is All You Need",
        "Given out: may be cited",
    ),
]
STAYS = (False, "nothing1999", "stays", "On Nothing", "The pattern gives nothing for this paper.")


def test_keys_that_were_given_out_are_not_chosen(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    assert rows(dialog) == TRIED
    assert dialog.all.text() == "1 of 2 chosen"
    assert dialog.all.checkState() == Qt.CheckState.PartiallyChecked
    assert dialog.change.text() == "Change (1)"
    assert dialog.told.text() == (
        "1 paper has its key by this pattern already, or the pattern gives nothing. "
        "1 key was given out, copied or exported, and is changed only if you choose it."
    )
    assert dialog.warning.isHidden()
    assert dialog.model.index(1, NOTE).data(Qt.ItemDataRole.ToolTipRole) == (
        "This key was given out: it may be cited in your texts."
    )


def test_those_that_stay_can_be_seen(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    qtbot.mouseClick(dialog.only, LEFT, pos=QPoint(8, dialog.only.height() // 2))
    assert rows(dialog) == [*TRIED, STAYS]
    stays = dialog.model.index(2, OLD)
    assert stays.data(Qt.ItemDataRole.CheckStateRole) is None


def test_keys_are_chosen_by_keyboard_and_mouse(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    qtbot.keyClick(dialog.form.line, Key.Key_Return)
    table = dialog.table
    assert QApplication.focusWidget() is table
    qtbot.keyClick(table, Key.Key_Space)
    assert [row[0] for row in rows(dialog)] == [False, False]
    assert dialog.change.text() == "Change"
    assert not dialog.change.isEnabled()
    qtbot.keyClick(table, Key.Key_Down, SHIFT)
    qtbot.keyClick(table, Key.Key_Space)
    assert [row[0] for row in rows(dialog)] == [True, True]
    assert dialog.warning.isVisible()
    assert dialog.warning.text() == (
        "1 of the chosen keys was given out and may be cited in your texts. Its paper goes on "
        "to be found by it, and refman offers to rewrite the files that cite it."
    )
    box = table.visualRect(dialog.model.index(0, OLD))
    qtbot.mouseClick(table.viewport(), LEFT, pos=QPoint(box.left() + 11, box.center().y()))
    assert [row[0] for row in rows(dialog)] == [False, True]
    spot = QPoint(8, dialog.all.height() // 2)
    qtbot.mouseClick(dialog.all, LEFT, pos=spot)
    assert [row[0] for row in rows(dialog)] == [True, True]
    qtbot.mouseClick(dialog.all, LEFT, pos=spot)
    assert [row[0] for row in rows(dialog)] == [False, False]


@pytest.mark.parametrize(
    ("choice", "changed"),
    [
        pytest.param("The selected paper", ["kingma2014adam"], id="selected"),
        pytest.param("The 2 papers in view", ["kingma2014adam", "nothing1999"], id="in view"),
        pytest.param("All papers", KEYS, id="all"),
    ],
)
def test_it_is_about_the_papers_that_were_chosen(
    qtbot: QtBot, window: MainWindow, choice: str, changed: list[str]
) -> None:
    window.pane.sort_by("title", False)
    window.top.search.set_query("type:article")
    settle(qtbot, window)
    window.table.select_id(window.library.search.ids("adam")[0])
    dialog = open_dialog(qtbot, window)
    assert [dialog.papers.itemText(i) for i in range(dialog.papers.count())] == [
        "The selected paper",
        "The 2 papers in view",
        "All papers",
    ]
    dialog.papers.setFocus()
    while dialog.papers.currentText() != choice:
        qtbot.keyClick(dialog.papers, Key.Key_Down)
    write(qtbot, window, dialog, "[title]")
    assert [row[1] for row in rows(dialog)] == changed


# --- the change ---------------------------------------------------------------------------


def test_the_chosen_keys_are_changed_and_the_old_ones_go_on(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    qtbot.mouseClick(dialog.change, LEFT)
    settle(qtbot, window)
    assert keys(window.library) == ["Kingma", "nothing1999", "vaswani2017attention"]
    (adam,) = window.library.search.ids("key:kingma2014adam")
    assert window.library.citation_keys.aliases([adam]) == {adam: ("kingma2014adam",)}
    toast = window.stage.toast
    assert toast
    assert toast.accessibleName() == "kingma2014adam is Kingma now"
    assert [button.text() for button in toast.buttons] == [
        "Undo",
        "Rewrite \\cite in your files …",
    ]
    qtbot.mouseClick(toast.buttons[0], LEFT)
    settle(qtbot, window)
    assert keys(window.library) == KEYS


def test_escape_changes_nothing(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    qtbot.keyClick(dialog.table, Key.Key_Escape)
    settle(qtbot, window)
    assert window.findChild(CitationKeysDialog) is None or not dialog.isVisible()
    assert keys(window.library) == KEYS
    assert window.stage.toast is None


def test_it_follows_a_change_made_elsewhere(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    write(qtbot, window, dialog, "[auth]")
    library = window.library
    (adam,) = library.search.ids("adam")
    window.jobs.write("Edit", lambda: library.citation_keys.change({adam: "Kingma"}))
    settle(qtbot, window)
    assert [row[1:3] for row in rows(dialog)] == [("vaswani2017attention", "Vaswani")]


def test_help_explains_patterns(
    qtbot: QtBot, window: MainWindow, dialog: CitationKeysDialog
) -> None:
    qtbot.keyClick(dialog.form.line, Key.Key_F1)
    shown = window.findChild(HelpDialog)
    assert shown
    assert shown.page.toPlainText().startswith("Citation keys")
    shown.close()


def test_it_is_in_the_menus(window: MainWindow) -> None:
    window.table.selectAll()
    window.state_changed.emit()
    (paper_menu,) = [entries for title, entries in menus.MENUS if title == "&Paper"]
    assert {"citation-keys", "rewrite-citations"} <= set(paper_menu)
    context = menus.context_menu(window)
    assert window.commands["citation-keys"] in context.actions()


def test_every_control_has_a_name_and_a_tool_tip(dialog: CitationKeysDialog) -> None:
    form, markers = dialog.form, dialog.markers
    controls = [form.types, form.line, form.keep, form.drop, markers.filter, markers.list,
                dialog.papers, dialog.only, dialog.all, dialog.table]  # fmt: skip
    assert [control for control in controls if not control.toolTip()] == []
    unnamed = [
        control
        for control in controls
        if not control.accessibleName() and not getattr(control, "text", str)()
    ]
    assert unnamed == []


# --- the help page ------------------------------------------------------------------------

PAGE = paths.resource("help/citation-keys.md").read_text(encoding="utf-8")


def test_the_page_has_every_marker_and_modifier() -> None:
    listed = [
        *(f"| `[{name}]` | {meaning} |" for name, meaning in MARKERS.items()),
        *(f"| `:{name}` | {meaning} |" for name, meaning in MODIFIERS.items()),
    ]
    assert [line for line in PAGE.splitlines() if line.startswith(("| `[", "| `:"))][6:] == listed


@pytest.mark.parametrize(
    ("pattern", "key"), re.findall(r"^\| `(\[[^`]*)` \| ([\w.:+-]+)", PAGE, re.MULTILINE)[:6]
)
def test_the_page_tells_the_truth(pattern: str, key: str) -> None:
    entry = NAMELESS.with_values(date="2017") if key.startswith("anon") else ATTENTION
    made: Callable[[Entry], str] = parse(pattern).key
    assert made(entry) == key
