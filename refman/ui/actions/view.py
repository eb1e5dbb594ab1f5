"""What the commands on the window itself do: panes, theme, palette, help."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from refman.ui import remembering, theme
from refman.ui.dialogs.help import AboutDialog, HelpDialog
from refman.ui.main_window import MainWindow
from refman.ui.widgets.command_palette import CommandPalette


def new_collection(window: MainWindow) -> None:
    window.sidebar.show()
    node = window.sidebar.current_node()
    inside = node and node.scope and node.scope.kind == "collection"
    window.sidebar.new_collection(node.id if inside and node else None)


def rename(window: MainWindow) -> None:
    window.sidebar.setFocus()
    window.sidebar.rename_current()


def delete_node(window: MainWindow) -> None:
    window.sidebar.delete_current()


def show_palette(window: MainWindow) -> None:
    CommandPalette(list(window.commands.values()), window)


def paper_menu(window: MainWindow) -> None:
    window.table.ask_for_menu()


def focus(name: str, window: MainWindow) -> None:
    widget: QWidget = {"table": window.pane, "sidebar": window.sidebar, "panel": window.panel}[name]
    widget.show()
    widget.setFocus()


def toggle_pane(name: str, window: MainWindow) -> None:
    widget: QWidget = window.sidebar if name == "sidebar" else window.panel
    widget.setVisible(widget.isHidden())
    window.state_changed.emit()


def focus_toast(window: MainWindow) -> None:
    if window.stage.toast:
        window.stage.toast.take_focus()


def set_theme(wanted: str, window: MainWindow) -> None:
    window.settings = replace(window.settings, theme=wanted)
    theme.theme().follow(wanted, window.settings.text_scale)
    remembering.save(window)
    window.state_changed.emit()


def scale_text(step: int, window: MainWindow) -> None:
    """One size up or down; 0 is the usual size."""
    scales = theme.SCALES
    now = min(range(len(scales)), key=lambda i: abs(scales[i] - window.settings.text_scale))
    wanted = 1.0 if step == 0 else scales[min(max(now + step, 0), len(scales) - 1)]
    window.settings = replace(window.settings, text_scale=wanted)
    theme.theme().follow(window.settings.theme, wanted)
    remembering.save(window)


def show_help(window: MainWindow) -> None:
    HelpDialog(window).show()


def show_about(window: MainWindow) -> None:
    AboutDialog(str(window.library.path), window).open()


def close_window(window: MainWindow) -> None:
    window.close()
