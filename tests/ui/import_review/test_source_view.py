"""The source text of a row with what became of its parts."""

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from refman.library.marking import Mark
from refman.ui import theme
from refman.ui.import_review.part_looks import look_of
from refman.ui.import_review.review import ImportReview
from refman.ui.import_review.source_view import SourceView, Span
from tests.ui.import_review.conftest import Settle

TEXT = "LG𝔄 Title\r\nAnn Berg Read more"
MARKS = (Mark(0, 2, "category"), Mark(2, 9, "title"), Mark(11, 19, "creators"))


def shown(qtbot: QtBot) -> SourceView:
    theme.theme().follow("light", 1.0)
    view = SourceView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_source(TEXT, MARKS)
    view.show()
    return view


def place_of(view: SourceView, part: str) -> QPoint:
    """The middle of the first stretch of a part, in the text's viewport."""
    span = next(each for each in view.text.spans if each.part == part)
    return view.text._areas(span)[0].center().toPoint()


def test_parts_are_marked_where_they_stand(qtbot: QtBot) -> None:
    view = shown(qtbot)
    # The 𝔄 takes two of Qt's places, the line's end one.
    assert view.text.spans == [
        Span(0, 2, "category"),
        Span(2, 10, "title"),
        Span(11, 19, "creators"),
    ]
    assert [view.text.text_of(part) for part in view.parts] == ["LG", "𝔄 Title", "Ann Berg"]
    assert view.text.has_unused
    assert view.text.toPlainText() == TEXT.replace("\r\n", "\n")


def test_what_is_not_used_is_dim(qtbot: QtBot) -> None:
    view = shown(qtbot)
    cursor = view.text.textCursor()
    colours = []
    for place in (1, 25):
        cursor.setPosition(place)
        colours.append(cursor.charFormat().foreground().color().name())
    assert colours == [theme.colours().text, theme.colours().faint]


def test_colours_follow_the_theme(qtbot: QtBot) -> None:
    view = shown(qtbot)
    light = look_of("title").ground
    theme.theme().follow("dark", 1.0)
    cursor = view.text.textCursor()
    cursor.setPosition(1)
    assert cursor.charFormat().foreground().color().name() == theme.colours().text
    assert look_of("title").ground != light
    theme.theme().follow("light", 1.0)


def test_parts_that_stand_side_by_side_differ_by_more_than_colour() -> None:
    together = ("title", "creators", "truncated", "affiliations", "score", "category", "date",
                "code", "abstract")  # fmt: skip
    looks = {(look_of(part).ground.rgb(), look_of(part).style) for part in together}
    assert len(looks) == len(together)


def test_an_entry_of_the_legend_lights_its_stretches_up(qtbot: QtBot) -> None:
    view = shown(qtbot)
    view.entries[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: view.text.lit == "title")
    qtbot.mouseMove(view.entries[2])
    qtbot.waitUntil(lambda: view.text.lit == "creators")


def test_a_click_on_a_part_chooses_it(qtbot: QtBot) -> None:
    view = shown(qtbot)
    with qtbot.waitSignal(view.part_chosen) as chosen:
        qtbot.mouseClick(
            view.text.viewport(), Qt.MouseButton.LeftButton, pos=place_of(view, "creators")
        )
    assert chosen.args == ["creators", "Ann Berg"]
    with qtbot.waitSignal(view.part_chosen) as chosen:
        qtbot.keyClick(view.entries[1], Qt.Key.Key_Space)
    assert chosen.args == ["title", "𝔄 Title"]


def test_a_part_leads_to_its_field(qtbot: QtBot, review: ImportReview, settle: Settle) -> None:
    review.next_row()
    settle()
    view = review.row_view
    qtbot.mouseClick(
        view.source.text.viewport(),
        Qt.MouseButton.LeftButton,
        pos=place_of(view.source, "abstract"),
    )
    assert view.form.abstract.hasFocus()
    assert view.source.text.lit == "abstract"  # and the field to its part
    view.source.part_chosen.emit("date", "Jan 9, 2024")
    focused = next(row for row in view.form.details.rows if row.line.hasFocus())
    assert focused.name == "date"
    view.source.entries[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert view.source.text.lit == view.source.parts[0]
    with qtbot.waitSignal(review.message) as told:
        view.source.part_chosen.emit("code", "Code")
    assert told.args == ["Code: it belongs to this page, not to the paper."]


def test_the_marks_follow_a_boundary_that_is_moved(
    qtbot: QtBot, review: ImportReview, settle: Settle
) -> None:
    line = review.row_view.title_end.boundary
    line.set_boundary(line.boundary - len(" of Lists"))
    line.kept.emit(line.boundary)
    settle()
    assert review.row_view.source.text.text_of("title") == "Marks in the Margin"
