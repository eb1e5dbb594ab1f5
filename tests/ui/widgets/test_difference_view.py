"""A difference is read by its signs; the colours come to them."""

from pytestqt.qtbot import QtBot

from refman.ui import theme
from refman.ui.widgets import difference_view
from refman.ui.widgets.difference_view import DifferenceView

TEXT = "--- a\n+++ b\n@@ -1,2 +1,2 @@\n same\n-old\n+new\n"


def test_signs_stay_and_colours_follow_the_theme(qtbot: QtBot) -> None:
    view = DifferenceView()
    qtbot.addWidget(view)
    view.set_difference(TEXT)
    assert view.toPlainText() == "@@ -1,2 +1,2 @@\n same\n-old\n+new"
    seen = []
    for wanted in (theme.LIGHT, theme.DARK):
        theme.theme().follow(wanted, 1.0)
        document = view.document()
        behind = [
            document.findBlockByNumber(line).blockFormat().background().color().name()
            for line in (2, 3)
        ]
        assert behind == [theme.colours().danger_soft, theme.colours().good_soft]
        seen.append(behind)
    assert seen[0] != seen[1]
    theme.theme().follow(theme.LIGHT, 1.0)


def test_of_a_very_long_one_the_beginning_is_shown(qtbot: QtBot) -> None:
    view = DifferenceView()
    qtbot.addWidget(view)
    most = difference_view.MOST_LINES
    view.set_difference("--- a\n+++ b\n" + "+x\n" * (most + 5))
    lines = view.toPlainText().splitlines()
    assert (len(lines), lines[-1]) == (most + 1, "… and 5 more lines")
