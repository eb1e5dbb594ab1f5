"""The window, on Qt: the only package that imports PySide6.

A command is a function in `actions`; a dialog is a file in `dialogs` and its action; a
region of the window is a package of its own (`entry_table`, `sidebar`, `entry_panel`,
`import_review`); what several of them use and that calls no verb is in `widgets`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from refman.errors import RefmanError
from refman.settings import Settings
from refman.ui import theme, windows
from refman.ui.collecting import Collector

# A worker that parses holds the interpreter for so long at a time, in seconds: less than the
# default, so that the window gets its turn within a frame.
SWITCH_INTERVAL = 0.002


def start(library_path: Path, files: Sequence[Path], settings: Settings) -> int:
    """Show the library, import `files` into it, and run until the window is closed.

    Returns the exit status: 3 where the library cannot be opened and no other is chosen.
    """
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication(["refman"])
    application.setApplicationName("refman")
    application.setApplicationDisplayName("refman")
    application.setDesktopFileName("refman")
    theme.theme().follow(settings.theme, settings.text_scale)
    Collector(application)
    shown = windows.Windows(settings)
    path: Path | None = library_path
    while path:
        try:
            shown.show(path, files)
        except RefmanError as error:
            path = windows.ask_for_another(path, str(error))
        else:
            return int(application.exec())
    return 3
