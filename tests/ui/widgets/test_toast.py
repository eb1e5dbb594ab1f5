"""What was just done, said over the view: it is never cut, and lies above the view's foot."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from refman.ui import theme
from refman.ui.widgets.toast import Toast

LONG = "2 papers gone. 7 papers kept, because somebody did something since: " + "; ".join(
    f"“Paper {number} of those that were read” (it was edited)" for number in range(4)
)


@pytest.fixture
def view(qtbot: QtBot) -> QWidget:
    theme.theme().follow("light", 1.0)
    view = QWidget()
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    return view


@pytest.mark.parametrize("text", ["10 found: 10 added", LONG], ids=["short", "long"])
@pytest.mark.parametrize("width", [500, 900, 1600])
def test_all_of_it_can_be_read(qtbot: QtBot, view: QWidget, text: str, width: int) -> None:
    view.resize(width, 500)
    toast = Toast(text, [("Undo", lambda: None)], view, "page.txt")
    qtbot.wait(0)
    assert view.rect().contains(toast.geometry())
    cut = [
        label.text()
        for label in toast.findChildren(QLabel)
        if label.height() < label.heightForWidth(label.width())
        or (not label.wordWrap() and label.width() < label.sizeHint().width())
    ]
    assert cut == []
    toast.close_toast()


def test_it_lies_above_a_foot_as_it_comes_grows_and_goes(qtbot: QtBot, view: QWidget) -> None:
    foot = QWidget(view)
    foot.hide()
    toast = Toast("Said", [], view)
    toast.lie_above([foot])
    lowest = toast.geometry().bottom()
    for height in (40, 90):
        foot.setGeometry(0, 500 - height, 900, height)
        foot.show()
        qtbot.wait(0)
        assert toast.geometry().bottom() < foot.y()
    foot.hide()
    assert toast.geometry().bottom() == lowest
    toast.close_toast()
