"""Papers copied and dragged into texts, by keys, menus and drops."""

import subprocess
import sys
from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from refman import settings
from refman.db import schema
from refman.library.styles import DEFAULT
from refman.model.entry import Entry
from refman.settings import Citing, Settings
from refman.ui import citing, menus
from refman.ui.citing import KINDS
from refman.ui.main_window import MainWindow
from refman.ui.widgets.mime import ENTRIES, entries_in
from tests.ui.conftest import settle

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

CITATION = "(Kingma & Ba, 2014)"
ENTRY = "Kingma, D. P., & Ba, J. (2014, December 22). Adam: A Method for Stochastic Optimization."
ENTRY_HTML = (
    '<div class="csl-bib-body">\n'
    '  <div class="csl-entry">Kingma, D. P., &amp; Ba, J. (2014, December 22). '
    "<i>Adam: A Method for Stochastic Optimization</i>.</div>\n</div>"
)
ENTRY_MARKDOWN = ENTRY.replace("Adam", "*Adam").replace("tion.", "tion*.")


def choose(qtbot: QtBot, window: MainWindow, *queries: str) -> list[int]:
    """Select the papers that the queries find; their ids."""
    window.table.setFocus()
    window.table.clearSelection()
    model = window.table.selectionModel()
    ids = [window.library.search.ids(query)[0] for query in queries]
    for entry_id in ids:
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        row = window.table.entries.row_of(entry_id)
        model.setCurrentIndex(window.table.entries.index(row, 1), flags)
    settle(qtbot, window)
    return list(window.table.selected_ids())


def cite_by(window: MainWindow, **values: str) -> None:
    window.settings = replace(window.settings, citing=replace(window.settings.citing, **values))  # type: ignore[arg-type]


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def given_out(window: MainWindow) -> list[str]:
    with window.library.database.read() as connection:
        return sorted(connection.scalars(select(schema.citation_key_given.c.key)))


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> None:
    QGuiApplication.clipboard().setText("nothing yet")


# --- copying ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "html", "told", "given"),
    [
        pytest.param(
            Key.Key_A, CTRL | SHIFT, CITATION, "(Kingma &amp; Ba, 2014)", f"Copied {CITATION}", [],
            id="citation",
        ),
        pytest.param(
            Key.Key_C, CTRL | SHIFT, ENTRY, ENTRY_HTML, "Copied the bibliography of 1 paper.", [],
            id="bibliography",
        ),
        pytest.param(
            Key.Key_K, CTRL, r"\cite{kingma2014adam}", "", r"Copied \cite{kingma2014adam}",
            ["kingma2014adam"], id="cite",
        ),
        pytest.param(
            Key.Key_K, CTRL | SHIFT, "kingma2014adam", "", "Copied kingma2014adam",
            ["kingma2014adam"], id="key",
        ),
    ],
)  # fmt: skip
def test_copying_by_key(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier,
    text: str, html: str, told: str, given: list[str],
) -> None:  # fmt: skip
    choose(qtbot, window, "adam method")
    qtbot.keyClick(window.table, key, modifiers)
    settle(qtbot, window)
    copied = (clipboard().text(), clipboard().html(), window.status.message, given_out(window))
    assert copied == (text, html, told, given)


def submenu(menu: QMenu, title: str) -> QMenu:
    found = [action.menu() for action in menu.actions() if action.text() == title]
    assert isinstance(found[0], QMenu)
    return found[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param(r"\cite{…}", r"\cite{kingma2014adam}", id="LaTeX"),
        pytest.param("Pandoc [@…]", "[@kingma2014adam]", id="Pandoc"),
        pytest.param("Typst @…", "@kingma2014adam", id="Typst"),
        pytest.param("Citation key", "kingma2014adam", id="key"),
        pytest.param("Citation", CITATION, id="citation"),
        pytest.param("Bibliography", ENTRY, id="bibliography"),
        pytest.param("Title", "Adam: A Method for Stochastic Optimization", id="title"),
        pytest.param("DOI or link", "https://doi.org/10.1000/182", id="link"),
    ],
)
def test_copy_as_in_the_menu_of_the_papers(
    qtbot: QtBot, window: MainWindow, name: str, text: str
) -> None:
    (paper,) = choose(qtbot, window, "adam method")
    if name == "DOI or link":
        window.library.entries.edit(paper, {"doi": "10.1000/182"})
    inner = submenu(menus.context_menu(window), "Cop&y as")
    inner.aboutToShow.emit()
    names = [action.text().replace("&", "").split("\t")[0] for action in inner.actions()]
    assert [each for each in names if each] == [
        "BibTeX", "BibLaTeX", r"\cite{…}", "Pandoc [@…]", "Typst @…", "Citation key",
        "Citation", "Bibliography", "Title", "DOI or link",
    ]  # fmt: skip
    inner.actions()[names.index(name)].trigger()
    settle(qtbot, window)
    assert clipboard().text() == text


@pytest.mark.parametrize("format_name", ["bibtex", "biblatex"])
def test_copying_as_bibtex_and_biblatex(qtbot: QtBot, window: MainWindow, format_name: str) -> None:
    ids = choose(qtbot, window, "adam method", "wasserstein")
    window.trigger(f"copy-{format_name}")
    settle(qtbot, window)
    assert clipboard().text() == window.library.exporting.text(ids, format_name).text


def test_several_papers_are_cited_together(qtbot: QtBot, window: MainWindow) -> None:
    choose(qtbot, window, "adam method", "wasserstein gan")
    window.trigger("copy-citation")
    settle(qtbot, window)
    assert clipboard().text() == "(Arjovsky et al., 2017; Kingma & Ba, 2014)"


def test_markdown_where_it_is_wanted(qtbot: QtBot, window: MainWindow) -> None:
    cite_by(window, markup="markdown")
    choose(qtbot, window, "adam method")
    qtbot.keyClick(window.table, Key.Key_C, CTRL | SHIFT)
    settle(qtbot, window)
    markdown = bytes(clipboard().data("text/markdown").data()).decode()
    assert (clipboard().text(), clipboard().html(), markdown) == (
        ENTRY_MARKDOWN,
        ENTRY_HTML,
        ENTRY_MARKDOWN,
    )


def test_the_link_of_papers_that_have_none(qtbot: QtBot, window: MainWindow) -> None:
    (one, _other) = choose(qtbot, window, "adam method", "wasserstein gan")
    window.trigger("copy-link")
    settle(qtbot, window)
    assert (clipboard().text(), window.status.message) == (
        "nothing yet",
        "No address is known of 2 papers.",
    )
    window.library.entries.edit(one, {"doi": "10.1000/182"})
    window.trigger("copy-link")
    settle(qtbot, window)
    assert (clipboard().text(), window.status.message) == (
        "https://doi.org/10.1000/182",
        "Copied https://doi.org/10.1000/182. No address is known of 1 paper.",
    )


def test_a_style_that_is_gone_is_told(qtbot: QtBot, window: MainWindow) -> None:
    cite_by(window, style="no-such-style")
    choose(qtbot, window, "adam method")
    window.trigger("copy-citation")
    settle(qtbot, window)
    assert clipboard().text() == "nothing yet"
    assert window.errors.text.startswith("There is no citation style “no-such-style”")


def test_a_paper_that_the_style_leaves_out(qtbot: QtBot, window: MainWindow) -> None:
    letter = Entry(entry_type="letter", title="On Tea", date="1843")
    (paper,) = window.library.entries.add(letter).entries
    window.citing.copy_formatted([paper], citing.BIBLIOGRAPHY)
    settle(qtbot, window)
    assert (clipboard().text(), window.status.message) == (
        "nothing yet",
        "This style leaves such papers out of its bibliography.",
    )


def test_nothing_selected_nothing_to_copy(window: MainWindow) -> None:
    window.table.clearSelection()
    menus.update(window)
    names = [name for name, _text in menus.COPY_AS if name]
    inner = QMenu(window)
    menus.fill(window, inner, ["copy-as"])
    actions = submenu(inner, "Cop&y as").actions()
    assert [window.commands[name].isEnabled() for name in names] == [False] * 10
    assert [a.isEnabled() for a in actions if not a.isSeparator()] == [False] * 10


def test_the_next_and_the_previous_style_by_key(qtbot: QtBot, window: MainWindow) -> None:
    seen = []
    for modifier in (SHIFT, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(window.table, Key.Key_F8, modifier)
        seen.append((window.settings.citing.style, window.status.message))
    assert seen == [
        ("acm", "Citation style: ACM"),
        ("apa", "Citation style: APA"),
        ("ieee", "Citation style: IEEE"),
    ]
    assert settings.load()[0].citing.style == "ieee"


# --- dragging -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "html", "given"),
    [
        pytest.param("latex", r"\cite{kingma2014adam}", "", True, id="LaTeX"),
        pytest.param("pandoc", "[@kingma2014adam]", "", True, id="Pandoc"),
        pytest.param("typst", "@kingma2014adam", "", True, id="Typst"),
        pytest.param("keys", "kingma2014adam", "", True, id="key"),
        pytest.param("citation", CITATION, "(Kingma &amp; Ba, 2014)", False, id="citation"),
        pytest.param("bibliography", ENTRY, ENTRY_HTML, False, id="bibliography"),
        pytest.param("no such", r"\cite{kingma2014adam}", "", True, id="unknown"),
    ],
)
def test_what_is_dropped_into_another_program(
    qtbot: QtBot, window: MainWindow, kind: str, text: str, html: str, given: bool
) -> None:
    cite_by(window, drag=kind)
    ids = window.library.search.ids("adam method")
    data = window.table.entries.mime_of(ids)
    formats = [ENTRIES, "text/plain", *(["text/html"] if html else [])]
    assert (data.formats(), entries_in(data)) == (formats, ids)
    assert (data.text(), data.html(), given_out(window)) == (text, html, [])
    window.table.dragged_out.emit(ids)
    settle(qtbot, window)
    assert given_out(window) == (["kingma2014adam"] if given else [])


@pytest.mark.parametrize("kind", ["bibtex", "biblatex"])
def test_entries_are_dropped(qtbot: QtBot, window: MainWindow, kind: str) -> None:
    cite_by(window, drag=kind)
    ids = window.library.search.ids("optimization") + window.library.search.ids("wasserstein gan")
    dropped = window.table.entries.mime_of(ids).text()
    assert given_out(window) == []
    exporting = window.library.exporting
    assert dropped == "\n".join(exporting.preview(entry_id, kind) for entry_id in ids)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_too_many_papers_are_dropped_as_no_text(
    qtbot: QtBot, window: MainWindow, kind: citing.Kind
) -> None:
    cite_by(window, drag=kind.name)
    many = array("q", range(kind.most + 1))
    data = window.table.entries.mime_of(many)
    assert (data.formats(), data.text(), entries_in(data)) == ([ENTRIES], "", many)
    assert window.status.message == (
        f"Only {kind.most:,} papers can be dropped as text at once: copy or export more."
    )
    window.table.dragged_out.emit(many)
    assert window.jobs.queue == ()


def test_dragged_papers_go_into_a_text_of_the_window(qtbot: QtBot, window: MainWindow) -> None:
    editor = QPlainTextEdit("As \n")
    qtbot.addWidget(editor)
    editor.insertFromMimeData(window.table.entries.mime_of(window.library.search.ids("adam m")))
    assert editor.toPlainText() == r"\cite{kingma2014adam}" + "As \n"


def test_formatted_papers_are_dropped_on_the_sidebar(qtbot: QtBot, window: MainWindow) -> None:
    cite_by(window, drag="bibliography")
    chosen = choose(qtbot, window, "adam method", "wasserstein gan")
    collection = window.library.collections.find("Thesis")
    nodes = window.sidebar.nodes
    data = window.table.entries.mime_of(window.table.selected_ids())
    copy = Qt.DropAction.CopyAction
    nodes.dropMimeData(data, copy, -1, -1, nodes.find(f"c:{collection}"))
    settle(qtbot, window)
    assert sorted(window.library.search.ids("collection:thesis")) == sorted(chosen)


def test_a_drag_in_a_style_that_is_gone(qtbot: QtBot, window: MainWindow) -> None:
    cite_by(window, drag="citation", style="no-such-style")
    data = window.table.entries.mime_of(window.library.search.ids("adam method"))
    assert (data.text(), data.html()) == ("", "")
    settle(qtbot, window)
    assert window.errors.text.startswith("There is no citation style “no-such-style”")


# --- settings and start -------------------------------------------------------------------


def test_the_settings_name_what_there_is() -> None:
    usual = Settings().citing
    assert usual == Citing(DEFAULT, "text", KINDS[0].name)


def test_nothing_of_citations_is_loaded_with_the_window() -> None:
    program = (
        "import sys; from refman.ui import windows; early = set(sys.modules)\n"
        "from refman.ui import rest; late = set(sys.modules)\n"
        "print(*(name for name in ('refman.ui.citing', 'refman.ui.citation_preview')"
        " if name in early))\n"
        "print(*(name for name in ('citeproc', 'lxml', 'refman.formats.csl') if name in late))"
    )
    root = Path(__file__).parents[2]
    child = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert child.stdout.split() == []
