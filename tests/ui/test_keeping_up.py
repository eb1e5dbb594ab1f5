"""Exports that follow the library while the window is open, and the mark that says how they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from refman.library import ExportInfo, ExportSettings, Library
from refman.ui import export_wording, keeping_up
from refman.ui.dialogs.exports.dialog import ExportsDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]
TAGGED = ExportSettings(which="tag", value="forget")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder / "refs.bib"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_up, "DELAY", 40)


@pytest.fixture
def kept(make_window: Make, library: Library, file: Path, qtbot: QtBot) -> MainWindow:
    """A window on a library of which one export is kept."""
    library.exports.save("refs", TAGGED, file, kept=True)
    library.exports.keep_up()
    window = make_window(library)
    settle(qtbot, window)
    return window


def titles(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("\n  title = ")


def tag_more(window: MainWindow, count: int) -> None:
    ids = list(window.library.search.ids(sort="title", descending=False))[:count]
    window.jobs.write("Tag", lambda: window.library.tags.add("forget", ids))


def test_what_was_left_waiting_is_written_at_the_start(
    qtbot: QtBot, make_window: Make, library: Library, file: Path
) -> None:
    library.exports.save("refs", TAGGED, file, kept=True)
    window = make_window(library)
    qtbot.waitUntil(lambda: window.status.mark == "refs.bib is up to date")
    assert titles(file) == 3


def test_without_kept_exports_nothing_is_said(qtbot: QtBot, window: MainWindow) -> None:
    window.library.exports.save("by hand", TAGGED)
    window.keeping.look()
    tag_more(window, 4)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: not window.keeping.due)
    settle(qtbot, window)
    assert (window.status.mark, window.errors.isVisible()) == ("", False)


def test_a_change_is_written_when_it_is_quiet(qtbot: QtBot, kept: MainWindow, file: Path) -> None:
    assert (kept.status.mark, titles(file)) == ("refs.bib is up to date", 3)
    tag_more(kept, 5)
    qtbot.waitUntil(lambda: kept.status.mark == "refs.bib is about to be written")
    qtbot.waitUntil(lambda: titles(file) == 5)
    qtbot.waitUntil(lambda: kept.status.mark == "refs.bib is up to date")


def test_what_another_program_changes_is_written(
    qtbot: QtBot, kept: MainWindow, file: Path
) -> None:
    other = Library.open(kept.library.path)
    other.tags.add("forget", list(other.search.ids(sort="title", descending=False))[:6])
    other.close()
    qtbot.waitUntil(lambda: titles(file) == 6, timeout=5000)


def test_what_waits_is_written_before_the_window_closes(
    qtbot: QtBot, kept: MainWindow, file: Path
) -> None:
    kept.keeping._timer.setInterval(100_000)
    tag_more(kept, 5)
    settle(qtbot, kept)
    assert titles(file) == 3
    with qtbot.waitSignal(kept.closed):
        kept.close()
    assert titles(file) == 5


def test_a_window_where_nothing_waits_closes_at_once(qtbot: QtBot, kept: MainWindow) -> None:
    settle(qtbot, kept)
    assert kept.close()
    assert kept.jobs.closed


def test_an_edited_file_is_left_alone_and_marked(
    qtbot: QtBot, kept: MainWindow, file: Path
) -> None:
    file.write_text("% mine\n", encoding="utf-8")  # the watched file
    qtbot.waitUntil(lambda: kept.status.mark == "refs.bib was edited outside – look")
    tag_more(kept, 5)
    settle(qtbot, kept)
    qtbot.waitUntil(lambda: not kept.keeping.due)
    settle(qtbot, kept)
    assert (file.read_text(encoding="utf-8"), kept.errors.isVisible()) == ("% mine\n", False)
    mark = next(
        each for each in kept.status.findChildren(QPushButton) if each.text() == kept.status.mark
    )
    qtbot.mouseClick(mark, LEFT)
    settle(qtbot, kept)
    (dialog,) = kept.findChildren(ExportsDialog)
    assert dialog.exports.table.texts()[0][1] == "Edited outside"


def test_an_error_is_told_once(qtbot: QtBot, kept: MainWindow, file: Path) -> None:
    file.unlink()
    file.parent.rmdir()
    tag_more(kept, 5)
    qtbot.waitUntil(kept.errors.isVisible)
    assert kept.errors.text.startswith("The export “refs” cannot be kept up to date. ")
    qtbot.waitUntil(lambda: kept.status.mark == "refs.bib cannot be written – look")
    kept.errors.clear()
    tag_more(kept, 6)
    qtbot.waitUntil(lambda: not kept.keeping.due)
    settle(qtbot, kept)
    assert not kept.errors.isVisible()
    file.parent.mkdir()
    tag_more(kept, 7)
    qtbot.waitUntil(lambda: kept.status.mark == "refs.bib is up to date")
    assert titles(file) == 7


def test_a_manuscript_that_cites_more_is_followed(
    qtbot: QtBot, make_window: Make, library: Library, file: Path
) -> None:
    keys = [row.citation_key for row in library.search.rows(library.search.ids()[:2])]
    paper = file.with_name("main.tex")
    paper.write_text(f"\\cite{{{keys[0]}}}")
    settings = ExportSettings(which="cited", files=(str(paper),))
    library.exports.save("paper", settings, file, kept=True)
    library.exports.keep_up()
    assert titles(file) == 1
    window = make_window(library)
    settle(qtbot, window)
    paper.write_text(f"\\cite{{{keys[0]},{keys[1]}}}")
    qtbot.waitUntil(lambda: titles(file) == 2, timeout=5000)


def info(name: str, status: str) -> ExportInfo:
    return ExportInfo(1, name, TAGGED, f"/x/{name}.bib", True, status, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exports", "waits", "said"),
    [
        ([("a", "current")], False, "a.bib is up to date"),
        ([("a", "current")], True, "a.bib is about to be written"),
        ([("a", "current"), ("b", "current")], False, "2 exports are up to date"),
        ([("a", "current"), ("b", "edited")], True, "b.bib was edited outside – look"),
        ([("a", "error"), ("b", "edited")], False, "a.bib cannot be written – look"),
        ([("a", "error"), ("b", "error")], False, "2 exports cannot be written – look"),
        ([("a" * 40, "current")], False, "a" * 29 + "… is up to date"),
    ],
)
def test_the_mark_says_the_worst(exports: list[tuple[str, str]], waits: bool, said: str) -> None:
    shown = export_wording.mark([info(*each) for each in exports], waits=waits)
    assert shown[2] == said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (ExportSettings(), "All papers"),
        (ExportSettings(which="collection", value="A/B"), "Collection “A/B”"),
        (ExportSettings(which="query", value="year:2024"), "Found by “year:2024”"),
        (ExportSettings(which="cited", files=("/x/a.tex",)), "Cited in a.tex"),
        (
            ExportSettings(which="cited", files=("/x/a.tex", "/b", "/c")),
            "Cited in a.tex and 2 more",
        ),
    ],
)
def test_what_an_export_takes_in_words(settings: ExportSettings, said: str) -> None:
    assert export_wording.which(settings) == said
